import { type Claims, readClaims, readLifetime } from './token-lifetime';
import { type AuthTokens, readTokens } from './tokens';

/** One pair of tokens as this tab holds it. A new pair is a new credential: identity tells them apart. */
export interface Credential {
  /** Tells one sign-in from the next. */
  readonly id: string;
  /** Rises at every new pair. */
  readonly version: number;
  /** The refresh token is not there where `isMirror`. */
  tokens: AuthTokens;
  /** As read where a page starts: the database has the refresh token. */
  isMirror?: boolean;
  /** When the access token runs out, in epoch milliseconds by the local clock; null where unknown. */
  readonly expiresAt: number | null;
  /** When a refresh is due, in epoch milliseconds: in the background, until it expires. Null where unknown. */
  readonly refreshFrom: number | null;
  readonly claims: Claims | null;
  /**
   * What its use has shown. `'rejected'`: a server no longer takes the access token. `'refused'`: the refresh
   * token is dead, the access token not yet.
   */
  standing: 'good' | 'rejected' | 'refused';
}

/** Of the record. */
export const FORMAT = 1;

/** Makes the credential of tokens just received. `refreshAhead` as in the configuration, in milliseconds. */
export function receive(
  received: Pick<Credential, 'id' | 'version' | 'tokens'>,
  refreshAhead: number | false | undefined,
): Credential {
  const claims = readClaims(received.tokens.accessToken);
  const lifetime = readLifetime(received.tokens, claims);
  const ahead =
    refreshAhead === undefined ? Math.min(60_000, lifetime / 10) : Math.min(+refreshAhead, lifetime / 2);
  const expiresAt = lifetime > 0 ? Date.now() + lifetime : null;
  const refreshFrom = expiresAt && expiresAt - ahead;
  return { ...received, claims, expiresAt, refreshFrom, standing: 'good' };
}

/** Whether the access token is no use any more: rejected, or past its expiry. */
export function isSpent({ standing, expiresAt }: Credential): boolean {
  return standing === 'rejected' || (expiresAt !== null && Date.now() >= expiresAt);
}

/** Whether it is time to refresh behind the requests. */
export function isDue({ standing, refreshFrom }: Credential): boolean {
  return standing === 'good' && refreshFrom !== null && Date.now() >= refreshFrom;
}

/** The record that goes into the store. */
export function toRecord(credential: Credential): string {
  return JSON.stringify({
    ...credential,
    format: FORMAT,
    claims: undefined,
    standing: undefined,
    isMirror: undefined,
  });
}

/**
 * Reads what a store holds; nothing in it is taken on trust. Null: no session. `'newer'`: a format to come, not to
 * be written over. `'unreadable'`: to be removed.
 */
export function fromRecord(record: unknown): Credential | null | 'newer' | 'unreadable' {
  if (record == null) return null;
  try {
    const found = JSON.parse(record as string) as Credential & { readonly format: unknown };
    if (typeof found.format === 'number' && found.format > FORMAT) return 'newer';
    const isOurs =
      found.format === FORMAT && typeof found.id === 'string' && Number.isSafeInteger(found.version);
    if (!isOurs || ![found.expiresAt, found.refreshFrom].every(isTime)) return 'unreadable';
    const tokens = readTokens(found.tokens);
    return { ...found, tokens, claims: readClaims(tokens.accessToken), standing: 'good' };
  } catch {
    return 'unreadable';
  }
}

function isTime(value: number | null): boolean {
  return value === null || Number.isFinite(value);
}
