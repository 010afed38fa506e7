import { AuthError, type AuthTokens, readTokens } from '../public-api';
import { everyText } from '../spec/every-text';
import { makeJwt } from '../spec/jwt';
import { setup, thrownBy } from '../spec/setup';

const LONGEST = 'a'.repeat(16 * 1024);
const NOW = Date.UTC(2027, 0, 1) / 1000;

describe('readTokens', () => {
  const readable: [string, unknown, AuthTokens][] = [
    ['an access token alone', { access_token: 'a' }, { accessToken: 'a' }],
    ['an access token in camelCase', { accessToken: 'a' }, { accessToken: 'a' }],
    [
      'all three fields',
      { access_token: 'a', refresh_token: 'r', expires_in: 60 },
      { accessToken: 'a', refreshToken: 'r', expiresIn: 60 },
    ],
    [
      'all three in camelCase',
      { accessToken: 'a', refreshToken: 'r', expiresIn: 60 },
      { accessToken: 'a', refreshToken: 'r', expiresIn: 60 },
    ],
    [
      'a mixture of both forms',
      { accessToken: 'a', refresh_token: 'r', expiresIn: 60 },
      { accessToken: 'a', refreshToken: 'r', expiresIn: 60 },
    ],
    [
      'fields beside them',
      { access_token: 'a', token_type: 'Bearer', user: { id: 1 } },
      { accessToken: 'a' },
    ],
    [
      'a null refresh token and life',
      { access_token: 'a', refresh_token: null, expires_in: null },
      { accessToken: 'a' },
    ],
    [
      'a life of text digits',
      { access_token: 'a', expires_in: '3600' },
      { accessToken: 'a', expiresIn: 3600 },
    ],
    ['a life of nothing', { access_token: 'a', expires_in: 0 }, { accessToken: 'a', expiresIn: 0 }],
    ['a life below nothing', { access_token: 'a', expires_in: -5 }, { accessToken: 'a', expiresIn: -5 }],
    ['a life with a fraction', { access_token: 'a', expires_in: 0.5 }, { accessToken: 'a', expiresIn: 0.5 }],
    ['every character of a b64token', { access_token: 'aZ09-._~+/==' }, { accessToken: 'aZ09-._~+/==' }],
    ['a token of 16 KiB', { access_token: LONGEST }, { accessToken: LONGEST }],
    [
      'an object without prototype',
      Object.assign(Object.create(null) as object, { access_token: 'a' }),
      {
        accessToken: 'a',
      },
    ],
  ];
  for (const [name, response, tokens] of readable) {
    it(`reads ${name}`, () => {
      expect(readTokens(response)).toEqual(tokens);
    });
  }

  const responses: Record<string, unknown> = {
    nothing: undefined,
    null: null,
    'a text': 'a',
    'a JSON text': '{"access_token":"a"}',
    'a number': 42,
    'a boolean': true,
    'a function': () => undefined,
    'an empty object': {},
    'an array': ['a'],
    'an array of answers': [{ access_token: 'a' }],
    'an answer inside another': { data: { access_token: 'a' } },
    'an inherited token': Object.create({ access_token: 'a' }) as unknown,
    'a token under __proto__': JSON.parse('{"__proto__":{"access_token":"a"}}') as unknown,
    'the names of the fields in another case': { Access_Token: 'a' },
  };
  for (const [name, response] of Object.entries(responses)) {
    it(`throws bad-token-response for ${name}`, () => {
      expect(badTokenResponse(response).message).toContain('access_token');
    });
  }

  const texts = {
    'that is empty': '',
    'that is a space': ' ',
    'with a space inside': 'a b',
    'with a space at the end': 'a ',
    'with a line break': 'a\r\nX-Evil: 1',
    'with a line break at the end': 'a\n',
    'with a null character': 'a\0',
    'with a delete character': 'a\x7f',
    'with a comma': 'a,b',
    'with a colon': 'a:b',
    'with quotes': '"a"',
    'with a Latin-1 letter': 'café',
    'with an emoji': 'a😀',
    'with padding inside': 'a=b',
    'of padding alone': '==',
    'over 16 KiB': `${LONGEST}a`,
    'that is a number': 42,
    'that is an object': { token: 'a' },
    'that is an array': ['a'],
    'that is true': true,
    'that makes itself a text': { toString: () => 'a', length: 1 },
  };
  for (const [name, value] of Object.entries(texts)) {
    it(`throws bad-token-response for an access token ${name}`, () => {
      expect(badTokenResponse({ access_token: value }).message).toContain('access_token');
    });

    it(`throws bad-token-response for a refresh token ${name}`, () => {
      expect(badTokenResponse({ access_token: 'a', refresh_token: value }).message).toContain(
        'refresh_token',
      );
    });
  }

  for (const life of ['', 'soon', '1e3', '60s', ' 60', NaN, Infinity, 1e400, true, {}, [60]] as unknown[]) {
    it(`throws bad-token-response for a life that is the ${typeof life} ${JSON.stringify(life)}`, () => {
      expect(badTokenResponse({ access_token: 'a', expires_in: life }).message).toContain('expires_in');
    });
  }

  it('never quotes what it was given', () => {
    for (const response of [
      { access_token: 'secret canary' },
      { access_token: 'a', refresh_token: 'secret canary' },
      { access_token: 'a', expires_in: 'canary' },
      'canary',
    ]) {
      expect(everyText(badTokenResponse(response))).not.toContain('canary');
    }
  });

  it('reads a megabyte of almost a token at once', () => {
    expect(badTokenResponse({ access_token: `${'a='.repeat(500_000)}!` }).message).toContain('access_token');
  });
});

describe('the claims of a session', () => {
  const claims = {
    sub: 'alice',
    name: 'Zoë 日本 😀',
    roles: ['reader'],
    nested: { deep: true },
    '>?>?': '~~~',
  };

  it('are the payload of a JWT, in all of Unicode', () => {
    expect(claimsOf(makeJwt(claims))).toEqual(claims);
  });

  const [head, payload] = makeJwt(claims).split('.') as [string, string];
  const opaque: Record<string, string> = {
    'an opaque token': 'opaque',
    'two parts': `${head}.${payload}`,
    'five parts, an encrypted JWT': `${head}.${payload}.c.d.e`,
    'a truncated payload': `${head}.${payload.slice(0, -5)}.c`,
    'no payload': `${head}..c`,
    'a payload that is no base64': `${head}.a~b.c`,
    'a payload that is no UTF-8': `${head}.eyJhIjoi_yJ9.c`,
    'a payload that is null': `${head}.bnVsbA.c`,
    'a payload that is a number': `${head}.NDI.c`,
    'a payload that is a text': `${head}.InRleHQi.c`,
    'a payload that is an array': `${head}.W10.c`,
  };
  for (const [name, token] of Object.entries(opaque)) {
    it(`are null for ${name}`, () => {
      expect(claimsOf(token)).toBeNull();
    });
  }

  it('pollute no prototype', () => {
    const token = `${head}.${btoa('{"__proto__":{"polluted":true}}').replaceAll('=', '')}.c`;
    claimsOf(token);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('the expiry of a session', () => {
  const unknown: Record<string, AuthTokens> = {
    'exp without iat': { accessToken: makeJwt({ exp: NOW + 900 }) },
    'iat without exp': { accessToken: makeJwt({ iat: NOW }) },
    'exp with an iat of null': { accessToken: makeJwt({ exp: NOW + 900, iat: null }) },
    'an exp of 1e400': { accessToken: jwtOf(`{"exp":1e400,"iat":${NOW}}`) },
    'exp and iat of 1e400': { accessToken: jwtOf('{"exp":1e400,"iat":1e400}') },
    'an exp that is a list': { accessToken: makeJwt({ exp: [NOW + 900, 1], iat: NOW }) },
    'an exp under __proto__': { accessToken: jwtOf(`{"__proto__":{"exp":${NOW + 900},"iat":${NOW}}}`) },
  };
  for (const [name, tokens] of Object.entries(unknown)) {
    it(`is unknown for ${name}, and nothing is refreshed`, () => {
      const { session, server, get, events, clock } = setup({ signedIn: false });
      session.signIn(tokens);
      expect([session.expiresAt(), events.map(({ type }) => type)]).toEqual([null, ['signed-in']]);
      clock.advance(1e10);
      get('/orders');
      expect(server.refreshes.length).toBe(0);
    });
  }

  it('is told as ignored for each pair that arrives expired, without a loop', () => {
    const { session, server, get, events } = setup({ signedIn: false });
    session.signIn({ accessToken: 'a', refreshToken: 'r', expiresIn: -1 });
    get('/orders');
    server.call.reject();
    server.refresh.succeed({ access_token: 'b', refresh_token: 's', expires_in: 0 });
    expect(server.seen).toEqual(['GET /orders a', 'refresh r', 'GET /orders b']);
    expect(events.map(({ type }) => type)).toEqual([
      'signed-in',
      'expiry-ignored',
      'refreshed',
      'expiry-ignored',
    ]);
    expect(session.expiresAt()).toBeNull();
  });

  it('is checked again for the pair after one that arrived expired', () => {
    const { session, server, get, clock } = setup({ signedIn: false });
    session.signIn({ accessToken: 'a', refreshToken: 'r', expiresIn: -1 });
    get('/orders');
    server.call.reject();
    server.refresh.succeed({ access_token: 'b', refresh_token: 's', expires_in: 60 });
    clock.advance(60_000);
    get('/later');
    expect(server.seen.at(-1)).toBe('refresh s');
  });
});

function claimsOf(accessToken: string): unknown {
  const { session } = setup({ signedIn: false });
  session.signIn({ accessToken });
  return session.claims();
}

/** For JSON that `JSON.stringify` would not write. */
function jwtOf(payload: string): string {
  return `e30.${btoa(payload).replaceAll('=', '')}.c2ln`;
}

function badTokenResponse(response: unknown): AuthError {
  const error = thrownBy(() => readTokens(response));
  if (!(error instanceof AuthError)) throw new Error(`No AuthError: ${String(error)}`);
  expect(error.code).toBe('bad-token-response');
  return error;
}
