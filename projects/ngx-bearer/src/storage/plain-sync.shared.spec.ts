import { type AuthEvent, refreshCookie, type TokenStorage } from '../public-api';
import { FakeServer, TOKEN_ENDPOINT } from '../spec/fake-server';
import { SharedStore } from '../spec/fake-store';
import { tokenIn } from '../spec/records';
import { setup, type SetupOptions } from '../spec/setup';

const OTHER_USER = { accessToken: 'b0', refreshToken: 's0', expiresIn: 3600 };
const SIGNED_OUT: AuthEvent = { type: 'signed-out', reason: 'other-tab', origin: 'other-tab' };

describe('another tab that signs out', () => {
  it('signs this one out, told once', () => {
    const { here, there } = twoTabs();
    there.session.signOut();
    expect([here.session.signedIn(), here.events]).toEqual([false, [SIGNED_OUT]]);
    here.get('/orders');
    expect(here.server.call.token).toBeNull();
  });

  it('calls a refresh off, gives the rejected caller its own 401 and ends the held one', () => {
    const { here, there } = twoTabs();
    const rejected = here.get('/rejected');
    const rejection = here.server.call.reject();
    const held = here.get('/held');
    there.session.signOut();
    expect(rejected.failure).toBe(rejection);
    expect(held.got).toEqual({ status: 401, code: 'session-ended' });
    expect(here.server.refresh.isCancelled).toBe(true);
  });

  it('is followed where the record is removed by whomever', () => {
    const { here, there, store } = twoTabs();
    there.leave();
    store.ofAnotherTab().keep(null);
    expect([here.session.signedIn(), here.events]).toEqual([false, [SIGNED_OUT]]);
  });

  it('does not bring back a session that has ended here, by what it had kept of it', () => {
    const { here, store } = twoTabs();
    const { record } = store;
    here.session.signOut();
    store.ofAnotherTab().keep(record);
    here.get('/orders');
    expect([here.session.signedIn(), here.server.call.token, store.record]).toEqual([false, null, null]);
  });

  it('changes nothing where nobody is signed in', () => {
    const storage = new SharedStore();
    const { server, get, events } = setup({
      signedIn: false,
      storage,
      refresh: refreshCookie(TOKEN_ENDPOINT),
    });
    get('/orders');
    storage.ofAnotherTab().keep(null);
    server.call.reject();
    server.refresh.succeed({ access_token: 'c1' });
    expect(server.call.token).toBe('c1');
    expect(events.map(({ type }) => type)).toEqual(['signed-in']);
  });

  it('is not taken from a store whose own write has failed', () => {
    const { here, store } = twoTabs();
    store.writing = 'throwing';
    here.session.signIn(OTHER_USER);
    store.ofAnotherTab().keep(null);
    here.get('/orders');
    expect([here.session.signedIn(), here.server.call.token]).toEqual([true, 'b0']);
  });

  it('is not taken from a store whose own write is pending', async () => {
    const { here, store } = twoTabs();
    store.writing = 'on demand';
    here.session.signIn(OTHER_USER);
    store.ofAnotherTab().keep(null);
    expect(here.session.signedIn()).toBe(true);
    await store.proceed();
    expect(reload(store).session.signedIn()).toBe(true);
  });

  it('is not taken from a store that cannot be read', async () => {
    const { here, there, store } = twoTabs();
    for (const reading of ['throwing', 'rejecting', 'never'] as const) {
      store.reading = reading;
      there.session.signOut();
      await here.clock.settle();
      here.clock.advance(2_000);
      expect([here.session.signedIn(), here.events]).toEqual([true, []]);
    }
  });
});

describe('another tab that refreshes', () => {
  it('hands its tokens on', async () => {
    const { here, there } = twoTabs();
    await refreshIn(there);
    expect(here.events).toEqual([{ type: 'refreshed', origin: 'other-tab' }]);
    here.get('/orders');
    here.server.call.reject();
    expect(here.server.seen).toEqual(['refresh r0', 'GET /orders a1', 'refresh r1']);
  });

  it('spares this one a refresh for a token that was rejected meanwhile', async () => {
    const { here, there } = twoTabs();
    const caller = here.get('/orders');
    const sending = here.server.call;
    await refreshIn(there);
    sending.reject();
    expect(here.server.seen).toEqual(['GET /orders a0', 'refresh r0', 'GET /orders a1']);
    here.server.call.succeed('done');
    expect(caller.got).toBe('done');
  });

  it('writes nothing from here', async () => {
    const { there, store } = twoTabs();
    const before = store.writes.length;
    await refreshIn(there);
    expect(store.writes.length).toBe(before);
  });

  it('is found out when this one is refused, and its tokens replay the callers', async () => {
    const { here, there, store } = twoTabs();
    store.isQuiet = true;
    await refreshIn(there);
    const caller = here.get('/orders');
    here.server.call.reject();
    const held = here.get('/held');
    here.server.refresh.fail(400, { body: { error: 'invalid_grant' } });
    expect(here.server.calls.map(String)).toEqual(['GET /orders a0', 'GET /orders a1', 'GET /held a1']);
    for (const sending of here.server.open) sending.succeed('done');
    expect([caller.got, held.got]).toEqual(['done', 'done']);
    expect([here.session.signedIn(), here.events]).toEqual([
      true,
      [{ type: 'refreshed', origin: 'other-tab' }],
    ]);
  });

  for (const reading of ['soon', 'throwing', 'rejecting', 'never'] as const) {
    it(`ends nothing for good where a refusal meets a store that is read ${reading}`, async () => {
      const { here, there, store } = twoTabs();
      store.isQuiet = true;
      if (reading === 'soon') await refreshIn(there);
      const caller = here.get('/orders');
      here.server.call.reject();
      store.reading = reading;
      here.server.refresh.fail(401);
      await here.clock.settle();
      here.clock.advance(2_000);
      if (reading === 'soon') here.server.call.succeed('done');
      expect(caller.settlements).toBe(1);
      expect(here.session.signedIn()).toBe(reading === 'soon');
    });
  }

  it('is found after a refusal also if the storage reports no changes', async () => {
    const { here, there } = twoTabs({}, withoutEvents);
    await refreshIn(there);
    here.get('/orders');
    expect(here.server.call.token).toBe('a0');
    here.server.call.reject();
    here.server.refresh.fail(401);
    expect(here.events).toEqual([{ type: 'refreshed', origin: 'other-tab' }]);
    expect(here.server.call.token).toBe('a1');
  });

  it('with the same refresh token is gone on with after a refusal: its tokens are stored last', async () => {
    const { here, there, store } = twoTabs({}, withoutEvents);
    const both = [here, there].map(({ session }) => session.refresh());
    here.server.refreshes.forEach((refresh, index) => {
      refresh.succeed({ access_token: `b${index}`, refresh_token: `s${index}` });
    });
    await Promise.all(both);
    here.get('/orders');
    expect([here.server.call.token, tokenIn(store.record)]).toEqual(['b0', 'b1']);
    here.server.call.reject();
    here.server.refresh.fail(401);
    expect(here.server.call.token).toBe('b1');
  });

  it('is not looked for where this one is not refused, and the callers are told', async () => {
    const { here, there, store } = twoTabs();
    store.isQuiet = true;
    await refreshIn(there);
    const caller = here.get('/orders');
    here.server.call.reject();
    here.server.refresh.fail(503);
    expect(caller.got).toEqual({ status: 503, code: 'refresh-unavailable' });
  });

  it('with what is no newer changes nothing', () => {
    const { here, store } = twoTabs();
    const record = store.record;
    here.get('/orders');
    here.server.call.reject();
    store.ofAnotherTab().keep(record);
    expect([here.events, here.session.refreshing()]).toEqual([[], true]);
  });
});

describe('another tab that signs in', () => {
  it('signs this one in', () => {
    const store = new SharedStore();
    const here = reload(store);
    setup({ storage: store.ofAnotherTab() });
    expect(here.events).toEqual([{ type: 'signed-in', origin: 'other-tab' }]);
    here.get('/orders');
    expect(here.server.call.token).toBe('a0');
  });

  it('as somebody else ends what waits here, and nothing is replayed as the other', () => {
    const { here, there } = twoTabs();
    const rejected = here.get('/rejected');
    const rejection = here.server.call.reject();
    const held = here.get('/held');
    there.session.signIn(OTHER_USER);
    expect(rejected.failure).toBe(rejection);
    expect(held.got).toEqual({ status: 401, code: 'session-ended' });
    expect(here.events).toEqual([{ type: 'signed-in', origin: 'other-tab' }]);
    here.get('/next');
    expect(here.server.seen.at(-1)).toBe('GET /next b0');
  });

  it('counts, however often the session here has been refreshed without the other knowing', async () => {
    const { here, there, store } = twoTabs();
    store.isQuiet = true;
    await refreshIn(here);
    store.isQuiet = false;
    there.session.signIn(OTHER_USER);
    here.get('/next');
    expect(here.server.seen.at(-1)).toBe('GET /next b0');
    expect(here.events.at(-1)).toEqual({ type: 'signed-in', origin: 'other-tab' });
  });

  it('is not gone back to from a later one here, however often it was refreshed', async () => {
    const { here, there, store } = twoTabs();
    await refreshIn(there);
    const { record } = store;
    here.session.signIn(OTHER_USER);
    store.ofAnotherTab().keep(record);
    here.get('/orders');
    expect(here.server.call.token).toBe('b0');
  });

  it('is stored again if another tab stores an earlier session late', () => {
    const { here, there, store } = twoTabs();
    const { record } = store;
    here.session.signIn(OTHER_USER);
    expect([tokenIn(store.record), there.session.signedIn()]).toEqual(['b0', true]);
    store.ofAnotherTab().keep(record);
    expect(tokenIn(store.record)).toBe('b0');
  });

  it('at the same moment as this one leaves one session in both: the one that is stored last', () => {
    const { here, there, store } = twoTabs();
    store.isQuiet = true;
    here.session.signIn(OTHER_USER);
    there.session.signIn({ accessToken: 'c0' });
    store.isQuiet = false;
    store.ofAnotherTab().keep(store.record);
    for (const { get } of [here, there]) get('/orders');
    expect(here.server.calls.map(({ token }) => token)).toEqual(['c0', 'c0']);
  });

  it('is one session between two of this tab, and nothing of the first is replayed in the last', () => {
    const { here, there } = twoTabs();
    const caller = here.get('/orders');
    const sending = here.server.call;
    there.session.signIn(OTHER_USER);
    here.session.signIn({ accessToken: 'c0' });
    const rejection = sending.reject();
    expect(caller.failure).toBe(rejection);
    expect(here.server.sendings.length).toBe(1);
  });

  it('replays nothing that was sent signed out', () => {
    const store = new SharedStore();
    const here = reload(store);
    const caller = here.get('/orders');
    setup({ storage: store.ofAnotherTab() });
    const rejection = here.server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect(here.server.sendings.length).toBe(1);
  });
});

describe('subscribe', () => {
  it('is stopped with the injector', () => {
    const { here, store } = twoTabs();
    const before = store.listeners;
    here.leave();
    expect([before, store.listeners]).toEqual([2, 1]);
  });

  it('breaks no request where it throws', () => {
    const store = Object.assign(new SharedStore(), {
      subscribe: () => {
        throw new Error('the store is broken');
      },
    });
    const { server, get } = setup({ storage: store });
    get('/orders');
    expect(server.seen).toEqual(['GET /orders a0']);
  });

  it('breaks nothing where it answers nonsense', () => {
    const store = Object.assign(new SharedStore(), { subscribe: () => 'nonsense' as never });
    const { server, get, leave } = setup({ storage: store });
    get('/orders');
    expect(server.seen).toEqual(['GET /orders a0']);
    expect(leave).not.toThrow();
  });

  it('may call back while nothing has changed', () => {
    const { here, store } = twoTabs();
    const other = store.ofAnotherTab();
    for (let call = 0; call < 3; call++) other.keep(store.record);
    expect([here.session.signedIn(), here.events]).toEqual([true, []]);
  });
});

/** A storage that reports no changes. */
function withoutEvents(store: SharedStore): TokenStorage {
  return { read: () => store.read(), write: (record) => store.write(record) };
}

/** Two tabs that share one session, `a0` and `r0`, and one server. */
function twoTabs(options: SetupOptions = {}, storageOf = (store: SharedStore): TokenStorage => store) {
  const server = new FakeServer();
  const store = new SharedStore();
  const here = setup({ ...options, storage: storageOf(store), server });
  const there = reload(store.ofAnotherTab(), server, options);
  expect(there.session.signedIn()).toBe(true);
  return { here, there, store };
}

/** A page load with nobody signed in by the set-up. */
function reload(storage: SharedStore, server = new FakeServer(), options: SetupOptions = {}) {
  return setup({ ...options, signedIn: false, storage, server });
}

async function refreshIn({ session, server }: ReturnType<typeof setup>): Promise<void> {
  const forced = session.refresh();
  server.answer(server.refresh);
  await forced;
}
