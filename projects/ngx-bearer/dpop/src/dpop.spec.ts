import { HttpContext } from '@angular/common/http';
import { PLATFORM_ID } from '@angular/core';
import { exchangeToken, refreshTokenGrant, requireAuth, revokeToken, skipAuth } from 'ngx-bearer';
import { provideAuthTesting } from 'ngx-bearer/testing';
import { API, TOKEN_ENDPOINT } from '../../src/spec/fake-server';
import { setup } from '../../src/spec/setup';
import { openDpop } from './spec/setup';
import { hashOf, readProof } from './spec/read-proof';

describe('a request with DPoP', () => {
  it('carries the token with the scheme DPoP, and a proof of this request and this token', async () => {
    const { http, server, arrive } = openDpop();
    http.post(`${API}/orders?day=1#top`, { item: 'tea' }).subscribe();
    expect(server.seen).toEqual([]);
    await arrive(1);
    expect(server.seen).toEqual(['POST /orders?day=1 DPoP a0']);
    const { header, claims } = await readProof(server.call);
    expect([header.typ, header.alg, Object.keys(header.jwk).sort()]).toEqual([
      'dpop+jwt',
      'ES256',
      ['crv', 'kty', 'x', 'y'],
    ]);
    const { jti, ...others } = claims;
    expect(others).toEqual({
      htm: 'POST',
      htu: `${API}/orders`,
      iat: Math.floor(Date.now() / 1000),
      ath: await hashOf('a0'),
    });
    expect(jti.length).toBeGreaterThan(20);
  });

  it('names the URL as the browser sends it', async () => {
    const { http, server, arrive } = openDpop({ allow: ['/'] });
    http.get('/a/../orders/ä?x').subscribe();
    await arrive(1);
    const { claims } = await readProof(server.call);
    expect(claims.htu).toBe(new URL('/orders/%C3%A4', document.baseURI).href);
  });

  it('has no proof where the token may not go, with skipAuth, or with nobody signed in', async () => {
    const { http, get, session, server } = openDpop();
    http.get('https://elsewhere.test/').subscribe();
    http.get(`${API}/public`, { context: skipAuth() }).subscribe();
    await session.signOut();
    get('/orders');
    expect(server.sendings.map(({ request }) => request.headers.keys())).toEqual([[], [], []]);
  });

  it('heals six rejections by one refresh, with a new proof for each sending', async () => {
    const { get, server, arrive } = openDpop();
    const callers = [1, 2, 3, 4, 5, 6].map((index) => get(`/${index}`));
    await arrive(6);
    for (const sending of [...server.open].reverse()) sending.reject();
    await arrive(1);
    const { claims } = await readProof(server.refresh);
    expect([claims.htm, claims.htu, claims.ath]).toEqual(['POST', TOKEN_ENDPOINT, undefined]);
    expect(server.refresh.request.headers.has('Authorization')).toBe(false);
    server.refresh.succeed({ ...server.issueTokens(), token_type: 'DPoP' });
    await arrive(6);
    for (const sending of server.open) sending.succeed(sending.token);
    expect(callers.map(({ got }) => got)).toEqual(Array(6).fill('DPoP a1'));
    expect(server.refreshes.map(String)).toEqual(['refresh r0']);
    const proofs = await Promise.all(server.sendings.map(readProof));
    expect(new Set(proofs.map((proof) => proof.claims.jti)).size).toBe(13);
    expect(new Set(proofs.map(({ key }) => key)).size).toBe(1);
    expect(new Set(proofs.slice(7).map((proof) => proof.claims.ath))).toEqual(new Set([await hashOf('a1')]));
  });

  it('goes out in order of issue, whatever Web Crypto finishes first', async () => {
    const { get, server, arrive } = openDpop();
    const paths = Array.from({ length: 20 }, (_, index) => `/${index}`);
    paths.map(get);
    await arrive(20);
    expect(server.seen).toEqual(paths.map((path) => `GET ${path} DPoP a0`));
  });

  it('is what it was when it was issued, whatever the caller does to the body', async () => {
    const { http, server, arrive } = openDpop();
    const order = { item: 'tea' };
    http.post(`${API}/orders`, order).subscribe();
    order.item = 'coffee';
    await arrive(1);
    expect(server.call.bodyText).toBe('{"item":"tea"}');
  });

  it('is not sent if it is cancelled while its proof is made', async () => {
    const { http, server, rest } = openDpop();
    http.get(`${API}/orders`).subscribe().unsubscribe();
    await rest();
    expect(server.seen).toEqual([]);
  });

  for (const [what, change] of [
    ['signs out', (page: ReturnType<typeof openDpop>) => void page.session.signOut()],
    ['signs in', (page: ReturnType<typeof openDpop>) => page.session.signIn({ access_token: 'b0' })],
  ] as const) {
    it(`is not sent if the user ${what} while its proof is made`, async () => {
      const page = openDpop();
      const caller = page.get('/orders');
      change(page);
      await page.until(() => caller.failures.length > 0);
      expect([caller.got, page.server.seen]).toEqual([{ status: 401, code: 'session-ended' }, []]);
    });

    it(`gets its own 401 if the user ${what} while the proof of its replay is made`, async () => {
      const page = openDpop();
      const caller = page.get('/orders');
      await page.arrive(1);
      const rejection = page.server.call.reject();
      await page.arrive(1);
      page.server.refresh.succeed(page.server.issueTokens());
      change(page);
      await page.until(() => caller.failures.length > 0);
      expect(caller.failure).toBe(rejection);
      expect(page.server.calls.length).toBe(1);
    });
  }

  it('goes with the new token if it was refreshed while its proof was made', async () => {
    const { get, session, server, arrive, until } = openDpop();
    const refreshed = session.refresh();
    await arrive(1);
    get('/orders');
    server.refresh.succeed(server.issueTokens());
    await refreshed;
    await until(() => server.calls.length > 0);
    expect(server.call.token).toBe('DPoP a1');
    expect((await readProof(server.call)).claims.ath).toBe(await hashOf('a1'));
  });

  it('has a proof also if a listener of signed-in sends it', async () => {
    const { session, get, server, arrive } = openDpop({ signedIn: false });
    session.events.subscribe(() => get('/orders'));
    session.signIn(server.issueTokens());
    await arrive(1);
    expect(server.seen).toEqual(['GET /orders DPoP a0']);
  });

  it('waits for the session with requireAuth', async () => {
    const { http, server, arrive } = openDpop();
    http.get(`${API}/orders`, { context: requireAuth(new HttpContext()) }).subscribe();
    await arrive(1);
    expect(server.call.token).toBe('DPoP a0');
  });
});

describe('what a strategy sends with DPoP', () => {
  it('proves the old token of exchangeToken, too', async () => {
    const { session, server, arrive } = openDpop({ refresh: exchangeToken(TOKEN_ENDPOINT) });
    void session.refresh().catch(() => undefined);
    await arrive(1);
    expect(server.refresh.request.headers.get('Authorization')).toBe('DPoP a0');
    expect((await readProof(server.refresh)).claims.ath).toBe(await hashOf('a0'));
  });

  it('is not sent if the user signs out while its proof is made', async () => {
    const { session, server, rest } = openDpop();
    const refreshed = session.refresh().catch(() => 'ended');
    void session.signOut();
    await rest();
    expect([await refreshed, server.seen]).toEqual(['ended', []]);
  });

  it('is not sent after a sign-out, also by a strategy that goes by promises', async () => {
    const { session, server, rest } = openDpop({
      refresh: (_, { http }) =>
        new Promise((resolve, reject) => {
          http.post(TOKEN_ENDPOINT, null).subscribe({ next: resolve as () => void, error: reject });
        }),
    });
    void session.refresh().catch(() => undefined);
    void session.signOut();
    await rest();
    expect(server.seen).toEqual([]);
  });

  it('has no proof in a sign-out', async () => {
    const { session, server, rest } = openDpop({
      refresh: refreshTokenGrant({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'shop' }),
      onSignOut: revokeToken({ revocationEndpoint: `${API}/revoke`, clientId: 'shop' }),
    });
    void session.signOut();
    await rest();
    expect(server.seen).toEqual(['POST /revoke without token']);
    expect(server.call.request.headers.has('DPoP')).toBe(false);
  });
});

describe('where the key is not', () => {
  it('on a server, a request is sent as nobody, and the session stays', async () => {
    const { get, session, server, arrive, rest } = openDpop({
      providers: [{ provide: PLATFORM_ID, useValue: 'server' }],
    });
    get('/orders');
    await arrive(1);
    await rest();
    expect([server.seen, session.signedIn()]).toEqual([['GET /orders without token'], true]);
    expect(server.call.request.headers.has('DPoP')).toBe(false);
  });

  it('in the tests of an application, tokens are bearer tokens', () => {
    const { get, server } = openDpop({
      signedIn: false,
      providers: [provideAuthTesting({ tokens: { accessToken: 'a0' } })],
    });
    get('/orders');
    expect(server.seen).toEqual(['GET /orders a0']);
  });
});

describe('without DPoP', () => {
  it('a request is sent in the same turn, with no other header', () => {
    const { get, server } = setup();
    get('/orders');
    expect(server.seen).toEqual(['GET /orders a0']);
    expect(server.call.request.headers.keys()).toEqual(['Authorization']);
  });
});
