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
 * How long the access token lives, in milliseconds from its receipt: `expiresIn`, else the JWT's `exp − iat`. The
 * clocks of server and browser are never compared. NaN where it does not say; 0 or less where it says that it has
 * expired, which cannot be true of a token just issued.
 */
export function readLifetime({ expiresIn }: AuthTokens, claims: Claims | null): number {
  const [exp, iat] = [own(claims, 'exp'), own(claims, 'iat')];
  const seconds = expiresIn ?? (typeof exp === 'number' && typeof iat === 'number' ? exp - iat : NaN);
  const lifetime = seconds * 1000;
  return Number.isFinite(lifetime) ? lifetime : NaN;
}

/** Whether both tokens name their user, and not the same one (RFC 7519 sections 4.1.1 and 4.1.2). */
export function isOtherUser(before: Claims | null, after: Claims | null): boolean {
  const areNamed = own(before, 'sub') !== undefined && own(after, 'sub') !== undefined;
  const told = (claims: Claims | null): string => JSON.stringify([own(claims, 'sub'), own(claims, 'iss')]);
  return areNamed && told(before) !== told(after);
}

function own(claims: Claims | null, name: string): unknown {
  return claims && Object.hasOwn(claims, name) ? claims[name] : undefined;
}
