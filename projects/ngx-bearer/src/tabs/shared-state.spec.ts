import { endOf, NOTHING, type SharedState } from '../storage/record';
import { isNewer, isSame, mirrorOf, newest } from './shared-state';

const FIRST = state({});

/** From the oldest to the newest. */
const IN_ORDER: readonly (readonly [name: string, state: SharedState])[] = [
  ['nothing', NOTHING],
  ['a mirror', mirrorOf(FIRST)],
  ['the whole session', FIRST],
  ['the mirror of the next version', mirrorOf(state({ version: 2 }))],
  ['the next version', state({ version: 2 })],
  ['the end of the session', endOf(state({ version: 2 }))],
  ['another sign-in with the same number', state({ id: 'b' })],
  ['its end', endOf(state({ id: 'b' }))],
  ['a later sign-in', state({ signIn: 2, id: '0' })],
];

describe('of two states', () => {
  for (const [index, [name, newer]] of IN_ORDER.entries()) {
    for (const [olderName, older] of IN_ORDER.slice(0, index)) {
      it(`${name} is newer than ${olderName}`, () => {
        expect([isNewer(newer, older), isNewer(older, newer)]).toEqual([true, false]);
        expect([newest(newer, older), newest(older, newer)]).toEqual([newer, newer]);
      });
    }

    it(`${name} is not newer than itself`, () => {
      expect(isNewer(newer, newer)).toBe(false);
    });
  }
});

describe('a mirror', () => {
  it('holds the same tokens as the whole session, but for the refresh token', () => {
    expect(isSame(mirrorOf(FIRST), FIRST)).toBe(true);
    expect(mirrorOf(FIRST).credential?.tokens).toEqual({ accessToken: 'a1' });
  });

  it('does not hold the tokens of another version or another sign-in', () => {
    expect(isSame(mirrorOf(FIRST), state({ version: 2 }))).toBe(false);
    expect(isSame(mirrorOf(FIRST), state({ id: 'b' }))).toBe(false);
  });
});

describe('the end of a session', () => {
  it('has no tokens', () => {
    expect(endOf(FIRST).credential).toBe(undefined);
  });

  it('is not the same as any of its versions', () => {
    expect(isSame(endOf(FIRST), FIRST)).toBe(false);
  });
});

function state(fields: Partial<SharedState>): SharedState {
  const tokens = { accessToken: 'a1', refreshToken: 'r1' };
  const credential = { tokens, expiresAt: null, refreshFrom: null };
  return { signIn: 1, id: 'a', version: 1, ended: false, credential, ...fields };
}
