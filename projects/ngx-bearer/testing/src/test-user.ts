/** Who is signed in: the subject, or all claims of the access token. */
export type TestUser = string | Readonly<Record<string, unknown>>;

/**
 * An access token like no other of the test: for a user an unsigned JWT (RFC 7519), whose place for the signature
 * holds the index.
 */
export function accessTokenOf(user: TestUser | undefined, index: number): string {
  const mark = `token-${index}`;
  if (user === undefined) return mark;
  const claims = typeof user === 'string' ? { sub: user } : user;
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.${mark}`;
}

/** Base64url (RFC 4648 section 5) of the UTF-8 bytes. */
function encode(value: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
