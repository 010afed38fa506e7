import {
  anything,
  array,
  constantFrom,
  double,
  integer,
  json,
  jsonValue,
  type JsonValue,
  nat,
  oneof,
  option,
  record,
  string,
  stringify,
  stringMatching,
  tuple,
  uuid,
  maxSafeInteger,
} from 'fast-check';
import { corruptRecords, newerRecords, readableRecords } from '../spec/corpora/records';
import { checkSame, holdsForAll } from '../spec/holds-for-all';
import { makeJwt } from '../spec/jwt';
import { fromRecord, receive, toRecord } from './credential';
import { readClaims } from './token-lifetime';

const FIELDS = ['id', 'version', 'tokens', 'expiresAt', 'refreshFrom', 'format'];
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
const credentials = tuple(
  record(
    { id: oneof(uuid(), string({ unit: 'binary' })), version: maxSafeInteger(), tokens: pairs },
    { noNullPrototype: true },
  ),
  option(oneof(nat(), constantFrom<false[]>(false)), { nil: undefined }),
).map(([received, refreshAhead]) => receive(received, refreshAhead));

describe('a stored record, for any credential', () => {
  it('gives it back as it was, in good standing', () => {
    holdsForAll(credentials, (credential) => {
      const found = fromRecord(toRecord({ ...credential, standing: 'rejected' }));
      checkSame(pick(found), pick({ ...credential, standing: 'good' }));
    });
  });

  it('keeps to the fields of its format, and holds neither claims nor standing', () => {
    holdsForAll(credentials, (credential) => {
      const fields = JSON.parse(toRecord(credential)) as object;
      checkSame(Object.keys(fields).sort(), [...FIELDS].sort());
    });
  });
});

describe('what is found in a store', () => {
  it('gives a well-formed credential, null, newer or unreadable, whatever it is', () => {
    holdsForAll(
      oneof(string({ unit: 'binary' }), json(), anything(), anything().map(stringify)),
      isWellFormed,
    );
  });

  it('gives one of these for a record with anything in any of its fields', () => {
    const spoilt = tuple(credentials, constantFrom(...FIELDS), option(jsonValue(), { nil: undefined }));
    const ends = new Set<string>();
    holdsForAll(spoilt, ([credential, field, value]) => {
      const fields = JSON.parse(toRecord(credential)) as Record<string, JsonValue>;
      const text = JSON.stringify({ ...fields, [field]: value });
      ends.add(kindOf(fromRecord(text)));
      return isWellFormed(text);
    });
    expect([...ends].sort()).toEqual(['credential', 'newer', 'unreadable']);
  });

  it('gives one of these for a record that lost its end, or one character', () => {
    const damaged = tuple(
      credentials,
      nat(),
      option(string({ unit: 'binary', maxLength: 2 }), { nil: undefined }),
    );
    holdsForAll(damaged, ([credential, position, replacement]) => {
      const text = toRecord(credential);
      const at = position % text.length;
      const isCut = replacement === undefined;
      const damagedText = text.slice(0, at) + (isCut ? '' : replacement + text.slice(at + 1));
      return isWellFormed(damagedText) && (!isCut || fromRecord(damagedText) === 'unreadable');
    });
  });

  it('is unreadable without any one of its fields', () => {
    holdsForAll(tuple(credentials, constantFrom(...FIELDS)), ([credential, field]) => {
      const fields = JSON.parse(toRecord(credential)) as Record<string, JsonValue>;
      checkSame(fromRecord(JSON.stringify({ ...fields, [field]: undefined })), 'unreadable');
    });
  });

  it('is newer where its format is a number above ours, whatever else it holds, and only there', () => {
    const formats = oneof(
      integer(),
      double({ min: 0, max: 3, noNaN: true }),
      constantFrom(0, 1, 2, 3),
      jsonValue(),
    );
    let newer = 0;
    holdsForAll(tuple(array(tuple(constantFrom(...FIELDS), jsonValue())), formats), ([fields, format]) => {
      const isNewer = fromRecord(JSON.stringify({ ...Object.fromEntries(fields), format })) === 'newer';
      if (isNewer) newer++;
      checkSame(isNewer, typeof format === 'number' && format > 1);
    });
    expect(newer).toBeGreaterThan(1_000);
  });

  for (const [name, text, token] of readableRecords) {
    it(`is a session: ${name}`, () => {
      const found = fromRecord(text);
      expect(typeof found === 'object' && found?.tokens.accessToken).toBe(token);
      expect(isWellFormed(text)).toBe(true);
    });
  }
  for (const [name, text] of newerRecords) {
    it(`is newer: ${name}`, () => {
      expect(fromRecord(text)).toBe('newer');
    });
  }
  for (const [name, text] of corruptRecords) {
    it(`is unreadable: ${name}`, () => {
      expect(fromRecord(text)).toBe('unreadable');
    });
  }
});

function kindOf(found: ReturnType<typeof fromRecord>): string {
  return typeof found === 'string' ? found : found ? 'credential' : 'null';
}

/** Whether one of the four comes of a text, and nothing that is wrong in any field where it is a credential. */
function isWellFormed(text: unknown): boolean {
  const found = fromRecord(text);
  if (found === null) return text === null || text === undefined;
  if (typeof found === 'string') return ['newer', 'unreadable'].includes(found);
  const { id, version, tokens: pair, expiresAt, refreshFrom, claims, standing } = found;
  checkSame(claims, readClaims(pair.accessToken));
  return (
    typeof id === 'string' &&
    Number.isSafeInteger(version) &&
    /^[\x21-\x7E]{1,16384}$/.test(pair.accessToken) &&
    /^[\x20-\x7E]{1,16384}$/.test(pair.refreshToken ?? 'a') &&
    [pair.expiresIn ?? 0, expiresAt ?? 0, refreshFrom ?? 0].every(Number.isFinite) &&
    standing === 'good'
  );
}

/** In an order of its own. */
function pick(found: ReturnType<typeof fromRecord>): unknown {
  if (found === null || typeof found === 'string') return found;
  const { id, version, tokens: pair, expiresAt, refreshFrom, claims, standing } = found;
  return { id, version, pair, expiresAt, refreshFrom, claims, standing };
}
