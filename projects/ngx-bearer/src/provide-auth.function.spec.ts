import { HttpBackend, HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { type EnvironmentProviders, importProvidersFrom, inject, InjectionToken } from '@angular/core';
import {
  type AuthConfig,
  type AuthError,
  authInterceptor,
  AuthModule,
  AuthSession,
  postRefreshToken,
  provideAuth,
  skipAuth,
} from './public-api';
import { Caller } from './spec/caller';
import { API, FakeServer, TOKEN_ENDPOINT } from './spec/fake-server';
import { injectorWith } from './spec/injector-with';
import { buildForProduction } from './spec/production';
import { thrownBy } from './spec/setup';

const APP_CONFIG = new InjectionToken<{ apiUrl: string }>('APP_CONFIG');

type Configure = () => AuthConfig;

const ways: Record<string, (configure: Configure) => EnvironmentProviders> = {
  provideAuth,
  'AuthModule.forRoot': (configure) => importProvidersFrom(AuthModule.forRoot(configure)),
};

for (const [name, provide] of Object.entries(ways)) {
  describe(`${name} with a function`, () => {
    it('calls it once, in the injection context, when the session is first needed', () => {
      const { injector, calls } = setup((configure) => provide(configure));
      expect(calls).toEqual([]);
      injector.get(AuthSession);
      injector.get(AuthSession);
      expect(calls).toEqual([API]);
    });

    it('sends the token where the function says', () => {
      const { injector, server, http } = setup((configure) => provide(configure));
      injector.get(AuthSession).signIn(server.issueTokens());
      http.get(`${API}/orders`).subscribe();
      http.get('https://elsewhere.test/orders').subscribe();
      expect(server.seen).toEqual(['GET /orders a0', 'GET /orders without token']);
    });
  });
}

describe('a function as configuration', () => {
  it('is not called for a request that is skipped, which may bring the configuration', () => {
    const { http, server, calls } = setup();
    const caller = new Caller(http.get(`${API}/config.json`, { context: skipAuth() }));
    server.call.succeed('loaded');
    expect([caller.got, calls]).toEqual(['loaded', []]);
  });

  it('is called by the first request that is not, and by no other', () => {
    const { http, calls } = setup();
    http.get(`${API}/orders`).subscribe();
    http.get(`${API}/orders`).subscribe();
    expect(calls).toEqual([API]);
  });

  it('has its session to itself in each injector', () => {
    const configure = (): AuthConfig => ({ allow: [API], refresh: () => [] });
    const auth = provideAuth(configure);
    const [first, second] = [injectorWith([auth]), injectorWith([auth])];
    first.get(AuthSession).signIn({ accessToken: 'a0' });
    expect([first.get(AuthSession).signedIn(), second.get(AuthSession).signedIn()]).toEqual([true, false]);
  });

  it('counts as a second provideAuth beside another, when a session is first needed', () => {
    const configure = (): AuthConfig => ({ allow: [API], refresh: () => [] });
    const injector = injectorWith([provideAuth(configure), provideAuth(() => configure())]);
    expect(String(thrownBy(() => injector.get(AuthSession)))).toContain('this injector has 2 sessions');
  });
});

describe('a function that gives no configuration', () => {
  const good: AuthConfig = { allow: [API], refresh: () => [] };
  const wrong: Record<string, { configure: () => unknown; text: RegExp }> = {
    'an option that is wrong': {
      configure: () => ({ ...good, allow: [] }),
      text: /'allow' is an empty array/,
    },
    'a rule that is undefined': {
      configure: () => ({ ...good, allow: [undefined] }),
      text: /'allow' is an array/,
    },
    nothing: { configure: () => undefined, text: /returned undefined: return \{ allow, refresh \}/ },
    'a promise': {
      configure: () => Promise.resolve(good),
      text: /returned a promise: .*provideAppInitializer/,
    },
  };
  for (const [name, { configure, text }] of Object.entries(wrong)) {
    it(`is bad-config when the session is first needed: ${name}`, () => {
      const error = errorOf(configure);
      expect(error.code).toBe('bad-config');
      expect(error.message).toMatch(text);
    });
  }

  it('is bad-config with the exception as its cause', () => {
    const cause = new Error('APP_CONFIG is not loaded');
    const error = errorOf(() => {
      throw cause;
    });
    expect([error.code, error.cause]).toEqual(['bad-config', cause]);
  });

  for (const allow of [undefined, [undefined], [null], [''], 5]) {
    it(`is bad-config in production, too, for a configuration of the server with allow: ${JSON.stringify(allow)}`, () => {
      buildForProduction();
      expect(errorOf(() => ({ ...good, allow })).message).toBe('ngx-bearer: bad-config');
    });
  }

  it('fails the first request', () => {
    const http = injectorWith([
      provideHttpClient(withInterceptors([authInterceptor])),
      provideAuth(() => ({ ...good, allow: [] })),
    ]).get(HttpClient);
    const error = new Caller(http.get(`${API}/orders`)).failures[0] as AuthError;
    expect(error.code).toBe('bad-config');
  });
});

function errorOf(configure: () => unknown): AuthError {
  const injector = injectorWith([provideAuth(configure as Configure)]);
  return thrownBy(() => injector.get(AuthSession)) as AuthError;
}

/** An application whose address of the API is known by its injector alone. */
function setup(provide: (configure: Configure) => EnvironmentProviders = provideAuth) {
  const server = new FakeServer();
  const calls: string[] = [];
  const configure = (): AuthConfig => {
    const { apiUrl } = inject(APP_CONFIG);
    calls.push(apiUrl);
    return { allow: [apiUrl], refresh: postRefreshToken(TOKEN_ENDPOINT) };
  };
  const injector = injectorWith([
    provideHttpClient(withInterceptors([authInterceptor])),
    provide(configure),
    { provide: APP_CONFIG, useValue: { apiUrl: API } },
    { provide: HttpBackend, useValue: server },
  ]);
  return { injector, server, calls, http: injector.get(HttpClient) };
}
