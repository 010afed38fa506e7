import {
  array,
  constantFrom,
  dictionary,
  double,
  integer,
  jsonValue,
  oneof,
  option,
  record,
  string,
  tuple,
} from 'fast-check';
import { checkSame, holdsForAll } from '../spec/holds-for-all';
import { makeJwt } from '../spec/jwt';
import { afterwards } from '../spec/setup';
import { type Claims, isOtherUser, readClaims, readLifetime } from './token-lifetime';

/** Keys of every kind, `__proto__` and lone surrogates among them. */
const keys = oneof(
  string({ unit: 'binary' }),
  constantFrom('__proto__', 'constructor', 'toString', 'exp', 'sub'),
);
const payloads = dictionary(keys, jsonValue({ maxDepth: 2 }), { maxKeys: 4 });

describe('readClaims, for any token', () => {
  it('gives an object or null, and never throws', () => {
    const pieces = oneof(string({ unit: 'binary' }), string(), jsonValue().map(encode), payloads.map(encode));
    const tokens = oneof(
      string({ unit: 'binary' }),
      array(pieces, { maxLength: 6 }).map((parts) => parts.join('.')),
      tuple(pieces, pieces, pieces).map((parts) => parts.join('.')),
    );
    let read = 0;
    holdsForAll(tokens, (token) => {
      const claims: unknown = readClaims(token);
      if (claims !== null) read++;
      return claims === null || (typeof claims === 'object' && !Array.isArray(claims));
    });
    expect(read).toBeGreaterThan(500);
  });

  it('gives back whatever JSON object a JWT was made of, in all of Unicode', () => {
    holdsForAll(payloads, (payload) => {
      checkSame(readClaims(makeJwt(payload)), JSON.parse(JSON.stringify(payload)));
    });
  });

  it('does not look at the header and the signature', () => {
    const parts = string({ unit: 'binary' }).map((part) => part.replaceAll('.', ''));
    holdsForAll(tuple(payloads, parts, parts), ([payload, header, signature]) => {
      checkSame(readClaims(`${header}.${encode(payload)}.${signature}`), readClaims(makeJwt(payload)));
    });
  });

  it('gives null for a payload that is no object, and for any other number of parts', () => {
    const others = jsonValue().filter(
      (value) => typeof value !== 'object' || Array.isArray(value) || value === null,
    );
    holdsForAll(tuple(others, payloads, integer({ min: 1, max: 5 })), ([value, payload, count]) => {
      const parts = Array<string>(count).fill(encode(payload));
      checkSame(readClaims(makeJwt(value as unknown as Record<string, unknown>)), null);
      return count === 3 || readClaims(parts.join('.')) === null;
    });
  });
});

/** What a JWT says of its times, numbers or not. */
const times = option(
  oneof(integer(), double({ noDefaultInfinity: true }), integer({ min: 0 }), jsonValue()),
  { nil: undefined },
);
const claimSets = option(record({ exp: times, iat: times }), { nil: null });
const pairs = record(
  { accessToken: constantFrom('a'), expiresIn: oneof(integer(), double(), constantFrom(0, 60)) },
  { requiredKeys: ['accessToken'] },
);

describe('readLifetime, for any tokens', () => {
  it('is the smaller of expiresIn and exp - iat that are positive, in milliseconds, and NaN or finite', () => {
    holdsForAll(tuple(pairs, claimSets), ([tokens, claims]) => {
      const { exp, iat } = claims ?? {};
      const claimed = typeof exp === 'number' && typeof iat === 'number' ? [(exp - iat) * 1000] : [];
      const given = tokens.expiresIn === undefined ? [] : [tokens.expiresIn * 1000];
      const finite = [...given, ...claimed].filter(Number.isFinite);
      const positive = finite.filter((life) => life > 0).sort((one, other) => one - other);
      checkSame(readLifetime(tokens, claims), positive[0] ?? finite[0] ?? NaN);
    });
  });

  it('is the same at whatever time it is read', () => {
    const { now } = Date;
    afterwards(() => void Object.assign(Date, { now }));
    holdsForAll(tuple(pairs, claimSets, double(), double()), ([tokens, claims, here, there]) => {
      const [first, second] = [here, there].map((wallMs) => {
        Object.assign(Date, { now: () => wallMs });
        return readLifetime(tokens, claims);
      });
      checkSame(first, second);
    });
  });

  it('takes no time from a prototype', () => {
    holdsForAll(tuple(integer(), integer()), ([exp, iat]) => {
      checkSame(readLifetime({ accessToken: 'a' }, Object.create({ exp, iat }) as Claims), NaN);
    });
  });
});

/** A user's name and issuer as RFC 7519 knows them, or as a number. */
const users = option(
  record(
    {
      sub: oneof(constantFrom('alice', 'bob', 1, 2), string(), integer()),
      iss: oneof(constantFrom('https://a.example', 'https://b.example'), string()),
      name: string(),
    },
    { requiredKeys: [] },
  ),
  { nil: null },
);

describe('isOtherUser, for any claims', () => {
  it('is never said of one token and itself', () => {
    holdsForAll(users, (claims) => !isOtherUser(claims, claims));
  });

  it('is never said of two tokens that say the same', () => {
    holdsForAll(payloads, (payload) => {
      const token = makeJwt({ ...payload, sub: payload['sub'] ?? 'alice' });
      return !isOtherUser(readClaims(token), readClaims(token));
    });
  });

  it('is said of a pair in whichever order', () => {
    holdsForAll(tuple(users, users), ([one, other]) => {
      checkSame(isOtherUser(one, other), isOtherUser(other, one));
    });
  });

  it('is said exactly if both are named, by the name alone', () => {
    let others = 0;
    holdsForAll(tuple(users, users), ([one, other]) => {
      const names = [one, other].map((user) => JSON.stringify(user?.sub));
      const areNamed = one?.sub !== undefined && other?.sub !== undefined;
      const isOther = isOtherUser(one, other);
      if (isOther) others++;
      checkSame(isOther, areNamed && names[0] !== names[1]);
    });
    expect(others).toBeGreaterThan(1_000);
  });
});

function encode(value: unknown): string {
  return makeJwt(value as Record<string, unknown>).split('.')[1] ?? '';
}
