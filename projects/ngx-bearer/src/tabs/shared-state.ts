import type { Credential } from '../session/credential';
import { readClaims } from '../session/token-lifetime';
import { type AuthTokens, readTokens } from '../session/tokens';

/**
 * The state of a session as storage and tabs share it. All copies only rise, in the order of {@link isNewer}, so a
 * change may arrive late, twice, and from anywhere.
 */
export interface SharedState {
  /** Counts sign-ins. 0 until the place has given it a number. No clock. */
  readonly signIn: number;
  /** Random; tells one sign-in from another. */
  readonly id: string;
  /** Rises with each refresh. */
  readonly version: number;
  readonly ended: boolean;
  /** Without it the session has ended, or each tab has tokens of its own. */
  readonly credential?: Pick<Credential, 'tokens' | 'expiresAt' | 'refreshFrom'>;
  /** The database has the refresh token, which this copy lacks. */
  readonly isMirror?: boolean;
  /** The ids of the sign-ins before this one, as far as known, the last first. They never win again. */
  readonly past?: readonly string[];
}

const MOST_PAST = 8;

/** The record's format. A higher one belongs to a newer release, and is left alone. */
const FORMAT = 1;

export const NOTHING: Readonly<SharedState> = { signIn: 0, id: '', version: 0, ended: true };

/**
 * Whether a state is higher than another. Of one sign-in: ended, then by version, and a whole copy is above a mirror. Of
 * two: the one that knows the other as past; if both do, or neither does, by number. A sign-in without a number is
 * happening now, and wins over what is stored; its end, without a number, says nothing of another sign-in.
 */
export function isNewer(one: SharedState, other: SharedState): boolean {
  if (one.id === other.id) return rankOf(one) > rankOf(other);
  if (!one.id || !other.id) return !other.id;
  const [isPast, isAfter] = [knowsAsPast(other, one), knowsAsPast(one, other)];
  if (isPast !== isAfter) return isAfter;
  if (one.signIn && other.signIn) {
    return one.signIn === other.signIn ? one.id > other.id : one.signIn > other.signIn;
  }
  return isHappening(one) ? other.ended || other.signIn > 0 : other.ended && one.signIn > 0;
}

/** Whether it is a sign-in that no place has given a number yet. */
export function isHappening({ signIn, ended }: SharedState): boolean {
  return !signIn && !ended;
}

function knowsAsPast({ past }: SharedState, { id }: SharedState): boolean {
  return !!past?.includes(id);
}

function rankOf({ version, ended, isMirror }: SharedState): number {
  return ended ? Infinity : 2 * version - (isMirror ? 1 : 0);
}

export function newest(...states: readonly (SharedState | null | undefined)[]): SharedState {
  return states.reduce<SharedState>(
    (highest, state) => (state && isNewer(state, highest) ? state : highest),
    NOTHING,
  );
}

/** Whether both hold the same tokens. */
export function isSame(one: SharedState, other: SharedState): boolean {
  return one.id === other.id && one.version === other.version && one.ended === other.ended;
}

/** A state that takes the place of another, which is past then. Of one sign-in: with all that either knows as past. */
export function followedBy(before: SharedState, state: SharedState): SharedState {
  const past = [before.id, ...(state.past ?? []), ...(before.past ?? [])].filter(
    (id) => id && id !== state.id,
  );
  return past.length > 0 ? { ...state, past: [...new Set(past)].slice(0, MOST_PAST) } : state;
}

/** The same in a place, which gives the next number. */
export function numberedAfter(stored: SharedState, state: SharedState): SharedState {
  const next = followedBy(stored, state);
  const { signIn } = stored;
  return { ...next, signIn: stored.id === state.id ? signIn || 1 : Math.max(state.signIn, signIn + 1) };
}

export function endOf({ signIn, id, version, past }: SharedState): SharedState {
  return { signIn, id, version, ended: true, ...(past && { past }) };
}

/** What a page may read at once: the state without its refresh token. */
export function mirrorOf({ credential, past: _past, ...state }: SharedState): SharedState {
  if (state.ended) return state;
  const mirror = { ...state, isMirror: true };
  if (!credential) return mirror;
  const { refreshToken: _, ...tokens } = credential.tokens;
  return { ...mirror, credential: { ...credential, tokens } };
}

/** What tabs share if each has tokens of its own. */
export function withoutTokens(state: SharedState): SharedState {
  if (!state.credential) return state;
  const { credential: _, ...rest } = state;
  return rest;
}

/** The form in which a place keeps a state. In one order of fields, so that equal states are equal texts. */
export function toRecord({ signIn, id, version, ended, credential, isMirror, past }: SharedState): object {
  return { format: FORMAT, signIn, id, version, ended, credential, isMirror, past };
}

/** Reads what a place holds, and trusts nothing in it. `'newer'`: the record of a newer release. `'unreadable'`: garbage. */
export function fromRecord(record: unknown): SharedState | null | 'newer' | 'unreadable' {
  if (record === null || record === undefined) return null;
  const { format, signIn, id, version, ended, credential, isMirror, past } = Object(record) as SharedState & {
    readonly format?: unknown;
  };
  if (typeof format === 'number' && format > FORMAT) return 'newer';
  const isOurs =
    format === FORMAT && typeof id === 'string' && id !== '' && [signIn, version].every(Number.isSafeInteger);
  if (!isOurs) return 'unreadable';
  const state = {
    signIn,
    id,
    version,
    ended: (ended as unknown) === true,
    ...(isMirror === true && { isMirror }),
    ...(Array.isArray(past) && { past: past as readonly string[] }),
  };
  try {
    return credential === undefined ? state : { ...state, credential: readCredential(credential) };
  } catch {
    return 'unreadable';
  }
}

export function toText(state: SharedState): string {
  return JSON.stringify(toRecord(state));
}

export function fromText(text: string | null): ReturnType<typeof fromRecord> {
  try {
    return text === null ? null : (fromRecord(JSON.parse(text)) ?? 'unreadable');
  } catch {
    return 'unreadable';
  }
}

/** The credential of a state; null if its session has ended, or its tokens are in memory alone. */
export function credentialOf({ id, version, ended, credential }: SharedState): Credential | null {
  if (ended || !credential) return null;
  return { id, version, ...credential, claims: readClaims(credential.tokens.accessToken) };
}

/** The state of a credential; of a session that has ended, if it has no tokens. The place gives the number. */
export function stateOf({
  id,
  version,
  tokens,
  expiresAt = null,
  refreshFrom = null,
}: Pick<Credential, 'id' | 'version'> & Partial<Credential>): SharedState {
  const state = { signIn: 0, id, version, ended: !tokens };
  return tokens ? { ...state, credential: { tokens, expiresAt, refreshFrom } } : state;
}

function readCredential(found: {
  tokens: AuthTokens;
  expiresAt: number | null;
  refreshFrom: number | null;
}): NonNullable<SharedState['credential']> {
  const { tokens, expiresAt, refreshFrom } = found;
  if (![expiresAt, refreshFrom].every((time) => time === null || Number.isFinite(time))) throw new Error();
  return { tokens: readTokens(tokens), expiresAt, refreshFrom };
}
