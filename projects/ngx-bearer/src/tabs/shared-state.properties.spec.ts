import { array, boolean, constantFrom, integer, nat, record, tuple } from 'fast-check';
import { checkSame, holdsForAll } from '../spec/holds-for-all';
import { sessions, sorted } from '../spec/states';
import { endOf, fromText, type SharedState, toText } from '../storage/record';
import { isNewer, isSame, mirrorOf, newest } from './shared-state';

/**
 * States of few sign-ins, so that many are equal or compete. The number of a sign-in may differ between copies. Each has
 * one: of two without, a tab keeps its own.
 */
const rivals = tuple(
  record(
    {
      signIn: integer({ min: 1, max: 3 }),
      id: constantFrom('a', 'b', 'c'),
      version: nat(3),
      ended: boolean(),
    },
    { noNullPrototype: true },
  ),
  boolean(),
).map(([state, isMirror]): SharedState => ({ ...state, ...(isMirror && !state.ended && { isMirror }) }));

describe('a shared state, for any session', () => {
  it('is below its end', () => {
    holdsForAll(sessions, (state) => isNewer(endOf(state), state));
  });

  it('has a mirror that differs only in its refresh token, and is older than the whole', () => {
    holdsForAll(sessions, (state) => {
      const mirror = fromText(toText(mirrorOf(state))) as SharedState;
      const { refreshToken: _, ...others } = state.credential?.tokens ?? { accessToken: '' };
      checkSame(sorted(mirror.credential?.tokens), sorted(others));
      checkSame([isSame(mirror, state), mirror.isMirror, isNewer(mirror, state)], [true, true, false]);
    });
  });
});

describe('the order of states', () => {
  it('puts exactly one of two first, unless both hold the same', () => {
    holdsForAll(tuple(rivals, rivals), ([one, other]) => {
      const isEqual = isSame(one, other) && one.isMirror === other.isMirror;
      const isOlderNumber = one.id === other.id;
      const count = Number(isNewer(one, other)) + Number(isNewer(other, one));
      // Two copies of one sign-in are compared without its number, and two ended ones without their version.
      const isTie = isEqual || (isOlderNumber && one.ended && other.ended);
      checkSame(count, isTie ? 0 : 1);
    });
  });

  it('is transitive for sign-ins whose numbers are known', () => {
    const numbered = rivals.map((state) => ({ ...state, signIn: state.id === 'a' ? 1 : 2 }));
    holdsForAll(tuple(numbered, numbered, numbered), ([one, two, three]) => {
      return !(isNewer(one, two) && isNewer(two, three)) || isNewer(one, three);
    });
  });

  it('lets a later sign-in win over all versions and the end of an earlier one', () => {
    holdsForAll(tuple(rivals, rivals), ([one, other]) => {
      return one.id === other.id || one.signIn <= other.signIn || isNewer(one, other);
    });
  });

  it('finds the same newest state from either side, and from the same state twice', () => {
    holdsForAll(tuple(rivals, rivals), ([one, other]) => {
      const [left, right] = [newest(one, other), newest(other, one)];
      checkSame([isNewer(left, right), isNewer(right, left)], [false, false]);
      checkSame([left.id, left.ended], [right.id, right.ended]);
      checkSame(newest(left, left, one, other), left);
    });
  });

  it('finds the same newest state however many copies arrive, in whatever order', () => {
    const numbered = rivals.map((state) => ({ ...state, signIn: state.id === 'a' ? 1 : 2 }));
    holdsForAll(array(numbered, { maxLength: 6 }), (states) => {
      const [left, right] = [newest(...states), newest(...[...states, ...states].reverse())];
      checkSame([isNewer(left, right), isNewer(right, left)], [false, false]);
    });
  });

  it('has no place for nothing', () => {
    holdsForAll(rivals, (state) => {
      checkSame(newest(null, state, undefined), newest(state));
    });
  });
});
