import { AuthError, type AuthTokens, readTokens } from '../public-api';
import { opaqueTokens, readableJwts } from '../spec/corpora/jwts';
import {
  readableResponses,
  unusableLives,
  unusableRefreshTokens,
  unusableResponses,
  unusableTokens,
} from '../spec/corpora/token-responses';
import { everyText } from '../spec/every-text';
import { makeJwt } from '../spec/jwt';
import { setup, thrownBy } from '../spec/setup';

const NOW = Date.UTC(2027, 0, 1) / 1000;

describe('readTokens', () => {
  for (const [name, response, tokens] of readableResponses) {
    it(`reads ${name}`, () => {
      expect(readTokens(response)).toEqual(tokens);
    });
  }

  for (const [name, response] of Object.entries(unusableResponses)) {
    it(`throws bad-token-response for ${name}`, () => {
      expect(badTokenResponse(response).message).toContain('access_token');
    });
  }

  for (const [name, value] of Object.entries(unusableTokens)) {
    it(`throws bad-token-response for an access token ${name}`, () => {
      expect(badTokenResponse({ access_token: value }).message).toContain('access');
    });
  }

  for (const [name, value] of Object.entries(unusableRefreshTokens)) {
    it(`keeps the access token beside a refresh token ${name}, and warns`, () => {
      const { printed } = setup({ signedIn: false });
      expect(readTokens({ access_token: 'a', refresh_token: value })).toEqual({ accessToken: 'a' });
      expect(printed.join()).toMatch(/^warn: ngx-bearer: the refresh token .*goes on without one/);
    });
  }

  for (const life of unusableLives) {
    it(`keeps the tokens beside a life that is the ${typeof life} ${JSON.stringify(life)}, and warns`, () => {
      const { printed } = setup({ signedIn: false });
      const response = { access_token: 'a', refresh_token: 'r', expires_in: life };
      expect(readTokens(response)).toEqual({ accessToken: 'a', refreshToken: 'r' });
      expect(printed.join()).toMatch(/^warn: ngx-bearer: .*\(expires_in\) .*number of seconds/);
    });
  }

  it('warns once of a field that no answer has right', () => {
    const { printed } = setup({ signedIn: false });
    for (const life of ['15m', '30m']) readTokens({ access_token: 'a', expires_in: life });
    expect(printed.length).toBe(1);
  });

  it('warns of nothing that is null or empty', () => {
    const { printed } = setup({ signedIn: false });
    readTokens({ access_token: 'a', refresh_token: '', expires_in: null });
    expect(printed).toEqual([]);
  });

  const kinds: [found: string, value: unknown][] = [
    ['is empty', ''],
    ['has a space at position 1', 'a b'],
    ['has a line break at position 2', 'ab\nc'],
    ['has a control character at position 0', '\0a'],
    ['has a control character at position 1', 'a\x7f'],
    ['has a space at position 3', 'myx Bearer a'],
    ['has a character that is not ASCII at position 3', 'café'],
    ["begins with 'Bearer': leave that out", 'Bearer a'],
    ['has 16385 characters', 'a'.repeat(16_385)],
    ['is an array', ['a']],
    ['is of type number', 42],
    ['is of type object', {}],
  ];
  for (const [found, value] of kinds) {
    it(`says of ${JSON.stringify(value).slice(0, 20)} that it ${found}, and what it has to be`, () => {
      const { message } = badTokenResponse({ access_token: value });
      expect(message).toContain(`access token ${found}. It has to be visible ASCII without spaces`);
    });
  }

  const answers: [found: string, response: unknown][] = [
    ['it has user, data.access_token, data.expires', { user: 1, data: { access_token: 'a', expires: 9 } }],
    ['it has jwt', { jwt: 'a' }],
    ['it is text, and not JSON', 'a'],
    ['it is null', null],
    ['it is undefined', undefined],
    ['it is a number', 1],
    ['it is an Observable: subscribe to it', { subscribe: () => undefined }],
    ['it is a Promise: await it', Promise.resolve()],
    ['it is a whole response: pass its body', { statusText: 'OK', body: { token: 'a' } }],
    ['it has no fields', ['a']],
    ['it has no fields', { 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln': 1 }],
  ];
  for (const [found, response] of answers) {
    it(`says that ${found}, of ${JSON.stringify(response)}`, () => {
      expect(badTokenResponse(response).message).toMatch(
        new RegExp(`no access_token, accessToken or token in the answer; ${found}\\..*'read'`),
      );
    });
  }

  it('never quotes what it was given', () => {
    for (const response of [
      { access_token: 'secret canary' },
      { jwt: 'canary' },
      { data: { jwt: 'canary' } },
      'canary',
    ]) {
      expect(everyText(badTokenResponse(response))).not.toContain('canary');
    }
  });

  it('throws bad-token-response if access_token throws when it is read, and does not say what', () => {
    expect(everyText(badTokenResponse(throwingAt('access_token')))).not.toContain('canary');
  });

  for (const field of ['refresh_token', 'expires_in']) {
    it(`counts ${field} as not given if it throws when it is read`, () => {
      const { printed } = setup({ signedIn: false });
      expect(readTokens(throwingAt(field))).toEqual({ accessToken: 'a' });
      expect(printed.join()).not.toContain('canary');
    });
  }

  it('throws bad-token-response for a proxy that has been revoked', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    badTokenResponse(proxy);
  });

  it('reads a megabyte of almost a token at once', () => {
    expect(badTokenResponse({ access_token: `${'a='.repeat(500_000)}é` }).message).toContain('access token');
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

  for (const [name, token, read] of readableJwts) {
    it(`are read from a JWT with ${name}`, () => {
      expect(claimsOf(token)).toEqual(read);
    });
  }

  for (const [name, token] of Object.entries(opaqueTokens)) {
    it(`are null for ${name}`, () => {
      expect(claimsOf(token)).toBeNull();
    });
  }

  it('pollute no prototype', () => {
    claimsOf(jwtOf('{"__proto__":{"polluted":true}}'));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('the life of an access token', () => {
  const lives: [name: string, tokens: AuthTokens, seconds: number][] = [
    ['expiresIn alone', { accessToken: 'a', expiresIn: 60 }, 60],
    ['exp - iat alone', { accessToken: makeJwt({ exp: 900, iat: 0 }) }, 900],
    ['the smaller of both', { accessToken: makeJwt({ exp: 900, iat: 0 }), expiresIn: 60 }, 60],
    [
      'exp - iat beside milliseconds',
      { accessToken: makeJwt({ exp: 900, iat: 0 }), expiresIn: 900_000 },
      900,
    ],
    [
      'exp - iat beside an epoch',
      { accessToken: makeJwt({ exp: NOW + 900, iat: NOW }), expiresIn: NOW + 900 },
      900,
    ],
    [
      'expiresIn beside an iat that was kept',
      { accessToken: makeJwt({ exp: NOW, iat: 0 }), expiresIn: 60 },
      60,
    ],
    ['expiresIn beside an exp before iat', { accessToken: makeJwt({ exp: 0, iat: 900 }), expiresIn: 60 }, 60],
    [
      'exp - iat beside a negative expiresIn',
      { accessToken: makeJwt({ exp: 900, iat: 0 }), expiresIn: -1 },
      900,
    ],
    ['exp - iat beside an expiresIn of 0', { accessToken: makeJwt({ exp: 900, iat: 0 }), expiresIn: 0 }, 900],
  ];
  for (const [name, tokens, seconds] of lives) {
    it(`is ${name}`, () => {
      const { session } = setup({ signedIn: false });
      session.signIn(tokens);
      expect(session.expiresAt()).toBe(Date.now() + seconds * 1000);
    });
  }
});

describe('the expiry of a session', () => {
  const unknown: Record<string, AuthTokens> = {
    'exp without iat': { accessToken: makeJwt({ exp: NOW + 900 }) },
    'iat without exp': { accessToken: makeJwt({ iat: NOW }) },
    'exp with an iat of null': { accessToken: makeJwt({ exp: NOW + 900, iat: null }) },
    'an exp of 1e400': { accessToken: jwtOf(`{"exp":1e400,"iat":${NOW}}`) },
    'exp and iat of 1e400': { accessToken: jwtOf('{"exp":1e400,"iat":1e400}') },
    'an exp that is a list': { accessToken: makeJwt({ exp: [NOW + 900, 1], iat: NOW }) },
    'a life of more milliseconds than a number holds': { accessToken: 'a', expiresIn: 1e306 },
    'an exp of more milliseconds than a number holds': { accessToken: makeJwt({ exp: 1e306, iat: 0 }) },
    'an exp that is a text': { accessToken: makeJwt({ exp: String(NOW + 900), iat: NOW }) },
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

/** A response with an access token and a field that throws. */
function throwingAt(field: string): object {
  const get = (): never => {
    throw new Error('canary');
  };
  return Object.defineProperty({ access_token: 'a' }, field, { get });
}

function badTokenResponse(response: unknown): AuthError {
  const error = thrownBy(() => readTokens(response));
  if (!(error instanceof AuthError)) throw new Error(`No AuthError: ${String(error)}`);
  expect(error.code).toBe('bad-token-response');
  return error;
}
