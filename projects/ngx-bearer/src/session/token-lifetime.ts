import type { AuthTokens } from './tokens';

/** The payload of a JWT. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The payload of a JWT (RFC 7519), read without a check of its signature: for display and for its times, never
 * for a decision about rights. Null for anything that is not one.
 */
export function readClaims(token: string): Claims | null {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  try {
    const text = atob((parts[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Claims | null;
    return claims instanceof Object && !Array.isArray(claims) ? claims : null;
  } catch {
    return null;
  }
}

/**
 * The life of the access token, in milliseconds from its receipt: the smaller of `expiresIn` and the JWT's `exp − iat`,
 * if both are positive. The minimum corrects an `expiresIn` in milliseconds or as an epoch, and the growing `exp − iat`
 * of servers that keep the first `iat` (Laravel's jwt-auth). The clocks of server and browser are never compared. NaN if
 * the life is unknown; 0 or less if the answer says that the token has expired, which cannot be true of a new token.
 */
export function readLifetime({ expiresIn = NaN }: AuthTokens, claims: Claims | null): number {
  const [exp, iat] = [own(claims, 'exp'), own(claims, 'iat')];
  const claimed = typeof exp === 'number' && typeof iat === 'number' ? exp - iat : NaN;
  const lives = [expiresIn * 1000, claimed * 1000].filter((life) => Number.isFinite(life));
  const positive = lives.filter((life) => life > 0);
  return positive.length ? Math.min(...positive) : (lives[0] ?? NaN);
}

/**
 * Whether both tokens name a user, and not the same one (`sub`, RFC 7519 section 4.1.2). `iss` is not compared: Laravel's
 * jwt-auth sets it to the URL of the request, which is another one at the refresh than at the sign-in.
 */
export function isOtherUser(before: Claims | null, after: Claims | null): boolean {
  const users = [own(before, 'sub'), own(after, 'sub')];
  return !users.includes(undefined) && JSON.stringify(users[0]) !== JSON.stringify(users[1]);
}

function own(claims: Claims | null, name: string): unknown {
  return claims && Object.hasOwn(claims, name) ? claims[name] : undefined;
}
