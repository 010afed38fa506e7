import {
  type Arbitrary,
  anything,
  assert,
  constantFrom,
  json,
  oneof,
  property,
  string,
  stringMatching,
  tuple,
} from 'fast-check';
import { AuthError } from '../auth-errors';
import { checkSame } from '../spec/holds-for-all';
import { API } from '../spec/fake-server';
import { afterwards, setup } from '../spec/setup';
import { fromRecord } from '../storage/record';
import { readTokens } from './tokens';

const RUNS = 20_000;
const MEGABYTE = 1_000_000;

describe('a token, whatever text it is,', () => {
  it('is sent as it is, or is neither sent nor stored', () => {
    const { send, signIn, kept } = page();
    const ends = { taken: 0, refused: 0 };
    const claim = property(tokenTexts, (token) => {
      const before = kept.record;
      const isTaken = signIn({ access_token: token, refresh_token: 'r0' });
      ends[isTaken ? 'taken' : 'refused']++;
      if (!isTaken && kept.record !== before) return false;
      const header = send();
      return isTaken
        ? header === `Bearer ${token}` && /^Bearer [!-~]+$/.test(header)
        : header !== `Bearer ${token}`;
    });
    assert(claim, { numRuns: RUNS });
    expect(Math.min(ends.taken, ends.refused)).toBeGreaterThan(1_000);
  });

  it('is not stored as a refresh token either, where no header could hold it', () => {
    const { signIn, kept } = page();
    const claim = property(tokenTexts, (token) => {
      const isTaken = signIn({ access_token: 'a0', refresh_token: token });
      const { credential } = JSON.parse(kept.record ?? '{}') as {
        credential?: { tokens: { refreshToken?: string } };
      };
      return isTaken && (credential?.tokens.refreshToken === token) === /^[ -~]+$/.test(token);
    });
    assert(claim, { numRuns: RUNS });
  });
});

describe('an answer, whatever it is,', () => {
  it('changes no prototype, and is taken or refused with bad-token-response', () => {
    const untouched = prototypeKeys();
    const claim = property(oneof(json().map(parse), anything({ withNullPrototype: true })), (answer) => {
      for (const read of [readTokens, fromRecord]) {
        const end = endOf(() => read(answer));
        if (end instanceof Error && !(end instanceof AuthError)) throw end;
      }
      checkSame(prototypeKeys(), untouched);
    });
    assert(claim, { numRuns: RUNS });
  });

  it('signs nobody in by what a polluted prototype says, and refreshes by no token from there', () => {
    const { signIn, kept } = page();
    pollute({ access_token: 'evil', accessToken: 'evil', refresh_token: 'evil', refreshToken: 'evil' });
    expect([{}, [], JSON.parse('{"expires_in":60}'), 'evil', 7].map(signIn)).toEqual(Array(5).fill(false));
    expect(kept.record).toBeNull();
    expect(signIn({ access_token: 'a0' })).toBe(true);
    expect(kept.record).not.toContain('evil');
  });
});

describe('a megabyte', () => {
  for (const [name, read] of [
    ['an access token', (text: string) => endOf(() => readTokens({ access_token: text }))],
    [
      'a refresh token',
      (text: string) => endOf(() => readTokens({ access_token: 'a', refresh_token: text })),
    ],
    ['a life', (text: string) => endOf(() => readTokens({ access_token: 'a', expires_in: text }))],
    ['the token of a stored record', (text: string) => fromRecord(recordWith({ accessToken: text }))],
    [
      'the refresh token of a stored record',
      (text: string) => fromRecord(recordWith({ accessToken: 'a', refreshToken: text })),
    ],
  ] as const) {
    it(`of anything is refused as ${name} within 50 ms`, () => {
      const pieces = oneof(
        string({ minLength: 1, maxLength: 8 }),
        constantFrom('a=', '=', 'a.', '[', '{"a":', '"\\u0000'),
      );
      const claim = property(tuple(pieces, pieces), ([piece, last]) => {
        const text = piece.repeat(MEGABYTE / piece.length) + last;
        return shortestMs(() => read(text)) <= 50;
      });
      assert(claim, { numRuns: 50 });
    });
  }
});

const wellFormed = stringMatching(/^[!-~]{1,20}$/);
const strangers = constantFrom('\r\n', '\n', '\0', '\x7f', ' ', 'é', 'а', '\u2028', '😀', '\ud83d');
const tokenTexts: Arbitrary<string> = oneof(
  wellFormed,
  string({ unit: 'binary' }),
  string(),
  tuple(wellFormed, strangers, wellFormed).map((parts) => parts.join('')),
  tuple(wellFormed, strangers).map((parts) => parts.join('')),
);

/** A page whose store says what it keeps. */
function page() {
  const kept: { record: string | null } = { record: null };
  const storage = { read: () => kept.record, write: (text: string | null) => void (kept.record = text) };
  const { http, session, server } = setup({ signedIn: false, storage });
  return {
    kept,
    signIn: (answer: unknown) => !(endOf(() => session.signIn(answer)) instanceof Error),
    /** The header as a server sees it. */
    send: () => {
      http.get(API).subscribe().unsubscribe();
      return server.sendings.splice(0)[0]?.request.headers.get('Authorization') ?? '';
    },
  };
}

function endOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

function parse(text: string): unknown {
  return JSON.parse(text);
}

function recordWith(tokens: object): object {
  const credential = { tokens, expiresAt: null, refreshFrom: null };
  return { format: 1, signIn: 1, id: 'a', version: 1, ended: false, credential };
}

function prototypeKeys(): PropertyKey[] {
  return [Object, Array, Function, String].flatMap(({ prototype }) => Reflect.ownKeys(prototype));
}

function pollute(fields: Record<string, string>): void {
  Object.assign(Object.prototype, fields);
  afterwards(() => {
    for (const name of Object.keys(fields)) Reflect.deleteProperty(Object.prototype, name);
  });
}

/** Of three: whatever else the machine does makes a time longer, and none shorter. */
function shortestMs(action: () => unknown): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const start = performance.now();
      action();
      return performance.now() - start;
    }),
  );
}
