import {
  type Arbitrary,
  anything,
  array,
  constantFrom,
  double,
  func,
  integer,
  jsonValue,
  oneof,
  option,
  record,
  string,
  stringMatching,
  tuple,
} from 'fast-check';
import { AuthError } from '../auth-errors';
import { everyText } from '../spec/every-text';
import { checkSame, holdsForAll } from '../spec/holds-for-all';
import { type AuthTokens, readTokens } from './tokens';

const LONGEST = 16 * 1024;

describe('readTokens, for any value', () => {
  it('gives well-formed tokens, or throws bad-token-response and nothing else', () => {
    let readable = 0;
    holdsForAll(responses, (response) => {
      const end = read(response);
      if (end instanceof Error) return end instanceof AuthError && end.code === 'bad-token-response';
      readable++;
      const { accessToken, refreshToken, expiresIn, ...others } = end;
      checkSame(others, {});
      return (
        isToken(accessToken) &&
        (refreshToken === undefined
          ? !('refreshToken' in end)
          : isToken(refreshToken.replaceAll(' ', '-'))) &&
        (expiresIn === undefined ? !('expiresIn' in end) : Number.isFinite(expiresIn))
      );
    });
    expect(readable).toBeGreaterThan(1_000);
  });

  it('reads whatever well-formed tokens say, in snake_case, in camelCase and in both', () => {
    holdsForAll(tuple(tokenPairs, names, jsonValue()), ([tokens, [access, refresh, life], extra]) => {
      const { accessToken, refreshToken, expiresIn } = tokens;
      const response = {
        token_type: extra,
        [access]: accessToken,
        [refresh]: refreshToken,
        [life]: expiresIn,
      };
      checkSame(readTokens(response), tokens);
      checkSame(readTokens(JSON.parse(JSON.stringify(response))), tokens);
      checkSame(readTokens(readTokens(response)), tokens);
    });
  });

  it('takes a life of text digits for the number they spell', () => {
    holdsForAll(integer(), (seconds) => {
      checkSame(readTokens({ access_token: 'a', expires_in: `${seconds}` }).expiresIn, seconds);
    });
  });

  it('reads own fields alone', () => {
    holdsForAll(
      tuple(tokenPairs, names),
      ([{ accessToken, refreshToken, expiresIn }, [access, refresh, life]]) => {
        const inherited = { [access]: accessToken, [refresh]: refreshToken, [life]: expiresIn };
        const isRefused = read(Object.create(inherited)) instanceof AuthError;
        const heir = Object.assign(Object.create(inherited) as object, { access_token: 'own' });
        checkSame([isRefused, readTokens(heir)], [true, { accessToken: 'own' }]);
      },
    );
  });

  it('refuses an access token with one character that is not visible ASCII, wherever it stands', () => {
    holdsForAll(tuple(wellFormed, invisible, wellFormed, names), ([before, stranger, after, [access]]) =>
      [`${before}${stranger}${after}`, `${stranger}${after}`, `${before}${stranger}`].every(
        (token) => read({ [access]: token }) instanceof AuthError,
      ),
    );
  });

  it('keeps a good access token beside a refresh token and a life that cannot be read', () => {
    const strangers = invisible.filter((character) => character !== ' ');
    const unreadable = tuple(wellFormed, strangers).map((parts) => parts.join(''));
    holdsForAll(tuple(wellFormed, unreadable, names), ([token, bad, [access, refresh, life]]) => {
      checkSame(readTokens({ [access]: token, [refresh]: bad, [life]: bad }), { accessToken: token });
    });
  });

  it('takes as many characters as 16 KiB hold and not one more', () => {
    holdsForAll(tuple(wellFormed, integer({ min: -40, max: 40 })), ([token, over]) => {
      const length = LONGEST + over;
      const sized = token.repeat(Math.ceil(length / token.length) * 3).slice(0, length);
      checkSame([sized.length, !(read({ access_token: sized }) instanceof Error)], [length, over <= 0]);
    });
  });

  it('never says what it was given', () => {
    const canaries = tuple(string(), string()).map(([before, after]) => `${before} c4n4ry ${after}`);
    const carriers = oneof(
      canaries,
      canaries.map((canary) => [canary]),
      canaries.map((canary) => ({ [canary]: canary, toString: () => canary })),
      canaries.map((canary) => new Error(canary)),
    );
    holdsForAll(tuple(carriers, names), ([carrier, [access, refresh, life]]) => {
      const badFields = [
        { [access]: carrier },
        { [refresh]: carrier, [life]: carrier },
        throwing({}, access, carrier),
        throwing({ [refresh]: 'r' }, life, carrier),
      ];
      const ends = [carrier, badFields, ...badFields].map(read);
      return ends.every((end) => {
        if (!(end instanceof AuthError)) return false;
        // The stack is the message and places in the code, and slow to ask for.
        const shown = [end.message, end.cause, Object.entries(end)];
        return !everyText(shown).includes('c4n4ry');
      });
    });
  });
});

const wellFormed: Arbitrary<string> = oneof(
  stringMatching(/^[\x21-\x7e]{1,20}$/),
  constantFrom('a', '-._~+/==', 'eyJhbGciOiJub25lIn0.e30.c2ln'),
);
const invisible = string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter(
  (character) => !/[!-~]/.test(character),
);
const lives = oneof(integer(), double({ noNaN: true, noDefaultInfinity: true })).map(
  // JSON knows no -0.
  (seconds) => seconds + 0,
);
const tokenPairs: Arbitrary<AuthTokens> = record(
  { accessToken: wellFormed, refreshToken: wellFormed, expiresIn: lives },
  { requiredKeys: ['accessToken'], noNullPrototype: true },
);
const names = tuple(
  constantFrom('access_token', 'accessToken', 'token'),
  constantFrom('refresh_token', 'refreshToken'),
  constantFrom('expires_in', 'expiresIn'),
);

/** What may stand in a field, good or not. */
const values: Arbitrary<unknown> = oneof(
  wellFormed,
  wellFormed,
  lives,
  string({ unit: 'binary' }),
  anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true, withTypedArray: true }),
  func(anything()),
  constantFrom<unknown[]>(Symbol('token'), NaN, Infinity, 10n, '9'.repeat(400), 'a'.repeat(LONGEST + 1), ''),
  array(wellFormed),
);
const fields = option(values, { freq: 8, nil: null });
const responses: Arbitrary<unknown> = oneof(values, {
  weight: 8,
  arbitrary: record(
    {
      access_token: oneof({ weight: 3, arbitrary: wellFormed }, fields),
      accessToken: oneof({ weight: 3, arbitrary: wellFormed }, fields),
      refresh_token: oneof({ weight: 3, arbitrary: wellFormed }, fields),
      refreshToken: fields,
      expires_in: oneof({ weight: 3, arbitrary: lives }, fields),
      expiresIn: fields,
    },
    { requiredKeys: [] },
  ),
});

/** A field that throws when it is read, as a proxy or a getter of an app's own model may. */
function throwing(response: object, name: string, error: unknown): unknown {
  const get = (): never => {
    throw error;
  };
  return Object.defineProperty(response, name, { get, enumerable: true });
}

function read(response: unknown): AuthTokens | Error {
  try {
    return readTokens(response);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function isToken(text: string): boolean {
  const isVisible = Array.from(text).every((character) => character > ' ' && character < '\x7f');
  return text !== '' && text.length <= LONGEST && isVisible;
}
