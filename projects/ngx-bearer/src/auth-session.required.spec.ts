import { exchangeToken, refreshCookie, requireAuth } from './public-api';
import { Caller } from './spec/caller';
import { API, FakeServer, TOKEN_ENDPOINT } from './spec/fake-server';
import { FakeStore } from './spec/fake-store';
import { setup, type SetupOptions } from './spec/setup';

describe("a 'required' request, with nobody signed in that this page knows of,", () => {
  it('waits for the restore, and is sent once, with its token', () => {
    const { server, orders, events } = reload();
    const caller = orders();
    expect(server.seen).toEqual(['refresh without token']);
    server.refresh.succeed(server.issueTokens());
    server.answerAll();
    expect(server.seen).toEqual(['refresh without token', 'GET /orders a0']);
    expect([caller.got, events.map(({ type }) => type)]).toEqual(['GET /orders a0', ['signed-in']]);
  });

  it('shares one restore with others, and with accessToken()', async () => {
    const { server, orders, session } = reload();
    orders();
    const token = session.accessToken();
    orders();
    server.refresh.succeed(server.issueTokens());
    expect([await token, server.refreshes.length]).toEqual(['a0', 1]);
    expect(server.calls.map(String)).toEqual(['GET /orders a0', 'GET /orders a0']);
  });

  it('goes with the token of a strategy that answers within the call', () => {
    const refresh = Object.assign(() => [{ accessToken: 'c0' }], { restores: true });
    const { server, orders } = reload({ refresh });
    orders();
    expect(server.seen).toEqual(['GET /orders c0']);
  });

  for (const status of [400, 401, 404]) {
    it(`fails with not-signed-in, unsent, if the restore is refused with ${status}, and restores no more`, () => {
      const { server, orders, events } = reload();
      const callers = [orders(), orders()];
      server.refresh.fail(status);
      callers.push(orders());
      for (const { got } of callers) expect(got).toEqual({ status: 401, code: 'not-signed-in' });
      expect([server.sendings.length, events]).toEqual([1, []]);
    });
  }

  it('fails with refresh-unavailable, unsent, if the restore gets no answer: nobody knows who is signed in', () => {
    const { server, orders, clock } = reload();
    const caller = orders();
    server.refresh.fail(503);
    expect(caller.got).toEqual({ status: 503, code: 'refresh-unavailable' });
    expect(orders().got).toEqual({ status: 503, code: 'refresh-unavailable' });
    clock.advance(2000);
    const later = orders();
    server.refresh.succeed(server.issueTokens());
    server.answerAll();
    expect(later.got).toBe('GET /orders a0');
  });

  it('fails with session-ended if another user signs in meanwhile: it is not sent as that one', () => {
    const { server, orders, session } = reload();
    const caller = orders();
    session.signIn({ accessToken: 'b0' });
    expect(caller.got).toEqual({ status: 401, code: 'session-ended' });
    expect(server.calls).toEqual([]);
  });

  it('fails with session-ended if the user signs out meanwhile, and then with not-signed-in', () => {
    const { server, orders, session } = reload();
    const caller = orders();
    session.signOut();
    expect(caller.got).toEqual({ status: 401, code: 'session-ended' });
    expect(orders().got).toEqual({ status: 401, code: 'not-signed-in' });
    expect([server.calls, server.refreshes.length]).toEqual([[], 1]);
  });

  it('starts nothing if its caller leaves, but the restore goes on for others', () => {
    const { server, orders, session } = reload();
    orders().cancel();
    server.refresh.succeed(server.issueTokens());
    expect([session.signedIn(), server.calls]).toEqual([true, []]);
  });

  it('waits for a stored session that is being read', async () => {
    const store = new FakeStore();
    setup({ storage: store });
    store.reading = 'on demand';
    const page = setup({ storage: store, signedIn: false });
    const caller = new Caller(page.http.get(`${API}/orders`, { context: requireAuth() }));
    expect(page.server.sendings).toEqual([]);
    await store.proceed();
    expect([caller.got, page.server.seen]).toEqual(['nothing', ['GET /orders a0']]);
  });

  it('fails at once, unsent, with a strategy that restores nothing', () => {
    const { server, orders } = reload({ refresh: exchangeToken(TOKEN_ENDPOINT) });
    expect([orders().got, server.sendings]).toEqual([{ status: 401, code: 'not-signed-in' }, []]);
  });
});

/** A page load with nobody signed in, whose session a cookie may know. */
function reload(options: SetupOptions = {}) {
  const server = new FakeServer();
  const page = setup({ signedIn: false, server, refresh: refreshCookie(TOKEN_ENDPOINT), ...options });
  const orders = (): Caller<unknown> =>
    new Caller(page.http.get(`${API}/orders`, { context: requireAuth() }));
  return { ...page, orders };
}
