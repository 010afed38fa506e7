import {
  HttpBackend,
  HttpClient,
  HttpClientModule,
  type HttpInterceptorFn,
  HttpResponse,
  provideHttpClient,
} from '@angular/common/http';
import {
  createEnvironmentInjector,
  EnvironmentInjector,
  type EnvironmentProviders,
  importProvidersFrom,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { authInterceptor, AuthSession, postRefreshToken, provideAuth } from './public-api';
import { Caller } from './spec/caller';
import { watchResources } from './spec/fake-performance-observer';
import { API } from './spec/fake-server';
import MESSAGES from './spec/mistake-messages.json';
import { refreshing } from './spec/refreshing';
import { setup, thrownBy } from './spec/setup';

const ORDERS = `${API}/orders`;
const CONFIG = { allow: [API], refresh: postRefreshToken(`${API}/auth`) };

// Each title names a heading of docs/mistakes.md.
describe('a mistake in the providers gets its message:', () => {
  it('the interceptor is not registered', () => {
    const { report } = watchResources();
    const { get, server, printed } = setup({ registration: 'none' });
    get('/orders');
    report(ORDERS);
    expect(server.seen).toEqual(['GET /orders without token']);
    expect(printed).toEqual([warning('the interceptor is not registered')]);
  });

  const others: Record<string, EnvironmentProviders> = {
    'provideHttpClient is called again in a lazy route': provideHttpClient(),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the mistake
    'a component imports HttpClientModule': importProvidersFrom(HttpClientModule),
  };
  for (const [mistake, provided] of Object.entries(others)) {
    it(mistake, () => {
      const { report } = watchResources();
      const { get, server, injector, printed } = setup();
      get('/me');
      const backend = { provide: HttpBackend, useValue: server };
      const child = createEnvironmentInjector([provided, backend], injector);
      new Caller(child.get(HttpClient).get(ORDERS));
      report(ORDERS);
      expect(server.seen).toEqual(['GET /me a0', 'GET /orders without token']);
      expect(printed).toEqual([warning('another HttpClient')]);
    });
  }

  it('another interceptor still attaches the token', () => {
    const attach: HttpInterceptorFn = (request, next) =>
      next(request.clone({ setHeaders: { Authorization: 'Bearer old' } }));
    const { get, printed } = setup({ before: [attach] });
    get('/orders');
    expect(printed).toEqual([warning('an old interceptor')]);
  });

  it('another interceptor changes the URL later', () => {
    const { report } = watchResources();
    const addBase: HttpInterceptorFn = (request, next) => next(request.clone({ url: API + request.url }));
    const { http, server, printed } = setup({ registration: 'none', before: [authInterceptor, addBase] });
    new Caller(http.get('/orders'));
    report(ORDERS);
    expect(server.seen).toEqual(['GET /orders without token']);
    expect(printed.map((text) => text.replace(location.origin, 'http://localhost:4200'))).toEqual([
      warning('a URL that is not final'),
      warning('a URL that was changed'),
    ]);
  });

  it('allow does not match the URL', () => {
    const { http, printed } = setup();
    new Caller(http.get('https://files.example.com/invoices'));
    expect(printed).toEqual([warning('no rule')]);
  });

  it('provideAuth is called twice, not at all, or with nothing', () => {
    expect(messageOf(() => createChild([provideAuth(CONFIG), provideAuth(CONFIG)]))).toBe(
      MESSAGES['two sessions'],
    );
    expect(messageOf(() => createChild([]).get(AuthSession))).toBe(MESSAGES['no session']);
    expect(messageOf(() => provideAuth(undefined as never))).toBe(MESSAGES['no configuration']);
    expect(messageOf(() => provideAuth({} as never))).toBe(MESSAGES['no allow']);
  });

  it('a URL begins with http:', () => {
    const allow = ['http://api.example.com'];
    const refresh = postRefreshToken('http://api.example.com/auth');
    expect(messageOf(() => provideAuth({ ...CONFIG, allow }))).toBe(MESSAGES['a rule with http']);
    expect(messageOf(() => provideAuth({ ...CONFIG, refresh }))).toBe(MESSAGES['an endpoint with http']);
  });
});

describe('a mistake with tokens gets its message:', () => {
  it('the answer has other field names', () => {
    const { session, printed } = setup({ signedIn: false });
    thrownBy(() => {
      session.signIn({ user: { id: 1 }, data: { jwt: 'a1' } });
    });
    expect(printed).toEqual([warning('field names')]);
  });

  it('the answer of a refresh has other field names', () => {
    const { server, printed } = refreshing({});
    server.refresh.succeed({ data: { jwt: 'a1' } });
    expect(printed).toEqual([warning('field names in a refresh')]);
  });

  const wrong: [key: keyof typeof MESSAGES, value: unknown][] = [
    ['an Observable', of({ access_token: 'a1' })],
    ['a whole response', new HttpResponse({ body: { access_token: 'a1' } })],
    ['a token as text', 'a1'],
  ];
  for (const [key, value] of wrong) {
    it(`signIn gets ${key}`, () => {
      const { session, printed } = setup({ signedIn: false });
      thrownBy(() => {
        session.signIn(value);
      });
      expect(printed).toEqual([warning(key)]);
    });
  }

  it('the refresh URL is wrong', () => {
    const { server, printed } = refreshing({});
    server.refresh.fail(404, { body: { message: 'not found' } });
    expect(printed).toEqual([warning('a refresh that answers 404')]);
  });

  it('the token has the word Bearer or a space in it', () => {
    const { session } = setup({ signedIn: false });
    const signIn = (token: string) => () => {
      session.signIn({ token });
    };
    expect(messageOf(signIn('Bearer a1'))).toBe(MESSAGES['a token with Bearer']);
    expect(messageOf(signIn('jwt a1'))).toBe(MESSAGES['a token with a space']);
  });

  it('expires_in is a text', () => {
    const { session, printed } = setup({ signedIn: false });
    session.signIn({ access_token: 'a1', expires_in: '15m' });
    expect(session.signedIn()).toBe(true);
    expect(printed).toEqual([warning('a life as text')]);
  });
});

describe('a login without skipAuth()', () => {
  it('sends a wrong password twice if somebody is signed in, and gets no message', () => {
    const { http, server, printed } = setup();
    const caller = new Caller(http.post(`${API}/login`, { password: 'wrong' }));
    server.call.reject();
    server.refresh.succeed(server.issueTokens());
    server.call.reject();
    expect(server.seen).toEqual(['POST /login a0', 'refresh r0', 'POST /login a1']);
    expect(caller.got).toEqual({ status: 401, code: null });
    expect(printed).toEqual([]);
  });
});

function warning(key: keyof typeof MESSAGES): string {
  return `warn: ${MESSAGES[key]} This warning appears once, and only in development.`;
}

function messageOf(action: () => unknown): string {
  return (thrownBy(action) as Error).message;
}

function createChild(providers: EnvironmentProviders[]): EnvironmentInjector {
  return createEnvironmentInjector(providers, TestBed.inject(EnvironmentInjector));
}
