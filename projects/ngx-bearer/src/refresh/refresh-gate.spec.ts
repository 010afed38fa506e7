import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import { defer, NEVER, of, Subject } from 'rxjs';
import type { AuthTokens, RefreshStrategy } from '../public-api';
import type { Caller } from '../spec/caller';
import { FakeServer, TOKEN_ENDPOINT } from '../spec/fake-server';
import { makeJwt } from '../spec/jwt';
import { setup } from '../spec/setup';

const NEXT: AuthTokens = { accessToken: 'n1', refreshToken: 'q1', expiresIn: 3600 };

describe('the refresh', () => {
  for (const count of [1, 6, 100]) {
    it(`runs once for ${String(count)} parallel rejections`, () => {
      const { server, get } = setup();
      const callers = range(count).map((index) => get(`/${String(index)}`));
      server.expireAccessToken();
      server.answerAll();
      expect(server.refreshes.length).toBe(1);
      expect(callers.map(({ got }) => got)).toEqual(range(count).map((index) => `GET /${String(index)} a1`));
    });
  }

  it('replays in order of issue, whatever the order of the rejections', () => {
    const { server, get } = setup();
    for (const path of ['/a', '/b', '/c']) get(path);
    for (const sending of [...server.calls].reverse()) sending.reject();
    server.answer(server.refresh);
    expect(server.seen.slice(4)).toEqual(['GET /a a1', 'GET /b a1', 'GET /c a1']);
  });

  it('sends held requests and replays in one order of issue', () => {
    const { server, get } = setup();
    get('/a');
    get('/b');
    const [first, second] = server.calls;
    second?.reject();
    get('/held');
    first?.reject();
    server.answer(server.refresh);
    expect(server.seen.slice(3)).toEqual(['GET /a a1', 'GET /b a1', 'GET /held a1']);
  });

  it('tells of itself: refreshing while it runs, one event when it is done', () => {
    const { server, get, session, events } = setup();
    get('/orders');
    expect(session.refreshing()).toBe(false);
    server.call.reject();
    expect(session.refreshing()).toBe(true);
    server.answer(server.refresh);
    expect(session.refreshing()).toBe(false);
    expect(events).toEqual([{ type: 'refreshed', origin: 'this-tab' }]);
  });

  it('does not hold a request that starts while a forced refresh runs', async () => {
    const { server, get, session } = setup();
    const forced = session.refresh();
    get('/orders');
    expect(server.seen).toEqual(['refresh r0', 'GET /orders a0']);
    server.answerAll();
    await forced;
  });

  it('leaves no timer behind, nor starts one while nothing happens', () => {
    const { server, get, clock } = setup();
    expect(clock.pendingTimers).toBe(0);
    get('/orders');
    server.expireAccessToken();
    server.answerAll();
    expect(clock.pendingTimers).toBe(0);
  });

  it('goes on when a listener of its event sends a request', () => {
    const { server, get, session } = setup();
    const callers: Caller<unknown>[] = [];
    session.events.subscribe(() => callers.push(get('/from-listener')));
    callers.push(get('/orders'));
    server.expireAccessToken();
    server.answerAll();
    expect(callers.map(({ got }) => got)).toEqual(['GET /orders a1', 'GET /from-listener a1']);
    expect(server.refreshes.length).toBe(1);
  });
});

describe('the refresh, when callers leave', () => {
  it('goes on when the one who asked first leaves', () => {
    const { server, get } = setup();
    const [first, second] = [get('/first'), get('/second')];
    for (const sending of server.calls) sending.reject();
    first.cancel();
    server.answerAll();
    expect(second.got).toBe('GET /second a1');
    expect(server.seen.slice(2)).toEqual(['refresh r0', 'GET /second a1']);
  });

  it('goes on when all leave, and its tokens are kept', () => {
    const { server, get } = setup();
    const caller = get('/orders');
    server.call.reject();
    caller.cancel();
    expect(server.refresh.isCancelled).toBe(false);
    server.answerAll();
    get('/next');
    expect(server.seen).toEqual(['GET /orders a0', 'refresh r0', 'GET /next a1']);
    expect(caller.settlements).toBe(0);
  });

  it('forgets a held request whose caller leaves', () => {
    const { server, get } = setup();
    get('/orders');
    server.call.reject();
    get('/held').cancel();
    server.answerAll();
    expect(server.seen).toEqual(['GET /orders a0', 'refresh r0', 'GET /orders a1']);
  });
});

describe('the refresh, by what the strategy gives', () => {
  const kinds: Record<string, RefreshStrategy> = {
    'a synchronous observable': () => of(NEXT),
    'a promise': () => Promise.resolve(NEXT),
    'a deferred promise': () => defer(() => Promise.resolve(NEXT)),
    'an array': () => [NEXT],
    'more than one value': () => of(NEXT, { accessToken: 'not-this-one' }),
  };
  for (const [name, refresh] of Object.entries(kinds)) {
    it(`takes ${name}`, async () => {
      const { server, get, clock, session } = setup({ refresh });
      const caller = get('/orders');
      server.call.reject();
      await clock.settle();
      expect(server.seen).toEqual(['GET /orders a0', 'GET /orders n1']);
      server.call.succeed('done');
      expect(caller.got).toBe('done');
      expect([session.refreshing(), clock.pendingTimers]).toEqual([false, 0]);
    });
  }

  it('unsubscribes after the first value', () => {
    const answers = new Subject<AuthTokens>();
    const { server, get } = setup({ refresh: () => answers });
    get('/orders');
    server.call.reject();
    expect(answers.observed).toBe(true);
    answers.next(NEXT);
    expect(answers.observed).toBe(false);
  });

  it('hands the strategy a copy of the tokens', () => {
    const given: unknown[] = [];
    const { server, get } = setup({
      refresh: (tokens) => {
        given.push({ ...tokens });
        Object.assign(tokens ?? {}, { accessToken: 'forged' });
        return NEVER;
      },
      whileRefreshing: 'send',
    });
    get('/orders');
    server.call.reject();
    get('/next');
    expect(given).toEqual([{ accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 }]);
    expect(server.call.token).toBe('a0');
  });

  it('runs the strategy in an injection context, with a client that passes no interceptor', () => {
    const clients: HttpClient[] = [];
    const { server, get, http } = setup({
      refresh: (_tokens, context) => {
        clients.push(inject(HttpClient));
        return context.http.post<AuthTokens>(TOKEN_ENDPOINT, null);
      },
    });
    get('/orders');
    server.call.reject();
    expect(clients).toEqual([http]);
    expect(server.refresh.token).toBeNull();
    server.refresh.succeed(NEXT);
    expect(server.call.token).toBe('n1');
  });

  it('keeps the old refresh token where the answer has none', () => {
    const { server, get } = setup();
    get('/orders');
    server.call.reject();
    server.refresh.succeed({ access_token: 'x1' });
    server.answerAll();
    get('/next');
    server.call.reject();
    expect(server.seen.slice(-2)).toEqual(['GET /next x1', 'refresh r0']);
  });

  it('replaces both tokens at once', async () => {
    const { server, get, session } = setup();
    const forced = session.refresh();
    server.answerAll();
    await forced;
    get('/next');
    server.call.reject();
    expect(server.seen).toEqual(['refresh r0', 'GET /next a1', 'refresh r1']);
  });
});

describe('a background refresh', () => {
  it('holds nobody until a server rejects the token', () => {
    const { server, get } = dueForRefresh();
    get('/a');
    get('/b');
    expect([...server.seen].sort()).toEqual(['GET /a a0', 'GET /b a0', 'refresh r0']);
    server.call.reject();
    get('/held');
    expect(server.calls.map(String)).toEqual(['GET /a a0', 'GET /b a0']);
    server.answerAll();
    expect(server.refreshes.length).toBe(1);
    expect(server.call.token).toBe('a1');
  });

  it('is waited for once the token is past its expiry', () => {
    const { server, get, clock } = dueForRefresh();
    get('/a');
    clock.advance(9_000);
    get('/b');
    expect(server.calls.map(String)).toEqual(['GET /a a0', 'GET /b a0']);
    clock.advance(1_000);
    const late = get('/late');
    expect(server.calls.length).toBe(2);
    server.answerAll();
    expect(late.got).toBe('GET /late a1');
    expect(server.refreshes.length).toBe(1);
  });

  it('that fails lets requests go on with the token there is', () => {
    const { server, get } = dueForRefresh();
    get('/a');
    server.refresh.fail(503);
    const caller = get('/b');
    server.answerAll();
    expect(caller.got).toBe('GET /b a0');
    expect(server.refreshes.length).toBe(1);
  });

  it('that is refused ends the session only when the access token dies', () => {
    const { server, get, session, clock, events } = dueForRefresh();
    get('/a');
    server.refresh.fail(401);
    expect([session.signedIn(), events]).toEqual([true, []]);
    const caller = get('/b');
    server.answerAll();
    expect(caller.got).toBe('GET /b a0');
    clock.advance(10_000);
    const late = get('/late');
    expect(late.got).toEqual({ status: 401, code: 'session-ended' });
    expect(events).toEqual([{ type: 'signed-out', reason: 'refused', origin: 'this-tab' }]);
    expect(server.refreshes.length).toBe(1);
  });

  it('that is refused ends the session at the next rejection, and the caller has its own 401', () => {
    const { server, get, session } = dueForRefresh();
    get('/a');
    server.refresh.fail(400, { body: { error: 'invalid_grant' } });
    server.answerAll();
    const caller = get('/b');
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect([session.signedIn(), server.refreshes.length]).toEqual([false, 1]);
  });
});

describe('the life of a token', () => {
  const now = Date.UTC(2027, 0, 1) / 1000;
  const lives: [string, AuthTokens, number | null][] = [
    ['is expiresIn', { accessToken: 'a', expiresIn: 60 }, 60_000],
    [
      'is expiresIn before exp and iat',
      { accessToken: makeJwt({ iat: now, exp: now + 900 }), expiresIn: 60 },
      60_000,
    ],
    ['is exp − iat', { accessToken: makeJwt({ iat: now, exp: now + 900 }) }, 900_000],
    [
      'is exp − iat of a server two hours behind',
      { accessToken: makeJwt({ iat: now - 7200, exp: now - 6300 }) },
      900_000,
    ],
    [
      'is exp − iat of a server two hours ahead',
      { accessToken: makeJwt({ iat: now + 7200, exp: now + 8100 }) },
      900_000,
    ],
    ['is unknown for exp without iat', { accessToken: makeJwt({ exp: now + 900 }) }, null],
    ['is unknown for an exp that is no number', { accessToken: makeJwt({ iat: now, exp: 'soon' }) }, null],
    ['is unknown for an opaque token', { accessToken: 'opaque' }, null],
  ];
  for (const [name, tokens, lifeMs] of lives) {
    it(name, () => {
      const { session } = setup({ signedIn: false });
      const signedInAt = Date.now();
      session.signIn(tokens);
      expect(session.expiresAt()).toBe(lifeMs === null ? null : signedInAt + lifeMs);
    });
  }

  for (const lifeSeconds of [0, -60]) {
    it(`is not checked for a token that arrives with ${String(lifeSeconds)} s left`, () => {
      const { server, session, get, events } = setup({
        signedIn: false,
        server: new FakeServer({ lifeSeconds }),
      });
      session.signIn(server.issueTokens());
      const caller = get('/orders');
      server.answerAll();
      expect(caller.got).toBe('GET /orders a0');
      expect(server.refreshes.length).toBe(0);
      expect(events.map(({ type }) => type)).toEqual(['signed-in', 'expiry-ignored']);
    });
  }

  it('is not checked where exp lies before iat', () => {
    const { session, get, server, events } = setup({ signedIn: false });
    session.signIn({ accessToken: makeJwt({ iat: now, exp: now - 1 }) });
    get('/orders');
    expect(server.refreshes.length).toBe(0);
    expect(events.map(({ type }) => type)).toEqual(['signed-in', 'expiry-ignored']);
  });

  it('never runs out where it is unknown', () => {
    const { server, get, clock } = setup({ server: new FakeServer({ lifeSeconds: null }) });
    clock.advance(1e9);
    get('/orders');
    expect(server.seen).toEqual(['GET /orders a0']);
  });
});

/** Ten seconds before the expiry. */
function dueForRefresh() {
  const page = setup({ refreshTimeout: 60_000, server: new FakeServer({ lifeSeconds: 100 }) });
  page.clock.advance(90_000);
  return page;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
