import {
  anything,
  array,
  boolean,
  constantFrom,
  double,
  integer,
  json,
  jsonValue,
  type JsonValue,
  maxSafeInteger,
  nat,
  oneof,
  option,
  record,
  string,
  stringify,
  stringMatching,
  tuple,
  uuid,
} from 'fast-check';
import { receive } from '../session/credential';
import { readClaims } from '../session/token-lifetime';
import { corruptRecords, endedRecords, newerRecords, readableRecords } from '../spec/corpora/records';
import { checkSame, holdsForAll } from '../spec/holds-for-all';
import { makeJwt } from '../spec/jwt';
import {
  credentialOf,
  endOf,
  fromRecord,
  fromText,
  type SharedState,
  toRecord,
  toText,
} from '../storage/record';
import { isNewer, isSame, mirrorOf, newest } from './shared-state';

/** A record without one of them is unreadable. */
const REQUIRED = ['signIn', 'id', 'version', 'format'];
const FIELDS = [...REQUIRED, 'ended', 'credential', 'isMirror'];
const CREDENTIAL_FIELDS = ['tokens', 'expiresAt', 'refreshFrom'];

const tokens = oneof(
  stringMatching(/^[A-Za-z0-9._~+/-]{1,20}={0,2}$/),
  jsonValue().map((sub) => makeJwt({ sub })),
);
const pairs = record(
  {
    accessToken: tokens,
    refreshToken: tokens,
    expiresIn: oneof(
      integer(),
      nat(),
      double({ min: -1e300, max: 1e300, noNaN: true }).map((seconds) => seconds + 0),
    ),
  },
  { requiredKeys: ['accessToken'], noNullPrototype: true },
);
const ids = oneof(uuid(), string({ unit: 'binary', minLength: 1 }));
const credentials = tuple(
  record({ id: ids, version: maxSafeInteger(), tokens: pairs }, { noNullPrototype: true }),
  option(oneof(nat(), constantFrom<false[]>(false)), { nil: undefined }),
).map(([received, refreshAhead]) => receive(received, refreshAhead));
/** States of sessions that have not ended. */
const sessions = tuple(credentials, maxSafeInteger()).map(
  ([{ id, version, tokens: pair, expiresAt, refreshFrom }, signIn]): SharedState => ({
    signIn,
    id,
    version,
    ended: false,
    credential: { tokens: pair, expiresAt, refreshFrom },
  }),
);
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

describe('a stored state, for any session', () => {
  it('is read as it was written', () => {
    holdsForAll(sessions, (state) => {
      checkSame(sorted(fromRecord(toRecord(state))), sorted(state));
      checkSame(sorted(fromText(toText(state))), sorted(state));
    });
  });

  it('gives the credential back, with the claims of its token', () => {
    holdsForAll(tuple(credentials, maxSafeInteger()), ([credential, signIn]) => {
      const { id, version, tokens: pair, expiresAt, refreshFrom } = credential;
      const stored = { tokens: pair, expiresAt, refreshFrom };
      const text = toText({ signIn, id, version, ended: false, credential: stored });
      checkSame(sorted(credentialOf(stateIn(text))), sorted(credential));
    });
  });

  it('has the fields of its format, and neither claims nor standing', () => {
    holdsForAll(sessions, (state) => {
      const fields = fieldsOf(state);
      checkSame(Object.keys(fields).sort(), [...REQUIRED, 'ended', 'credential'].sort());
      checkSame(Object.keys(fields['credential'] as object).sort(), [...CREDENTIAL_FIELDS].sort());
    });
  });

  it('leaves no token behind when it ends', () => {
    holdsForAll(sessions, (state) => {
      const ended = endOf(state);
      checkSame([toText(ended).includes('accessToken'), credentialOf(ended)], [false, null]);
      checkSame(isNewer(ended, state), true);
    });
  });

  it('has a mirror that differs only in its refresh token, and is older than the whole', () => {
    holdsForAll(sessions, (state) => {
      const mirror = stateIn(toText(mirrorOf(state)));
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

describe('what is found in a storage', () => {
  it('is a well-formed state, null, newer or unreadable, whatever it is', () => {
    const texts = oneof(string({ unit: 'binary' }), json(), anything().map(stringify));
    holdsForAll(texts, (text) => isWellFormed(fromText(text)));
    holdsForAll(anything(), (value) => isWellFormed(fromRecord(value)));
  });

  it('is one of these for a record with anything in any of its fields', () => {
    const fields = constantFrom(...FIELDS, ...CREDENTIAL_FIELDS);
    const spoilt = tuple(sessions, fields, option(jsonValue(), { nil: undefined }));
    const ends = new Set<string>();
    holdsForAll(spoilt, ([state, field, value]) => {
      const found = fromText(JSON.stringify(replaced(state, field, value)));
      ends.add(kindOf(found));
      return isWellFormed(found);
    });
    expect([...ends].sort()).toEqual(['newer', 'state', 'unreadable']);
  });

  it('is one of these for a record that lost its end, or one character', () => {
    const replacements = option(string({ unit: 'binary', maxLength: 2 }), { nil: undefined });
    holdsForAll(tuple(sessions, nat(), replacements), ([state, position, replacement]) => {
      const text = toText(state);
      const at = position % text.length;
      const isCut = replacement === undefined;
      const found = fromText(text.slice(0, at) + (isCut ? '' : replacement + text.slice(at + 1)));
      return isWellFormed(found) && (!isCut || found === 'unreadable');
    });
  });

  it('is unreadable without one of the fields that it needs', () => {
    const needed = constantFrom(...REQUIRED, ...CREDENTIAL_FIELDS);
    holdsForAll(tuple(sessions, needed), ([state, field]) => {
      checkSame(fromText(JSON.stringify(replaced(state, field, undefined))), 'unreadable');
    });
  });

  it('is newer if its format is a number above ours, whatever else it holds, and only then', () => {
    const formats = oneof(
      integer(),
      double({ min: 0, max: 3, noNaN: true }),
      constantFrom(0, 1, 2, 3),
      jsonValue(),
    );
    let newer = 0;
    holdsForAll(tuple(array(tuple(constantFrom(...FIELDS), jsonValue())), formats), ([fields, format]) => {
      const isOfNewer = fromText(JSON.stringify({ ...Object.fromEntries(fields), format })) === 'newer';
      if (isOfNewer) newer++;
      checkSame(isOfNewer, typeof format === 'number' && format > 1);
    });
    expect(newer).toBeGreaterThan(1_000);
  });

  for (const [name, text, token] of readableRecords) {
    it(`is a session: ${name}`, () => {
      expect(credentialOf(stateIn(text))?.tokens.accessToken).toBe(token);
      expect(isWellFormed(fromText(text))).toBe(true);
    });
  }
  for (const [name, text] of endedRecords) {
    it(`is no session: ${name}`, () => {
      expect([kindOf(fromText(text)), credentialOf(stateIn(text))]).toEqual(['state', null]);
    });
  }
  for (const [name, text] of newerRecords) {
    it(`is newer: ${name}`, () => {
      expect(fromText(text)).toBe('newer');
    });
  }
  for (const [name, text] of corruptRecords) {
    it(`is unreadable: ${name}`, () => {
      expect(fromText(text)).toBe('unreadable');
    });
  }
});

type Found = ReturnType<typeof fromRecord>;

function kindOf(found: Found): string {
  return typeof found === 'string' ? found : found ? 'state' : 'null';
}

function stateIn(text: string | null): SharedState {
  const found = fromText(text);
  if (!found || typeof found === 'string') throw new Error(`No state: ${String(found)}`);
  return found;
}

function fieldsOf(state: SharedState): Record<string, JsonValue> {
  return JSON.parse(toText(state)) as Record<string, JsonValue>;
}

/** A record with another value in one of its fields, or of those of its credential. */
function replaced(state: SharedState, field: string, value: JsonValue | undefined): object {
  const fields = fieldsOf(state);
  if (FIELDS.includes(field)) return { ...fields, [field]: value };
  return { ...fields, credential: { ...(fields['credential'] as object), [field]: value } };
}

/** Whether it is one of the four, and a state has nothing wrong in any field. */
function isWellFormed(found: Found): boolean {
  if (found === null || typeof found === 'string') return [null, 'newer', 'unreadable'].includes(found);
  const { signIn, id, version, ended, credential, isMirror } = found;
  const { tokens: pair, expiresAt = null, refreshFrom = null } = credential ?? {};
  if (pair) checkSame(credentialOf({ ...found, ended: false })?.claims, readClaims(pair.accessToken));
  return (
    typeof id === 'string' &&
    [signIn, version].every(Number.isSafeInteger) &&
    typeof ended === 'boolean' &&
    (isMirror === undefined || isMirror) &&
    /^[\x21-\x7E]{1,16384}$/.test(pair?.accessToken ?? 'a') &&
    /^[\x20-\x7E]{1,16384}$/.test(pair?.refreshToken ?? 'a') &&
    [pair?.expiresIn ?? 0, expiresAt ?? 0, refreshFrom ?? 0].every(Number.isFinite)
  );
}

/** With its fields in alphabetical order, however deep. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}
