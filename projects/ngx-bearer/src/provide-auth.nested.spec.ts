import { HttpBackend, HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  createEnvironmentInjector,
  EnvironmentInjector,
  type EnvironmentProviders,
  importProvidersFrom,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  type AuthConfig,
  type AuthError,
  authInterceptor,
  AuthModule,
  AuthSession,
  postRefreshToken,
  provideAuth,
  localTokenStorage,
} from './public-api';
import { Caller } from './spec/caller';
import { API, FakeServer, TOKEN_ENDPOINT } from './spec/fake-server';
import { injectorWith } from './spec/injector-with';
import { setup, thrownBy } from './spec/setup';

const GOOD: AuthConfig = { allow: [API], refresh: () => [] };

describe('a route with a provideAuth of its own', () => {
  it('has a session of its own, and the application keeps its own', () => {
    const { app, route } = nested();
    route.session.signIn({ accessToken: 'b0' });
    expect([app.session.signedIn(), route.session.signedIn()]).toEqual([true, true]);
    app.session.signOut();
    expect([app.session.signedIn(), route.session.signedIn()]).toEqual([false, true]);
  });

  it('sends with its own token, and has a rejection healed by its own refresh', () => {
    const { app, route } = nested();
    route.session.signIn({ accessToken: 'b0', refreshToken: 's0' });
    const caller = new Caller(route.http.get(`${API}/bills`));
    route.server.call.reject();
    route.server.refresh.succeed({ access_token: 'b1' });
    route.server.call.succeed('done');
    expect(caller.got).toBe('done');
    expect(route.server.seen).toEqual(['GET /bills b0', 'refresh s0', 'GET /bills b1']);
    expect(app.server.seen).toEqual([]);
    app.get('/orders');
    expect(app.server.seen).toEqual(['GET /orders a0']);
  });
});

describe('a second provideAuth in one injector', () => {
  const twice: Record<string, EnvironmentProviders[]> = {
    'two calls': [provideAuth(GOOD), provideAuth({ ...GOOD, allow: ['https://billing.example'] })],
    'a call and a module': [provideAuth(GOOD), importProvidersFrom(AuthModule.forRoot(GOOD))],
  };
  for (const [name, providers] of Object.entries(twice)) {
    it(`throws bad-config that says where another may stand: ${name}`, () => {
      const error = thrownBy(() => createEnvironmentInjector(providers, TestBed.inject(EnvironmentInjector)));
      expect(String(error)).toMatch(/bad-config: this injector has 2 sessions: .*lazy route/);
    });
  }
});

describe('one provideAuth that an injector gets twice', () => {
  it('is one session, as of a module that two modules import', () => {
    const auth = AuthModule.forRoot(GOOD);
    const providers = [importProvidersFrom(auth), importProvidersFrom(auth)];
    expect(injectorWith(providers).get(AuthSession).signedIn()).toBe(false);
  });
});

describe('a configuration that is none', () => {
  for (const config of [undefined, null]) {
    it(`is bad-config: ${config}`, () => {
      const error = thrownBy(() => provideAuth(config as unknown as AuthConfig)) as AuthError;
      expect([error.code, error.message]).toEqual([
        'bad-config',
        `ngx-bearer: bad-config: provideAuth was called with ${config}: give it { allow, refresh }.`,
      ]);
    });
  }
});

/** An application, and below it what a lazy route provides. */
function nested() {
  const app = setup();
  const server = new FakeServer();
  const injector = createEnvironmentInjector(
    [
      provideHttpClient(withInterceptors([authInterceptor])),
      provideAuth({
        allow: [API],
        refresh: postRefreshToken(TOKEN_ENDPOINT),
        storage: localTokenStorage({ key: 'route' }),
      }),
      { provide: HttpBackend, useValue: server },
    ],
    app.injector,
  );
  return { app, route: { server, http: injector.get(HttpClient), session: injector.get(AuthSession) } };
}
