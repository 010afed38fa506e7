import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  type AuthConfig,
  AuthError,
  authInterceptor,
  AuthModule,
  AuthSession,
  exchangeToken,
  postRefreshToken,
  provideAuth,
  refreshCookie,
  type RefreshStrategy,
  refreshTokenGrant,
  revokeToken,
  localTokenStorage,
  sessionTokenStorage,
} from './public-api';
import { FakeOrigin } from './spec/fake-origin';
import { API, FakeServer } from './spec/fake-server';
import { setup, thrownBy } from './spec/setup';

const GOOD: AuthConfig = { allow: [API], refresh: () => [] };
const STRATEGIES: Record<string, (url: string) => RefreshStrategy> = {
  exchangeToken,
  postRefreshToken,
  refreshTokenGrant: (tokenEndpoint) => refreshTokenGrant({ tokenEndpoint, clientId: 'shop' }),
  refreshCookie,
};

describe('provideAuth', () => {
  /** Per option: what to do instead, and values that are wrong. */
  const wrong: Record<keyof AuthConfig, { remedy: RegExp; values: unknown[] }> = {
    allow: {
      remedy: /origin|path/,
      values: [undefined, null, [], API, [null], [/api/], [API, 42], new Set([API])],
    },
    refresh: { remedy: /strategy/, values: [undefined, null, 'https://api.example.com/auth', {}] },
    storage: {
      remedy: /localTokenStorage.*read and write/,
      values: ['cookie', null, {}, { read: () => null }, 5],
    },
    name: { remedy: /text/, values: ['', 5, null] },
    headerName: { remedy: /header name/, values: ['', 'X Token', 'X:Token', 'X-Tökén', 'X\r\nY', null] },
    scheme: { remedy: /word|empty/, values: ['Bearer ', 'a b', 'a\nb', null, 5] },
    shouldRefresh: { remedy: /function/, values: ['401', 401, null] },
    replay: { remedy: /'idempotent'/, values: ['none', true, null] },
    whileRefreshing: { remedy: /'hold'.*'send'/, values: ['wait', true, null] },
    refreshAhead: { remedy: /milliseconds/, values: [-1, NaN, Infinity, true, '60', null] },
    refreshTimeout: { remedy: /milliseconds/, values: [0, -1, NaN, Infinity, 2 ** 31, '10', null] },
    refreshLimit: {
      remedy: /count.*withinMs/,
      values: [
        5,
        null,
        {},
        { count: 0, withinMs: 1000 },
        { count: 1.5, withinMs: 1000 },
        { count: Infinity, withinMs: 1000 },
        { count: 5, withinMs: 0 },
        { count: 5, withinMs: Infinity },
        { count: '5', withinMs: 1000 },
        { count: 5 },
      ],
    },
    proof: { remedy: /dpop\(\)/, values: ['DPoP', {}, null, true] },
    onSignOut: { remedy: /revokeToken/, values: ['https://id.example.com/revoke', {}, null] },
    allowInsecure: { remedy: /true or false/, values: ['yes', 1, null] },
  };

  for (const [option, { remedy, values }] of Object.entries(wrong)) {
    for (const value of values) {
      it(`throws bad-config that names '${option}' and the remedy for ${show(value)}`, () => {
        const error = badConfig({ [option]: value });
        expect(error.message).toContain(`'${option}'`);
        expect(error.message).toMatch(remedy);
      });
    }
  }

  const found: [option: keyof AuthConfig, value: unknown, text: string][] = [
    ['refresh', undefined, 'missing'],
    ['refresh', {}, 'of type object'],
    ['allow', [], 'an empty array'],
    ['allow', [42], 'an array'],
    ['storage', 'cookie', '"cookie"'],
    ['scheme', 'a b', '"a b"'],
    ['refreshTimeout', 0, '0'],
    ['allowInsecure', null, 'null'],
  ];
  for (const [option, value, text] of found) {
    it(`says that '${option}' is ${text}`, () => {
      expect(badConfig({ [option]: value }).message).toContain(`'${option}' is ${text}`);
    });
  }

  const wrongRules = [
    '',
    '*',
    'api.example.com',
    'api/v1',
    '//api.example.com',
    '/\\api.example.com',
    'https://',
    'https://*.example.com',
    'https://api.example.com/*',
    'https://user@api.example.com',
    'https://user:word@api.example.com',
    'https://api.example.com?x=1',
    'https://api.example.com/#top',
    'https://api.example.com/v1/../v2',
    'https://api.example.com/v1/%2e%2e/v2',
    '/v1/..%2fv2',
    'ws://api.example.com',
    'ftp://api.example.com',
    'javascript:alert(1)',
    'data:text/plain,x',
    'blob:https://api.example.com/1',
  ];
  for (const rule of wrongRules) {
    it(`throws bad-config that names 'allow' and the forms of a rule for '${rule}'`, () => {
      const error = badConfig({ allow: [API, rule] });
      expect(error.message).toContain("'allow'");
      expect(error.message).toContain('https://api.example.com');
    });
  }

  const insecure = [
    'http://api.example.com',
    'http://localhost.example.com',
    'http://notlocalhost',
    'http://127.0.0.1.example.com',
  ];
  for (const rule of insecure) {
    it(`throws bad-config that names allowInsecure for '${rule}', and not with it`, () => {
      const error = badConfig({ allow: [rule] });
      expect(error.message).toContain("'allow'");
      expect(error.message).toContain('allowInsecure');
      expect(() => provideAuth({ ...GOOD, allow: [rule], allowInsecure: true })).not.toThrow();
    });
  }

  for (const [name, strategyFor] of Object.entries(STRATEGIES)) {
    it(`throws bad-config that names allowInsecure for ${name} by http, and not with it`, () => {
      const refresh = strategyFor('http://id.example.com/token');
      const error = badConfig({ refresh });
      expect(error.message).toContain("'refresh' asks 'http://id.example.com/token'");
      expect(error.message).toContain('allowInsecure');
      expect(() => provideAuth({ ...GOOD, refresh, allowInsecure: true })).not.toThrow();
    });

    it(`takes ${name} by https, to localhost, and to the origin of the page`, () => {
      for (const url of ['https://id.example.com/token', 'http://localhost:3000/token', '/token']) {
        expect(() => provideAuth({ ...GOOD, refresh: strategyFor(url) })).not.toThrow();
      }
    });
  }

  it('throws bad-config that names allowInsecure for revokeToken by http, and not with it', () => {
    const onSignOut = revokeToken({ revocationEndpoint: 'http://id.example.com/revoke', clientId: 'shop' });
    const error = badConfig({ onSignOut });
    expect(error.message).toContain("'onSignOut' asks 'http://id.example.com/revoke'");
    expect(error.message).toContain('allowInsecure');
    expect(() => provideAuth({ ...GOOD, onSignOut, allowInsecure: true })).not.toThrow();
  });

  const right: Partial<AuthConfig>[] = [
    { allow: ['/', '/api', API, `${API}/v1/`, () => false] },
    {
      allow: ['http://localhost:4200', 'http://app.localhost', 'http://127.0.0.1:3000', 'http://[::1]:8080'],
    },
    { storage: { read: () => null, write: () => undefined } },
    { refreshAhead: false, scheme: '' },
    { refreshAhead: 0, replay: () => true },
    { refreshTimeout: 2 ** 31 - 1 },
    { storage: localTokenStorage({ key: 'shop' }), replay: 'all', whileRefreshing: 'hold' },
    { storage: sessionTokenStorage(), headerName: 'X-Token', replay: 'idempotent', whileRefreshing: 'send' },
    { refreshLimit: { count: 1, withinMs: 0.5 } },
    { onSignOut: revokeToken({ revocationEndpoint: '/revoke', clientId: 'shop' }) },
  ];
  for (const config of right) {
    it(`takes ${show(config)}`, () => {
      expect(() => provideAuth({ ...GOOD, ...config })).not.toThrow();
    });
  }

  it('is what AuthModule.forRoot checks by', () => {
    const error = thrownBy(() => AuthModule.forRoot({ ...GOOD, allow: [] }));
    expect((error as AuthError).code).toBe('bad-config');
  });
});

describe('an option that is not given, or given as undefined', () => {
  const configs: Record<string, Partial<AuthConfig>> = {
    'not given': {},
    undefined: Object.fromEntries(
      [
        'storage',
        'name',
        'headerName',
        'scheme',
        'shouldRefresh',
        'replay',
        'whileRefreshing',
        'refreshAhead',
        'refreshTimeout',
        'refreshLimit',
        'onSignOut',
        'allowInsecure',
      ].map((option) => [option, undefined]),
    ),
  };

  for (const [name, config] of Object.entries(configs)) {
    it(`sends Authorization: Bearer (${name})`, () => {
      const { server, get } = setup(config);
      get('/orders');
      expect(server.call.request.headers.keys()).toEqual(['Authorization']);
      expect(server.call.request.headers.get('Authorization')).toBe('Bearer a0');
    });

    it(`replays every method and holds new requests (${name})`, () => {
      const { http, server, get } = setup(config);
      http.post(`${API}/orders`, {}).subscribe();
      server.call.reject();
      get('/held');
      expect(server.seen).toEqual(['POST /orders a0', 'refresh r0']);
      server.answer(server.refresh);
      expect(server.seen.slice(2)).toEqual(['POST /orders a1', 'GET /held a1']);
    });

    it(`keeps the session in memory (${name})`, () => {
      setup(config);
      expect(localStorage.length + sessionStorage.length).toBe(0);
      const { session } = setup({ ...config, signedIn: false });
      expect(session.signedIn()).toBe(false);
    });

    it(`takes names in storage that begin with ngx-bearer (${name})`, () => {
      setup({ ...config, storage: localTokenStorage() });
      expect(Object.keys(localStorage)).toEqual(['ngx-bearer.session']);
    });

    it(`refreshes 60 s ahead, of a life of 3600 s (${name})`, () => {
      const { server, get, clock } = setup(config);
      clock.advance(3_539_999);
      get('/a');
      expect(server.refreshes.length).toBe(0);
      clock.advance(1);
      get('/b');
      expect(server.refreshes.length).toBe(1);
    });

    it(`waits 10 s for a refresh (${name})`, () => {
      const { server, get, clock } = setup(config);
      const caller = get('/orders');
      server.call.reject();
      clock.advance(9_999);
      expect(caller.settlements).toBe(0);
      clock.advance(1);
      expect(caller.got).toEqual({ status: 0, code: 'refresh-unavailable' });
    });

    it(`lets 5 refreshes begin in 30 s (${name})`, () => {
      const { server, get, clock } = setup(config);
      const callers = Array.from({ length: 6 }, (_, index) => {
        clock.advance(1000);
        const caller = get(`/${String(index)}`);
        server.call.reject();
        if (index < 5) server.answer(server.refresh);
        return caller;
      });
      expect(server.refreshes.length).toBe(5);
      expect(callers[5]?.got).toEqual({ status: 0, code: 'refresh-limit' });
    });
  }
});

describe('a missing provideAuth', () => {
  for (const [name, action] of Object.entries({
    'AuthSession is injected': (injector: EnvironmentInjector) => injector.get(AuthSession),
    'a request is sent': (injector: EnvironmentInjector) => {
      let failure: unknown;
      injector
        .get(HttpClient)
        .get(API)
        .subscribe({ error: (error: unknown) => (failure = error) });
      throw failure;
    },
  })) {
    it(`is named when ${name}`, () => {
      const injector = createEnvironmentInjector(
        [provideHttpClient(withInterceptors([authInterceptor]))],
        TestBed.inject(EnvironmentInjector),
      );
      const error = thrownBy(() => action(injector)) as AuthError;
      expect(error.message).toContain('provideAuth');
      expect(error.code).toBe('bad-config');
      injector.destroy();
    });
  }
});

describe('the key of a storage', () => {
  const storages = {
    localTokenStorage: { storage: localTokenStorage({ key: 'shop' }), area: 'local' },
    sessionTokenStorage: { storage: sessionTokenStorage({ key: 'shop' }), area: 'session' },
  } as const;
  for (const [name, { storage, area }] of Object.entries(storages)) {
    it(`is part of every name: of the entry, the database and the lock (${name})`, async () => {
      const origin = new FakeOrigin();
      const tab = origin.openTab();
      const { session, clock, server } = setup({ signedIn: false, storage, providers: [tab.provider] });
      session.signIn(server.issueTokens());
      session.refresh().catch(() => undefined);
      await clock.settle();
      const items = area === 'local' ? origin.local : tab.session;
      expect([origin.database.opened, [...items.keys()]]).toEqual([['shop.session'], ['shop.session']]);
      expect(origin.locks.names.map((lock) => lock.startsWith('refresh.shop.'))).toEqual([true]);
    });
  }
});

describe('two environments with a provideAuth of their own', () => {
  it('have sessions of their own', () => {
    const [first, second] = [setup(), setup({ signedIn: false, server: new FakeServer() })];
    expect([first.session.signedIn(), second.session.signedIn()]).toEqual([true, false]);
    second.get('/orders');
    expect(second.server.seen).toEqual(['GET /orders without token']);
    second.session.signIn({ accessToken: 'b0' });
    first.session.signOut();
    expect([first.session.signedIn(), second.session.signedIn()]).toEqual([false, true]);
  });
});

function badConfig(config: Record<string, unknown>): AuthError {
  const error = thrownBy(() => provideAuth({ ...GOOD, ...config }));
  if (!(error instanceof AuthError)) throw new Error(`No AuthError: ${String(error)}`);
  expect(error.code).toBe('bad-config');
  return error;
}

function show(value: unknown): string {
  if (value instanceof RegExp || value instanceof Set) return value.constructor.name;
  const text = JSON.stringify([value], (_key, part: unknown) =>
    typeof part === 'function' || (typeof part === 'number' && !Number.isFinite(part)) ? String(part) : part,
  );
  return text.slice(1, -1);
}
