import { of, throwError } from 'rxjs';
import { type AuthTokens, type RefreshStrategy, refreshCookie } from './public-api';
import { TOKEN_ENDPOINT } from './spec/fake-server';
import { FakeStore } from './spec/fake-store';
import { authErrorOf, setup, type SetupOptions } from './spec/setup';

const RESTORED = { access_token: 'c1', expires_in: 3600 };

describe('a page load with a cookie that knows the session', () => {
  it('sends nothing before somebody needs it', () => {
    const { server, session } = reload();
    expect([server.sendings.length, session.signedIn()]).toEqual([0, false]);
  });

  it('restores it at the first rejection, and the request is replayed', () => {
    const { server, session, get, events } = reload();
    const caller = get('/orders');
    server.call.reject();
    expect(session.refreshing()).toBe(true);
    server.refresh.succeed(RESTORED);
    server.call.succeed('done');
    expect(caller.got).toBe('done');
    expect(server.seen).toEqual(['GET /orders without token', 'refresh without token', 'GET /orders c1']);
    expect([session.signedIn(), events]).toEqual([true, [{ type: 'signed-in', origin: 'this-tab' }]]);
  });

  it('restores it once for six rejections, and replays them in order of issue', () => {
    const { server, get } = reload();
    for (const path of ['/a', '/b', '/c', '/d', '/e', '/f']) get(path);
    for (const sending of [...server.calls].reverse()) sending.reject();
    expect(server.refreshes.length).toBe(1);
    server.refresh.succeed(RESTORED);
    expect(server.seen.slice(7).join()).toBe('GET /a c1,GET /b c1,GET /c c1,GET /d c1,GET /e c1,GET /f c1');
  });

  it('restores it for accessToken()', async () => {
    const { server, session, events } = reload();
    const asked = [session.accessToken(), session.accessToken()];
    server.refresh.succeed(RESTORED);
    expect(await Promise.all(asked)).toEqual(['c1', 'c1']);
    expect(server.refreshes.length).toBe(1);
    expect(events.map(({ type }) => type)).toEqual(['signed-in']);
  });

  it('asks the strategy with null', () => {
    const asked: unknown[] = [];
    const strategy: RefreshStrategy = (tokens) => {
      asked.push(tokens);
      return of({ accessToken: 'c1' });
    };
    const { server, get } = reload({ refresh: Object.assign(strategy, { restores: true }) });
    get('/orders');
    server.call.reject();
    expect([asked, server.call.token]).toEqual([[null], 'c1']);
  });

  it('does not hold the requests that start meanwhile', () => {
    const { server, get } = reload();
    get('/a');
    server.call.reject();
    get('/b');
    expect(server.call.toString()).toBe('GET /b without token');
  });

  it('is not asked by refresh()', async () => {
    const { server, session } = reload();
    expect((await authErrorOf(session.refresh())).code).toBe('not-signed-in');
    expect(server.sendings.length).toBe(0);
  });

  it('is not asked for a failure that is no rejection', () => {
    const { server, get } = reload();
    for (const status of [0, 403, 500]) {
      get('/orders');
      server.call.fail(status);
    }
    expect(server.refreshes.length).toBe(0);
  });

  it('refreshes the restored session as any other', () => {
    const { server, get } = reload();
    get('/a');
    server.call.reject();
    server.refresh.succeed(RESTORED);
    get('/b');
    server.call.reject();
    server.refresh.succeed({ access_token: 'c2' });
    expect(server.calls.slice(-2).map(String)).toEqual(['GET /b c1', 'GET /b c2']);
  });

  it('keeps what is restored in the store', () => {
    const storage = new FakeStore();
    const { server, get } = reload({ storage });
    get('/orders');
    server.call.reject();
    server.refresh.succeed(RESTORED);
    const next = reload({ storage });
    next.get('/orders');
    expect(next.server.call.token).toBe('c1');
  });
});

describe('a refused restore', () => {
  for (const status of [400, 401, 403, 404, 422]) {
    it(`by ${status} gives the caller its own 401 and raises nothing`, () => {
      const { server, session, get, events } = reload();
      const caller = get('/orders');
      const rejection = server.call.reject();
      server.refresh.fail(status);
      expect(caller.failure).toBe(rejection);
      expect([events, session.signedIn(), session.refreshing()]).toEqual([[], false, false]);
      expect(server.sendings.length).toBe(2);
    });
  }

  it('is not tried again', async () => {
    const { server, session, get, clock } = reload();
    get('/orders');
    server.call.reject();
    server.refresh.fail(401);
    clock.advance(1e9);
    const caller = get('/later');
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect(await session.accessToken()).toBeNull();
    expect(server.refreshes.length).toBe(1);
  });

  it('leaves the store alone, where another tab may have signed in meanwhile', () => {
    const storage = new FakeStore();
    const { server, get } = reload({ storage });
    get('/orders');
    server.call.reject();
    server.refresh.fail(401);
    expect(storage.writes).toEqual([]);
  });

  it('is null for accessToken()', async () => {
    const { server, session, events } = reload();
    const asked = session.accessToken();
    server.refresh.fail(401);
    expect([await asked, events]).toEqual([null, []]);
  });

  it('leaves the app able to sign in', () => {
    const { server, session, get } = reload();
    get('/orders');
    server.call.reject();
    server.refresh.fail(401);
    session.signIn({ accessToken: 'd0' });
    get('/next');
    server.call.reject();
    expect(server.seen.slice(-2)).toEqual(['GET /next d0', 'refresh without token']);
  });
});

describe('a restore that the server has no time for', () => {
  for (const status of [408, 429, 500]) {
    it(`by ${status} is tried again after its cool-down`, () => {
      const { server, get, clock } = reload();
      const caller = get('/orders');
      server.call.reject();
      server.refresh.fail(status);
      expect(caller.got).toEqual({ status, code: 'refresh-unavailable' });
      clock.advance(1200);
      get('/later');
      server.call.reject();
      expect(server.refreshes.length).toBe(2);
    });
  }
});

describe('a restore that gets no answer', () => {
  it('tells the caller, and is tried again after its cool-down', () => {
    const { server, get, clock, events } = reload();
    const first = get('/first');
    server.call.reject();
    const cause = server.refresh.fail(503);
    expect(first.got).toEqual({ status: 503, code: 'refresh-unavailable' });
    expect(first.authError.cause).toBe(cause);
    expect(events.map(({ type }) => type)).toEqual(['refresh-unavailable']);

    const second = get('/second');
    server.call.reject();
    expect(second.got).toEqual({ status: 503, code: 'refresh-unavailable' });
    expect(server.refreshes.length).toBe(1);

    clock.advance(1200);
    get('/third');
    server.call.reject();
    server.refresh.succeed(RESTORED);
    expect(server.call.toString()).toBe('GET /third c1');
  });

  it('is refused with refresh-unavailable for accessToken()', async () => {
    const { session, server } = reload();
    const asked = authErrorOf(session.accessToken());
    server.refresh.fail(0);
    expect((await asked).code).toBe('refresh-unavailable');
  });

  it('times out', () => {
    const { server, get, clock } = reload({ refreshTimeout: 500 });
    const caller = get('/orders');
    server.call.reject();
    clock.advance(500);
    expect(caller.got).toEqual({ status: 0, code: 'refresh-unavailable' });
    expect(server.refresh.isCancelled).toBe(true);
  });
});

describe('a sign-in or sign-out while a restore runs', () => {
  it('by sign-out throws the late answer away, and the caller has its own 401', () => {
    const { server, session, get, events } = reload();
    const caller = get('/orders');
    const rejection = server.call.reject();
    session.signOut();
    expect(caller.failure).toBe(rejection);
    expect([server.refresh.isCancelled, session.signedIn(), events]).toEqual([true, false, []]);
  });

  it('by sign-in is not written over, and nothing is replayed as somebody else', () => {
    const { server, session, get } = reload();
    const caller = get('/orders');
    const rejection = server.call.reject();
    session.signIn({ accessToken: 'd0' });
    expect(caller.failure).toBe(rejection);
    get('/next');
    expect(server.seen).toEqual(['GET /orders without token', 'refresh without token', 'GET /next d0']);
  });
});

describe('after a sign-out of this page load', () => {
  it('nothing is restored', async () => {
    const { server, session, get } = reload();
    session.signIn({ accessToken: 'd0' });
    session.signOut();
    const caller = get('/orders');
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect(await session.accessToken()).toBeNull();
    expect(server.refreshes.length).toBe(0);
  });

  it('nothing is restored though nobody was signed in then', async () => {
    const { server, session } = reload();
    session.signOut();
    expect(await session.accessToken()).toBeNull();
    expect(server.refreshes.length).toBe(0);
  });
});

describe('a strategy that does not say that it restores', () => {
  it('is never run with nobody signed in', async () => {
    const asked: (AuthTokens | null)[] = [];
    const { server, session, get } = reload({
      refresh: (tokens) => {
        asked.push(tokens);
        return throwError(() => new Error('not to be asked'));
      },
    });
    get('/orders');
    server.call.reject();
    expect(await session.accessToken()).toBeNull();
    expect(asked).toEqual([]);
  });
});

/** Nobody has signed in on this page. */
function reload(options: SetupOptions = {}) {
  return setup({ signedIn: false, refresh: refreshCookie(TOKEN_ENDPOINT), ...options });
}
