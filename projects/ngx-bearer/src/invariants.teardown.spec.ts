import { NEVER } from 'rxjs';
import { AuthError, refreshCookie, localTokenStorage } from './public-api';
import { Caller } from './spec/caller';
import { FakeOrigin } from './spec/fake-origin';
import { API, FakeServer, TOKEN_ENDPOINT } from './spec/fake-server';
import { FakeStore, SharedStore } from './spec/fake-store';
import { afterwards, authErrorOf, type Page, setup, type SetupOptions } from './spec/setup';

const OTHER_USER = { accessToken: 'b0', refreshToken: 's0', expiresIn: 3600 };

/** What may be under way when the app ends. */
const moments: Record<string, () => Page> = {
  nothing: () => setup(),
  'nobody signed in': () => setup({ signedIn: false }),
  'a call': () => {
    const page = setup();
    page.get('/orders');
    return page;
  },
  'a refresh, with requests held': () => rejectedAndHeld(),
  'a background refresh': () => {
    const page = setup({ server: new FakeServer({ lifeSeconds: 100 }) });
    page.clock.advance(95_000);
    page.get('/orders');
    return page;
  },
  'a refresh that never ends': () => rejectedAndHeld({ refresh: () => NEVER }),
  'a restore': () => {
    const page = setup({ signedIn: false, refresh: refreshCookie(TOKEN_ENDPOINT) });
    page.get('/orders');
    page.server.call.reject();
    return page;
  },
  'a cool-down': () => {
    const page = rejectedAndHeld();
    page.server.refresh.fail(503);
    return page;
  },
  'the first read of an asynchronous store': () => setup({ signedIn: false, storage: storeThat('reading') }),
  'a write to an asynchronous store': () => setup({ storage: storeThat('writing') }),
  'web storage': () => setup({ storage: localTokenStorage() }),
  'a transaction': () => {
    const origin = new FakeOrigin();
    origin.database.manner = 'never answers';
    return setup({ storage: localTokenStorage(), providers: [origin.openTab().provider] });
  },
};

describe('I25: after the injector is destroyed during', () => {
  for (const [name, begin] of Object.entries(moments)) {
    it(`${name}, nothing is sent, no timer is left and no refresh is under way`, async () => {
      const { session, server, clock, leave } = begin();
      leave();
      const before = server.sendings.length;
      expect([clock.pendingTimers, session.refreshing()]).toEqual([0, false]);
      clock.advance(60_000);
      await clock.settle();
      expect(server.sendings.length).toBe(before);
    });

    it(`${name}, signing in or out does nothing, and promises end`, async () => {
      const { session, server, events, clock, leave } = begin();
      leave();
      const state = (): unknown[] => [server.sendings.length, events.length, session.expiresAt()];
      const before = state();
      session.signIn(OTHER_USER);
      expect(state()).toEqual(before);
      session.signOut();
      expect(await session.accessToken()).toBeNull();
      const error = await authErrorOf(session.refresh());
      expect(['session-ended', 'not-signed-in']).toContain(error.code);
      expect(state()).toEqual(before);
      expect(clock.pendingTimers).toBe(0);
    });
  }

  it('a refresh, the rejected and the held settle, the refresh is called off, and nothing is replayed', () => {
    const { server, rejection, callers, leave } = rejectedAndHeld();
    leave();
    expect(server.refresh.isCancelled).toBe(true);
    expect(callers[0]?.failure).toBe(rejection);
    expect(callers[1]?.got).toEqual({ status: 401, code: 'session-ended' });
    expect(server.seen).toEqual(['GET /rejected a0', 'refresh r0']);
  });

  it('a call, its 401 reaches the caller as it is', () => {
    const { server, get, leave } = setup();
    const caller = get('/orders');
    leave();
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect(server.sendings.length).toBe(1);
  });

  it('a forced refresh and a wait for a token, both promises end', async () => {
    const { session, clock, leave } = setup({ server: new FakeServer({ lifeSeconds: 100 }) });
    clock.advance(100_000);
    const asked = session.accessToken();
    const forced = authErrorOf(session.refresh());
    leave();
    expect(await asked).toBeNull();
    expect((await forced).code).toBe('session-ended');
  });

  it('the first read of a store, who waits for it settles, and its late answer changes nothing', async () => {
    const storage = storeThat('reading');
    const { session, server, get, events, clock, leave } = setup({ signedIn: false, storage });
    const held = get('/held');
    const asked = session.accessToken();
    const forced = authErrorOf(session.refresh());
    leave();
    expect(held.settlements).toBe(1);
    expect(await asked).toBeNull();
    expect((await forced) instanceof AuthError).toBe(true);
    await storage.proceed();
    await clock.settle();
    expect([server.sendings.length, events.length, session.signedIn()]).toEqual([0, 0, false]);
  });

  it('a write to a store, nothing more is written', async () => {
    const storage = storeThat('writing');
    const { session, clock, leave } = setup({ storage });
    session.signIn(OTHER_USER);
    leave();
    session.signOut();
    await storage.proceed();
    await clock.settle();
    expect(storage.writes.length).toBe(1);
  });

  it('a promise of the strategy, its late answer is thrown away', async () => {
    const storage = new FakeStore();
    const answers: ((tokens: typeof OTHER_USER) => void)[] = [];
    const { clock, events, leave } = rejectedAndHeld({
      storage,
      refresh: () => new Promise((answer) => answers.push(answer)),
    });
    const { record } = storage;
    leave();
    answers[0]?.(OTHER_USER);
    await clock.settle();
    expect([storage.record, events]).toEqual([record, []]);
  });

  it('anything, no listener is left', () => {
    const listening = watchListeners();
    const { leave } = setup({ storage: localTokenStorage() });
    expect([...new Set(listening)].sort()).toEqual([
      'ngx-bearer.changed',
      'online',
      'pageshow',
      'storage',
      'visibilitychange',
    ]);
    leave();
    expect(listening).toEqual([]);
  });

  it('anything, a store that calls back is not heard', () => {
    const callbacks: (() => void)[] = [];
    const storage = Object.assign(new SharedStore(), {
      subscribe: (changed: () => void) => {
        callbacks.push(changed);
        return () => undefined;
      },
    });
    const { session, events, clock, leave } = setup({ storage });
    leave();
    storage.record = null;
    for (const changed of callbacks) changed();
    dispatchEvent(new Event('online'));
    expect([callbacks.length, events, clock.pendingTimers]).toEqual([1, [], 0]);
    expect(session.refreshing()).toBe(false);
  });

  it('anything, the session in the store is kept for the next page load', () => {
    const storage = new FakeStore();
    setup({ storage }).leave();
    expect(setup({ storage, signedIn: false }).session.signedIn()).toBe(true);
  });

  it('anything, a listener that sends a request at the end of the events breaks nothing', () => {
    const { http, session, server, callers, leave } = rejectedAndHeld();
    const late: Caller<unknown>[] = [];
    session.events.subscribe({ complete: () => late.push(new Caller(http.get(`${API}/late`))) });
    expect(leave).not.toThrow();
    expect(callers.map(({ settlements }) => settlements)).toEqual([1, 1]);
    expect(server.open.length).toBe(0);
  });
});

/** One request rejected, so that a refresh runs, and one held behind it. */
function rejectedAndHeld(options: SetupOptions = {}) {
  const page = setup(options);
  const callers = [page.get('/rejected')];
  const rejection = page.server.call.reject();
  callers.push(page.get('/held'));
  return { ...page, callers, rejection };
}

/** A store that answers when it is told to. */
function storeThat(operation: 'reading' | 'writing'): FakeStore {
  return Object.assign(new FakeStore(), { [operation]: 'on demand' });
}

/** The types of the events that the window is listened to for. */
function watchListeners(): string[] {
  const listening: string[] = [];
  const add = window.addEventListener.bind(window);
  const remove = window.removeEventListener.bind(window);
  Object.assign(window, {
    addEventListener: (...subscribed: Parameters<typeof add>) => {
      listening.push(subscribed[0]);
      add(...subscribed);
    },
    removeEventListener: (...subscribed: Parameters<typeof remove>) => {
      const index = listening.indexOf(subscribed[0]);
      if (index >= 0) listening.splice(index, 1);
      remove(...subscribed);
    },
  });
  afterwards(() => {
    Object.assign(window, { addEventListener: add, removeEventListener: remove });
  });
  return listening;
}
