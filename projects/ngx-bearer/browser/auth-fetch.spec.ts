import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { createEnvironmentInjector, EnvironmentInjector, runInInjectionContext } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  type AuthConfig,
  AuthError,
  authInterceptor,
  AuthSession,
  injectAuthFetch,
  injectAuthSession,
  provideAuth,
} from '../src/public-api';
import { afterwards } from '../src/spec/setup';

const API = 'https://api.example.com';
const BILLING = 'https://billing.example.com';

describe('injectAuthFetch', () => {
  it('sends the token where a rule matches, and nothing elsewhere', async () => {
    const { authFetch, seen } = setup();
    await authFetch(`${API}/orders`);
    await authFetch(new URL(`${API}/orders`));
    await authFetch(new Request(`${API}/orders`, { headers: { 'X-Mine': '1' } }));
    await authFetch('https://elsewhere.test/');
    expect(seen).toEqual([...Array<string>(3).fill('GET /orders a0'), 'GET / without token']);
  });

  it('leaves a request alone that has the header already', async () => {
    const { authFetch, seen } = setup();
    const { status } = await authFetch(`${API}/rejects`, { headers: { Authorization: 'Basic b3du' } });
    expect([status, seen]).toEqual([401, ['GET /rejects Basic b3du']]);
  });

  it('heals six parallel rejections by one refresh', async () => {
    const { authFetch, seen, expire, refreshes } = setup();
    expire();
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((index) => authFetch(`${API}/${index}`)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(refreshes.length).toBe(1);
    // Each browser reads the bodies of its answers in an order of its own.
    expect(seen.slice(6).sort()).toEqual([1, 2, 3, 4, 5, 6].map((index) => `GET /${index} a1`));
  });

  const bodies: Readonly<Record<string, () => BodyInit>> = {
    text: () => 'a text',
    'a Blob': () => new Blob(['a text']),
    bytes: () => new TextEncoder().encode('a text'),
    'a form': () => new URLSearchParams({ a: 'text' }),
  };
  for (const [name, body] of Object.entries(bodies)) {
    for (const kind of ['init', 'Request'] as const) {
      it(`replays a body as it was: ${name}, in ${kind}`, async () => {
        const { authFetch, received, expire } = setup();
        expire();
        const init = { method: 'POST', body: body() };
        const { status } = await (kind === 'init'
          ? authFetch(`${API}/orders`, init)
          : authFetch(new Request(`${API}/orders`, init)));
        expect(status).toBe(200);
        expect(received.length).toBe(2);
        expect(received[1]).toBe(received[0] ?? 'none');
        expect(received[0]).toContain('text');
      });
    }
  }

  it('replays a multipart form with the same boundary', async () => {
    const { authFetch, received, expire } = setup();
    expire();
    const body = new FormData();
    body.append('field', 'a text');
    await authFetch(`${API}/files`, { method: 'POST', body });
    expect(received[1]).toBe(received[0] ?? 'none');
    expect(received[0]).toContain('a text');
  });

  it('gives a stream its own 401 at once, since it cannot be sent twice, and refreshes behind it', async () => {
    const { authFetch, seen, expire, refreshes } = setup();
    expire();
    const body = new Blob(['a text']).stream();
    const { status } = await authFetch(`${API}/orders`, {
      method: 'POST',
      body,
      duplex: 'half',
    } as RequestInit);
    expect([status, refreshes.length]).toEqual([401, 1]);
    expect((await authFetch(`${API}/next`)).status).toBe(200);
    expect(seen).toEqual(['POST /orders a0', 'GET /next a1']);
  });

  it('keeps what else was said of the request', async () => {
    const { authFetch, requests, expire } = setup();
    expire();
    const init = { cache: 'no-store', credentials: 'include', referrerPolicy: 'no-referrer' } as const;
    await authFetch(`${API}/orders`, init);
    for (const { cache, credentials, referrerPolicy } of requests) {
      expect({ cache, credentials, referrerPolicy }).toEqual(init);
    }
    expect(requests.length).toBe(2);
  });

  it('lets a redirect fail if the token is in another header, which browsers would carry along', async () => {
    const { authFetch, requests } = setup({ headerName: 'X-Token' });
    await authFetch(`${API}/orders`, { referrerPolicy: 'no-referrer' });
    const [{ redirect, referrerPolicy, headers }] = requests as [Request];
    expect([redirect, referrerPolicy, headers.get('X-Token')]).toEqual(['error', 'no-referrer', 'Bearer a0']);
  });

  it('passes failures and other answers on as they are', async () => {
    const { authFetch, refreshes } = setup();
    expect((await authFetch(`${API}/missing`)).status).toBe(404);
    const failure: unknown = await authFetch(`${API}/fails`).catch((error: unknown) => error);
    expect([failure instanceof TypeError, refreshes.length]).toEqual([true, 0]);
  });

  it('resolves with its own 401, body and all, if the refresh is refused', async () => {
    const { authFetch, session, expire } = setup({ refresh: () => Promise.reject(new AuthError('refused')) });
    expire();
    const answer = await authFetch(`${API}/orders`);
    expect([answer.status, await answer.text(), session.signedIn()]).toEqual([401, 'rejected', false]);
  });

  it('rejects with refresh-unavailable if no new token can be got', async () => {
    const { authFetch, expire } = setup({ refresh: () => Promise.reject(new Error('down')) });
    expire();
    const failure: unknown = await authFetch(`${API}/orders`).catch((error: unknown) => error);
    expect(failure instanceof AuthError && failure.code).toBe('refresh-unavailable');
  });

  it('is aborted while it waits at the gate, and is never sent then; the refresh goes on', async () => {
    const { authFetch, seen, expire, session } = setup();
    expire();
    const first = authFetch(`${API}/first`);
    const abort = new AbortController();
    const aborted = authFetch(`${API}/aborted`, { signal: abort.signal }).catch((error: unknown) => error);
    abort.abort(new Error('enough'));
    expect(String(await aborted)).toContain('enough');
    expect([(await first).status, session.signedIn()]).toEqual([200, true]);
    expect(seen.filter((line) => line.includes('aborted')).length).toBeLessThan(2);
  });

  it('rejects at once if it is aborted before', async () => {
    const { authFetch, seen } = setup();
    const failure: unknown = await authFetch(`${API}/x`, { signal: AbortSignal.abort() }).catch(
      (e: unknown) => e,
    );
    expect([(failure as Error).name, seen]).toEqual(['AbortError', []]);
  });

  it('uses the session of the most specific rule, and with a name that one alone', async () => {
    const { authFetch, authFetchOf, seen } = setup();
    await authFetch(`${BILLING}/bills`);
    const ofBilling = authFetchOf('billing');
    await ofBilling(`${BILLING}/bills`);
    await ofBilling(`${API}/orders`);
    expect(seen).toEqual(['GET /bills b0', 'GET /bills b0', 'GET /orders without token']);
  });
});

/** A page whose `fetch` is replaced by a server that takes one access token. */
function setup(config: Partial<AuthConfig> = {}) {
  const [seen, received, requests, refreshes]: [string[], string[], Request[], number[]] = [[], [], [], []];
  const header = config.headerName ?? 'Authorization';
  let good = ['a0', 'b0'];
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const token = request.headers.get(header)?.replace(/^Bearer /, '') ?? 'without token';
    seen.push(`${request.method} ${pathname} ${token}`);
    requests.push(request);
    received.push(`${request.headers.get('Content-Type') ?? ''} ${await request.text()}`);
    if (pathname === '/fails') throw new TypeError('no network');
    if (pathname === '/missing') return new Response(null, { status: 404 });
    return good.includes(token) ? new Response('fine') : new Response('rejected', { status: 401 });
  };
  const refresh: AuthConfig['refresh'] = () => {
    refreshes.push(1);
    good = ['a1'];
    return Promise.resolve({ accessToken: 'a1' });
  };
  const injector = createEnvironmentInjector(
    [
      provideHttpClient(withInterceptors([authInterceptor])),
      provideAuth({ allow: [API], refresh, ...config }),
      provideAuth({ name: 'billing', allow: [BILLING], refresh: () => [] }),
    ],
    TestBed.inject(EnvironmentInjector),
  );
  afterwards(() => {
    globalThis.fetch = real;
    injector.destroy();
  });
  const inContext = <T>(run: () => T): T => runInInjectionContext(injector, run);
  const session = injector.get(AuthSession);
  session.signIn({ accessToken: 'a0' });
  inContext(() => injectAuthSession('billing')).signIn({ accessToken: 'b0' });
  const authFetchOf = (name?: string): typeof fetch => inContext(() => injectAuthFetch(name));
  const expire = (): void => {
    good = [];
  };
  return { authFetch: authFetchOf(), authFetchOf, session, seen, received, requests, refreshes, expire };
}
