import { type Provider, runInInjectionContext } from '@angular/core';
import {
  type AuthConfig,
  type AuthError,
  AuthSession,
  injectAuthSession,
  localTokenStorage,
  postRefreshToken,
  provideAuth,
  refreshCookie,
  requireAuth,
  sessionTokenStorage,
  sharedTokenStorage,
} from './public-api';
import { Caller } from './spec/caller';
import { injectorWith } from './spec/injector-with';
import { FakeOrigin } from './spec/fake-origin';
import { API } from './spec/fake-server';
import { FakeStore } from './spec/fake-store';
import { setup, thrownBy } from './spec/setup';
import { pass } from './spec/tab-pages';

const BILLING = 'https://billing.example.com';

type Sessions = Readonly<Record<string, Partial<AuthConfig>>>;

describe('several sessions in one injector', () => {
  it('send each its own token, and nothing where no rule matches', () => {
    const { server, get } = several();
    get(`${API}/orders`);
    get(`${BILLING}/bills`);
    get('https://elsewhere.test/');
    expect(server.seen).toEqual(['GET /orders main', 'GET /bills billing', 'GET / without token']);
  });

  it('are signed in to, out of and seen one by one', () => {
    const { main, billing } = several();
    billing.signOut();
    expect([main.signedIn(), billing.signedIn()]).toEqual([true, false]);
    main.signOut();
    billing.signIn({ accessToken: 'b1' });
    expect([main.signedIn(), billing.signedIn()]).toEqual([false, true]);
  });

  it('refresh one by one: a rejection of one holds nobody of the other', () => {
    const { server, get } = several();
    const bill = get(`${BILLING}/bills`);
    server.call.reject();
    get(`${BILLING}/held`);
    get(`${API}/orders`);
    expect(server.seen.slice(1)).toEqual(['GET /auth/billing without token', 'GET /orders main']);
    server.calls[1]?.succeed({ access_token: 'billing-2' });
    expect(server.seen.slice(3)).toEqual(['GET /bills billing-2', 'GET /held billing-2']);
    server.calls.at(-2)?.succeed('done');
    expect(bill.got).toBe('done');
  });

  it('end one by one: a refusal of one leaves the other signed in', () => {
    const { server, get, main, billing } = several();
    get(`${BILLING}/bills`);
    server.call.reject();
    server.call.fail(401);
    expect([main.signedIn(), billing.signedIn()]).toEqual([true, false]);
  });

  it('send nothing of another one if nobody is signed in to the one that is responsible', () => {
    const { server, get, billing, http } = several({
      main: { allow: ['https://billing.example.com/v1', API] },
    });
    billing.signOut();
    get(`${BILLING}/bills`);
    expect(server.seen).toEqual(['GET /bills without token']);
    const caller = new Caller(http.get(`${BILLING}/bills`, { context: requireAuth() }));
    expect(caller.got).toEqual({ status: 401, code: 'not-signed-in' });
  });
});

describe('the session of a request', () => {
  const v1 = `${API}/v1`;
  const cases: Readonly<
    Record<
      string,
      { main: AuthConfig['allow']; billing: AuthConfig['allow']; billed: string[]; not: string[] }
    >
  > = {
    'a path is more specific than its origin': {
      main: [API],
      billing: [v1],
      billed: [v1, `${v1}/bills`],
      not: [API, `${API}/v10`, `${API}/v1-old`],
    },
    'whichever is provided first': {
      main: [v1],
      billing: [API],
      billed: [API, `${API}/v2`],
      not: [v1, `${v1}/x`],
    },
    'the longer of two paths': {
      main: [v1],
      billing: [`${v1}/bills`],
      billed: [`${v1}/bills`, `${v1}/bills/7`],
      not: [v1, `${v1}/bills-old`],
    },
    'an origin is more specific than a function': {
      main: [() => true],
      billing: [API],
      billed: [API],
      not: [BILLING],
    },
    'the function of the first session is asked first': {
      main: [() => true],
      billing: [() => true],
      billed: [],
      not: [API],
    },
    'and then that of the next': {
      main: [({ host }) => host !== 'billing.example.com'],
      billing: [() => true],
      billed: [BILLING],
      not: [API],
    },
    'the most specific of all rules of a session': {
      main: [API, `${v1}/bills`],
      billing: [v1],
      billed: [v1],
      not: [API, `${v1}/bills`],
    },
    'a path on the own origin is as one with the origin': {
      main: [location.origin],
      billing: ['/v1'],
      billed: ['/v1', `${location.origin}/v1/x`],
      not: ['/', '/v2'],
    },
  };
  for (const [name, { main, billing, billed, not }] of Object.entries(cases)) {
    it(`is that of the most specific rule: ${name}`, () => {
      const { server, get } = several({ main: { allow: main }, billing: { allow: billing } });
      for (const url of [...billed, ...not]) get(url);
      const tokens = server.sendings.map(({ token }) => token);
      expect(tokens).toEqual([...billed.map(() => 'billing'), ...not.map(() => 'main')]);
    });
  }

  it('is asked by its own header name whether the request has a token', () => {
    const { server, http } = several({ billing: { headerName: 'X-Billing' } });
    http.get(`${BILLING}/bills`, { headers: { 'X-Billing': 'mine' } }).subscribe();
    http.get(`${API}/orders`, { headers: { 'X-Billing': 'mine' } }).subscribe();
    const [bill, order] = server.sendings.map(({ request }) => request.headers);
    expect([bill?.get('X-Billing'), bill?.has('Authorization')]).toEqual(['mine', false]);
    expect(order?.get('Authorization')).toBe('Bearer main');
  });
});

describe('injectAuthSession', () => {
  it('returns the session of the name, the same each time', () => {
    const { injector, billing } = several();
    expect(runInInjectionContext(injector, () => injectAuthSession('billing'))).toBe(billing);
    expect(injector.get(AuthSession)).not.toBe(billing);
  });

  it('throws bad-config that lists the names, if there is none of this name', () => {
    const { injector } = several();
    const error = thrownBy(() => runInInjectionContext(injector, () => injectAuthSession('bilding')));
    expect((error as AuthError).code).toBe('bad-config');
    expect(String(error)).toContain("no session is named 'bilding', found '', 'billing'");
  });

  it('is pointed to where all sessions have names', () => {
    const injector = injectorWith([provideAuth(config('billing', { allow: [API] }))]);
    expect(String(thrownBy(() => injector.get(AuthSession)))).toContain(
      "all sessions have names ('billing'): ask for one by injectAuthSession(name)",
    );
  });
});

describe('two sessions of one name', () => {
  const wrong: Readonly<Record<string, { configs: Partial<AuthConfig>[]; text: RegExp }>> = {
    'two without a name': {
      configs: [{}, { allow: [BILLING] }],
      text: /2 sessions: give all but one a 'name'/,
    },
    'two of one name': {
      configs: [{ name: 'a' }, { name: 'a', allow: [BILLING] }],
      text: /2 sessions named 'a': give each a name of its own/,
    },
    'a rule in common': {
      configs: [{}, { name: 'a', allow: [BILLING, API] }],
      text: /'allow' of the session 'a' and of the session without a name both hold 'https:\/\/api.example.com'/,
    },
    'a rule in common, written differently': {
      configs: [{ allow: ['HTTPS://API.example.com:443/v1/'] }, { name: 'a', allow: [`${API}/v1`] }],
      text: /both hold 'https:\/\/api.example.com\/v1'/,
    },
    'the own origin, written differently': {
      configs: [{ allow: ['/api'] }, { name: 'a', allow: [`${location.origin}/api`], allowInsecure: true }],
      text: /both hold/,
    },
  };
  for (const [name, { configs, text }] of Object.entries(wrong)) {
    const full = configs.map((one) => ({ allow: [API], refresh: () => [], ...one }));
    it(`are bad-config when the injector is created: ${name}`, () => {
      const error = thrownBy(() => injectorWith(full.map((one) => provideAuth(one))));
      expect((error as AuthError).code).toBe('bad-config');
      expect(String(error)).toMatch(text);
    });

    it(`are bad-config when a session is first needed, where a function gives them: ${name}`, () => {
      const injector = injectorWith(full.map((one) => provideAuth(() => one)));
      expect(String(thrownBy(() => injector.get(AuthSession)))).toMatch(text);
    });
  }

  it('may share a function, which has no name', () => {
    const everywhere = (): boolean => true;
    expect(() => several({ main: { allow: [everywhere] }, billing: { allow: [everywhere] } })).not.toThrow();
  });
});

describe('what a session stores', () => {
  it('contains its name, and not that of another', () => {
    several({ main: { storage: localTokenStorage() }, billing: { storage: localTokenStorage() } });
    expect(Object.keys(localStorage).sort()).toEqual(['ngx-bearer.billing.session', 'ngx-bearer.session']);
    const page = several(
      { main: { storage: localTokenStorage() }, billing: { storage: localTokenStorage() } },
      false,
    );
    page.get(`${API}/orders`);
    page.get(`${BILLING}/bills`);
    expect(page.server.seen).toEqual(['GET /orders main', 'GET /bills billing']);
  });

  it('begins with its key', () => {
    several({ main: {}, billing: { storage: sessionTokenStorage({ key: 'shop' }) } });
    expect(Object.keys(sessionStorage)).toEqual(['shop.billing.session']);
  });

  it('contains its name in a cookie session', () => {
    several({ main: {}, billing: { refresh: refreshCookie('/session') } });
    expect(Object.keys(localStorage)).toEqual([`ngx-bearer./session.billing.session`]);
  });

  it('is locked under its name, and kept in a database of its name', async () => {
    const origin = new FakeOrigin();
    const tab = origin.openTab();
    const storage = localTokenStorage();
    const { billing, clock } = several({ main: { storage }, billing: { storage } }, true, [tab.provider]);
    billing.refresh().catch(() => undefined);
    await pass(clock, 1000);
    expect([...origin.database.opened].sort()).toEqual(['ngx-bearer.billing.session', 'ngx-bearer.session']);
    expect(origin.locks.names.filter((name) => !name.includes('ngx-bearer.billing'))).toEqual([]);
    expect(origin.locks.names.length).toBe(1);
  });

  it('is locked under its name in a storage of the app', async () => {
    const origin = new FakeOrigin();
    const tab = origin.openTab();
    const storage = sharedTokenStorage(new FakeStore());
    const { billing, clock } = several({ billing: { storage } }, true, [tab.provider]);
    billing.refresh().catch(() => undefined);
    await pass(clock, 1000);
    expect(origin.locks.names.map((name) => name.includes('ngx-bearer.billing'))).toEqual([true]);
  });
});

/** A page with one session without a name, and one named `billing`; somebody is signed in to both. */
function several(configs: Sessions = {}, signedIn = true, providers: Provider[] = []) {
  const billingConfig = config('billing', { allow: [BILLING], ...configs['billing'] });
  const page = setup({
    ...config(undefined, { allow: [API], ...configs['main'] }),
    signedIn: false,
    providers: [provideAuth(billingConfig), ...providers],
  });
  const { session: main, injector, http } = page;
  const billing = runInInjectionContext(injector, () => injectAuthSession('billing'));
  if (signedIn) {
    main.signIn({ accessToken: 'main', refreshToken: 'r' });
    billing.signIn({ accessToken: 'billing', refreshToken: 'r' });
  }
  const get = (url: string): Caller<unknown> => new Caller(http.get(url));
  return { ...page, main, billing, get };
}

function config(name: string | undefined, options: Partial<AuthConfig>): AuthConfig {
  const refresh = postRefreshToken(`${API}/auth/${name ?? 'main'}`, { method: 'GET' });
  return { allow: [API], refresh, ...(name !== undefined && { name }), ...options };
}
