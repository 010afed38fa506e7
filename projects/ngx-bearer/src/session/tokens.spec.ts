import { AuthError, type AuthTokens, readTokens } from '../public-api';
import { opaqueTokens, readableJwts } from '../spec/corpora/jwts';
import {
  readableResponses,
  unusableLives,
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
      expect(badTokenResponse({ access_token: value }).message).toContain('access_token');
    });

    it(`throws bad-token-response for a refresh token ${name}`, () => {
      expect(badTokenResponse({ access_token: 'a', refresh_token: value }).message).toContain(
        'refresh_token',
      );
    });
  }

  for (const life of unusableLives) {
    it(`throws bad-token-response for a life that is the ${typeof life} ${JSON.stringify(life)}`, () => {
      expect(badTokenResponse({ access_token: 'a', expires_in: life }).message).toContain('expires_in');
    });
  }

  const kinds: [found: string, value: unknown][] = [
    ['missing', undefined],
    ['missing', null],
    ['empty', ''],
    ['a string of 3 characters', 'a b'],
    ['an array', ['a']],
    ['of type number', 42],
    ['of type object', {}],
  ];
  for (const [found, value] of kinds) {
    it(`says of ${JSON.stringify(value)} that it is ${found}, and what it has to be`, () => {
      const { message } = badTokenResponse({ access_token: value });
      expect(message).toContain(`access_token is ${found};`);
      expect(message).toContain('b64token');
    });
  }

  it('says what a life has to be', () => {
    expect(badTokenResponse({ access_token: 'a', expires_in: true }).message).toMatch(
      /expires_in is of type boolean;.*number of seconds/,
    );
  });

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

  for (const field of ['access_token', 'refresh_token', 'expires_in']) {
    it(`throws bad-token-response where ${field} throws when it is read, and does not say what`, () => {
      const get = (): never => {
        throw new Error('canary');
      };
      const response = Object.defineProperty({ access_token: 'a' }, field, { get });
      expect(everyText(badTokenResponse(response))).not.toContain('canary');
    });
  }

  it('throws bad-token-response for a proxy that has been revoked', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    badTokenResponse(proxy);
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

function badTokenResponse(response: unknown): AuthError {
  const error = thrownBy(() => readTokens(response));
  if (!(error instanceof AuthError)) throw new Error(`No AuthError: ${String(error)}`);
  expect(error.code).toBe('bad-token-response');
  return error;
}
