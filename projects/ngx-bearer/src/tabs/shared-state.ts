import type { AuthTokens } from '../session/tokens';
import { NOTHING, type SharedState } from '../storage/record';
import { withoutUndefined } from '../without-undefined';

const MOST_PAST = 8;

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

/** What a page may read at once: the state without its refresh token. */
export function mirrorOf({ signIn, id, version, ended, credential }: SharedState): SharedState {
  const state = { signIn, id, version, ended };
  if (ended) return state;
  if (!credential) return { ...state, isMirror: true };
  const tokens = withoutUndefined<AuthTokens>({ ...credential.tokens, refreshToken: undefined });
  return { ...state, isMirror: true, credential: { ...credential, tokens } };
}

/** What tabs share if each has tokens of its own. */
export function withoutTokens(state: SharedState): SharedState {
  return state.credential ? withoutUndefined<SharedState>({ ...state, credential: undefined }) : state;
}
