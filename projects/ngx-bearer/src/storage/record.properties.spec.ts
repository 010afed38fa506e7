import {
  anything,
  array,
  constantFrom,
  double,
  integer,
  json,
  jsonValue,
  type JsonValue,
  maxSafeInteger,
  nat,
  option,
  oneof,
  string,
  stringify,
  tuple,
} from 'fast-check';
import { readClaims } from '../session/token-lifetime';
import { corruptRecords, endedRecords, newerRecords, readableRecords } from '../spec/corpora/records';
import { checkSame, holdsForAll } from '../spec/holds-for-all';
import { credentials, sessions, sorted } from '../spec/states';
import { credentialOf, endOf, fromRecord, fromText, type SharedState, toRecord, toText } from './record';

/** A record without one of them is unreadable. */
const REQUIRED = ['signIn', 'id', 'version', 'format'];
const FIELDS = [...REQUIRED, 'ended', 'credential', 'isMirror'];
const CREDENTIAL_FIELDS = ['tokens', 'expiresAt', 'refreshFrom'];

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
