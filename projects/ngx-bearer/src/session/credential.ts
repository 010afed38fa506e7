import { type Claims, readClaims, readLifetime } from './token-lifetime';
import type { AuthTokens } from './tokens';

/** One pair of tokens. A new pair is a new credential; object identity tells them apart. */
export interface Credential {
  /** Random; tells one sign-in from the next. */
  readonly id: string;
  /** Rises with each refresh of this sign-in. */
  readonly version: number;
  readonly tokens: AuthTokens;
  /** When the access token expires, in epoch milliseconds by the local clock; null if unknown. */
  readonly expiresAt: number | null;
  /** When a background refresh is due, in epoch milliseconds; null if unknown. */
  readonly refreshFrom: number | null;
  readonly claims: Claims | null;
}

/** Makes the credential of tokens just received. `refreshAhead` as in the configuration, in milliseconds. */
export function receive(
  { id, version, tokens }: Pick<Credential, 'id' | 'version' | 'tokens'>,
  refreshAhead: number | false | undefined,
): Credential {
  const claims = readClaims(tokens.accessToken);
  const lifetime = readLifetime(tokens, claims);
  const ahead =
    refreshAhead === undefined ? Math.min(60_000, lifetime / 10) : Math.min(+refreshAhead, lifetime / 2);
  const expiresAt = lifetime > 0 ? Date.now() + lifetime : null;
  return { id, version, tokens, claims, expiresAt, refreshFrom: expiresAt && expiresAt - ahead };
}

/** Whether a time of a credential has come. */
export function isPast(time: number | null): boolean {
  return time !== null && Date.now() >= time;
}

/** An answer without a refresh token keeps the one before. */
export function keepRefreshToken(previous: AuthTokens | null, tokens: AuthTokens): AuthTokens {
  return previous?.refreshToken ? Object.assign({ refreshToken: previous.refreshToken }, tokens) : tokens;
}

/** `crypto.randomUUID` is missing on http pages. A test of an application may make `Math.random` constant. */
export function newId(last: string): string {
  const id = Math.random().toString(36).slice(2);
  return id === last ? `${id}+` : id;
}
