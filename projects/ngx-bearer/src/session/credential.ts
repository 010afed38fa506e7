import { type Claims, readClaims, readLifetime } from './token-lifetime';
import { type AuthTokens, readTokens } from './tokens';

/** One pair of tokens as this tab holds it. A new pair is a new credential: identity tells them apart. */
export interface Credential {
  /** Tells one sign-in from the next. */
  readonly id: string;
  /** Rises at every new pair. */
  readonly version: number;
  readonly tokens: AuthTokens;
  /** When the access token runs out, in epoch milliseconds by the local clock; null where unknown. */
  readonly expiresAt: number | null;
  /** When a background refresh is due, in epoch milliseconds; null for never. */
  readonly refreshFrom: number | null;
  readonly claims: Claims | null;
  /**
   * What its use has shown. `'rejected'`: a server no longer takes the access token. `'refused'`: the refresh
   * token is dead, the access token not yet.
   */
  standing: 'good' | 'rejected' | 'refused';
}

/** What is written, and hoped to be read. */
interface StoredRecord extends Pick<Credential, 'id' | 'version' | 'expiresAt' | 'refreshFrom'> {
  readonly format: number;
}

const FORMAT = 1;

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
  const refreshFrom = expiresAt && refreshAhead !== false ? expiresAt - ahead : null;
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
export function toRecord({ id, version, tokens, expiresAt, refreshFrom }: Credential): string {
  const { accessToken, refreshToken } = tokens;
  return JSON.stringify({ format: FORMAT, id, version, accessToken, refreshToken, expiresAt, refreshFrom });
}

/**
 * Reads what a store holds; nothing in it is taken on trust. Null: no session. `'newer'`: a format to come, not to
 * be written over. `'unreadable'`: to be removed.
 */
export function fromRecord(record: unknown): Credential | null | 'newer' | 'unreadable' {
  if (record == null) return null;
  try {
    const { format, id, version, expiresAt, refreshFrom, ...rest } = JSON.parse(record as string) as StoredRecord;
    if (format > FORMAT) return 'newer';
    const isOurs = format === FORMAT && typeof id === 'string' && Number.isSafeInteger(version);
    if (!isOurs || !isTime(expiresAt) || !isTime(refreshFrom)) return 'unreadable';
    const tokens = readTokens(rest);
    return { id, version, tokens, expiresAt, refreshFrom, claims: readClaims(tokens.accessToken), standing: 'good' };
  } catch {
    return 'unreadable';
  }
}

function isTime(value: unknown): boolean {
  return value === null || Number.isFinite(value);
}
