/** The bearer token of an `Authorization` header, or `null` where there is none (RFC 6750 §2.1). */
export function readBearer(authorization: string | undefined): string | null {
  return /^Bearer +(\S.*)$/i.exec(authorization ?? '')?.[1]?.trimEnd() ?? null;
}

/** A `WWW-Authenticate` header that asks for a bearer token (RFC 6750 §3). */
export function bearerChallenge(parameters: Readonly<Record<string, string>> = {}): Record<string, string> {
  const pairs = Object.entries({ realm: 'depot', ...parameters }).map(
    ([name, value]) => `${name}="${value}"`,
  );
  return { 'WWW-Authenticate': `Bearer ${pairs.join(', ')}` };
}
