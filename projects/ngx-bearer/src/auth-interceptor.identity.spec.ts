import { Subject } from 'rxjs';
import type { AuthEvent, AuthTokens } from './public-api';
import { makeJwt } from './spec/jwt';
import { authErrorOf, setup, type SetupOptions } from './spec/setup';

const OTHER_USER = { accessToken: 'b0', refreshToken: 's0', expiresIn: 3600 };
const SIGNED_OUT: AuthEvent = { type: 'signed-out', reason: 'user', origin: 'this-tab' };
const SESSION_ENDED = { status: 401, code: 'session-ended' };

describe('a sign-out while a refresh runs', () => {
  it('gives the rejected caller its own 401 and ends the held one unsent', () => {
    const { session, server, rejected, rejection, held } = refreshing();
    session.signOut();
    expect(rejected.failure).toBe(rejection);
    expect(held.got).toEqual(SESSION_ENDED);
    expect(server.seen).toEqual(['GET /rejected a0', 'refresh r0']);
  });

  it('calls the refresh off', () => {
    const { session, server } = refreshing();
    session.signOut();
    expect(server.refresh.isCancelled).toBe(true);
    expect(session.refreshing()).toBe(false);
  });

  it('throws a late answer away', () => {
    const answers = new Subject<AuthTokens>();
    const { session, server, get, events } = refreshing({ refresh: () => answers });
    session.signOut();
    answers.next(OTHER_USER);
    expect(session.signedIn()).toBe(false);
    expect(events).toEqual([SIGNED_OUT]);
    get('/next');
    expect(server.call.token).toBeNull();
  });

  it('throws a late promise away and aborts its signal', async () => {
    const { session, server, get, clock, signal, answer } = refreshingByPromise();
    session.signOut();
    expect(signal.aborted).toBe(true);
    answer(OTHER_USER);
    await clock.settle();
    get('/next');
    expect([session.signedIn(), server.call.token]).toEqual([false, null]);
  });

  it('is told once, and a second sign-out is not told', () => {
    const { session, events } = refreshing();
    session.signOut();
    session.signOut();
    expect(events).toEqual([SIGNED_OUT]);
  });

  it('sends nothing more, whatever the other requests are answered', () => {
    const { session, server, get } = setup();
    const callers = [get('/a'), get('/b')];
    session.signOut();
    const rejections = server.calls.map((sending) => sending.reject());
    expect(callers.every(({ failure }, index) => failure === rejections[index])).toBe(true);
    expect(server.sendings.length).toBe(2);
  });

  it('rejects a forced refresh with session-ended', async () => {
    const { session } = setup();
    const forced = authErrorOf(session.refresh());
    session.signOut();
    expect((await forced).code).toBe('session-ended');
  });
});

describe('a sign-in as somebody else while a refresh runs', () => {
  it('replays nothing as the other', () => {
    const { session, server, rejected, rejection, held } = refreshing();
    session.signIn(OTHER_USER);
    expect(rejected.failure).toBe(rejection);
    expect(held.got).toEqual(SESSION_ENDED);
    expect(server.seen).toEqual(['GET /rejected a0', 'refresh r0']);
  });

  it('is not written over by the late answer', async () => {
    const { session, server, get, clock, answer } = refreshingByPromise();
    session.signIn(OTHER_USER);
    answer({ accessToken: 'late' });
    await clock.settle();
    get('/next');
    expect(server.call.token).toBe('b0');
  });

  it('lets the new session send at once, and refresh on its own', () => {
    const { session, server, get } = refreshing();
    session.signIn(OTHER_USER);
    get('/next');
    expect(server.call.token).toBe('b0');
    server.call.reject();
    expect(server.refresh.token).toBe('s0');
  });

  it('ends a cool-down', () => {
    const { session, server, get } = refreshing();
    server.refresh.fail(503);
    session.signIn(OTHER_USER);
    get('/next');
    server.call.reject();
    expect(server.refresh.token).toBe('s0');
  });
});

describe('a request and the session it was issued in', () => {
  it('is given its own 401 where somebody else has signed in since', () => {
    const { session, server, get } = setup();
    const caller = get('/orders');
    session.signIn(OTHER_USER);
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect(server.sendings.length).toBe(1);
    get('/next');
    expect(server.call.token).toBe('b0');
  });

  it('is not replayed where the same user has signed in anew', () => {
    const { session, server, get } = setup();
    const caller = get('/orders');
    session.signOut();
    session.signIn(server.issueTokens());
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect(server.sendings.length).toBe(1);
  });

  it('is not replayed with a session that began after it', () => {
    const { session, server, get } = setup({ signedIn: false });
    const caller = get('/orders');
    session.signIn(OTHER_USER);
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect(server.seen).toEqual(['GET /orders without token']);
  });

  it('keeps its answer where the session ends meanwhile', () => {
    const { session, server, get } = setup();
    const caller = get('/orders');
    session.signOut();
    server.answerAll();
    expect(caller.got).toBe('GET /orders a0');
  });

  it('ends with its own 401 where a listener of the refresh signs out', () => {
    const { session, server, rejected, rejection, held } = refreshing();
    session.events.subscribe(({ type }) => {
      if (type === 'refreshed') session.signOut();
    });
    server.answer(server.refresh);
    expect(server.seen).toEqual(['GET /rejected a0', 'refresh r0']);
    expect(rejected.failure).toBe(rejection);
    expect(held.got).toEqual(SESSION_ENDED);
  });

  it('is not sent again where the session ends after its replay', () => {
    const { session, server, get } = setup();
    const caller = get('/orders');
    server.call.reject();
    server.answer(server.refresh);
    session.signOut();
    const second = server.call.reject();
    expect(caller.failure).toBe(second);
    expect(server.calls.length).toBe(2);
  });
});

describe('a refresh that answers with tokens of somebody else', () => {
  const alice = makeJwt({ iss: 'https://id.example', sub: 'alice', jti: 0 });
  const others: Record<string, string> = {
    'another subject': makeJwt({ iss: 'https://id.example', sub: 'bob' }),
  };

  for (const [name, accessToken] of Object.entries(others)) {
    it(`begins a new session for ${name}, and replays nothing`, () => {
      const { session, server, get, events } = setup({ signedIn: false });
      session.signIn({ accessToken: alice, refreshToken: 'r0' });
      const rejected = get('/rejected');
      const rejection = server.call.reject();
      const held = get('/held');
      server.refresh.succeed({ access_token: accessToken, refresh_token: 's0' });
      expect(rejected.failure).toBe(rejection);
      expect(held.got).toEqual(SESSION_ENDED);
      expect(events.map(({ type }) => type)).toEqual(['signed-in', 'signed-in']);
      get('/next');
      expect(server.calls.map(({ token }) => token)).toEqual([alice, accessToken]);
    });
  }

  const unnamed: [name: string, before: string, after: string][] = [
    ['after', alice, makeJwt({ iss: 'https://id.example' })],
    ['before', makeJwt({ iss: 'https://id.example' }), alice],
  ];
  for (const [name, before, after] of unnamed) {
    it(`keeps the session where the token ${name} it names nobody`, () => {
      const { session, server, get, events } = setup({ signedIn: false });
      session.signIn({ accessToken: before, refreshToken: 'r0' });
      get('/orders');
      server.call.reject();
      server.refresh.succeed({ access_token: after });
      expect(server.calls.map(({ token }) => token)).toEqual([before, after]);
      expect(events.map(({ type }) => type)).toEqual(['signed-in', 'refreshed']);
    });
  }

  it('sends nothing as somebody else where the answer comes within the call that asks', () => {
    const { session, server, get, clock } = setup({
      signedIn: false,
      refresh: () => [{ accessToken: makeJwt({ sub: 'bob' }) }],
    });
    session.signIn({ accessToken: makeJwt({ sub: 'alice' }), expiresIn: 100 });
    clock.advance(95_000);
    const caller = get('/orders');
    expect(caller.got).toEqual(SESSION_ENDED);
    expect(server.sendings.length).toBe(0);
    expect(session.claims()).toEqual({ sub: 'bob' });
  });

  it('keeps the session for the same subject with another issuer: jwt-auth sets it to the URL of the request', () => {
    const { session, server, get, events } = setup({ signedIn: false });
    session.signIn({
      accessToken: makeJwt({ iss: 'https://api.example/auth/login', sub: '1' }),
      refreshToken: 'r0',
    });
    const callers = [1, 2, 3, 4, 5, 6].map((order) => get(`/orders/${order}`));
    for (const sending of server.open) sending.reject();
    server.refresh.succeed({ access_token: makeJwt({ iss: 'https://api.example/auth/refresh', sub: '1' }) });
    for (const sending of server.open) sending.succeed('done');
    expect(callers.map(({ got }) => got)).toEqual(Array(6).fill('done'));
    expect(events.map(({ type }) => type)).toEqual(['signed-in', 'refreshed']);
  });

  it('keeps the session for the same subject and issuer', () => {
    const { session, server, get } = setup({ signedIn: false });
    session.signIn({ accessToken: alice, refreshToken: 'r0' });
    const caller = get('/orders');
    server.call.reject();
    server.refresh.succeed({ access_token: makeJwt({ iss: 'https://id.example', sub: 'alice', jti: 1 }) });
    server.call.succeed('done');
    expect(caller.got).toBe('done');
  });

  it('keeps the session for the same subject where that is no text', () => {
    const { session, server, get } = setup({ signedIn: false });
    session.signIn({ accessToken: makeJwt({ sub: { id: 1 }, jti: 0 }), refreshToken: 'r0' });
    const caller = get('/orders');
    server.call.reject();
    server.refresh.succeed({ access_token: makeJwt({ sub: { id: 1 }, jti: 1 }) });
    expect(server.calls.length).toBe(2);
    server.call.succeed('done');
    expect(caller.got).toBe('done');
  });

  it('begins a new session for another subject where that is no text', () => {
    const { session, server, get } = setup({ signedIn: false });
    session.signIn({ accessToken: makeJwt({ sub: { id: 1 } }), refreshToken: 'r0' });
    const caller = get('/orders');
    const rejection = server.call.reject();
    server.refresh.succeed({ access_token: makeJwt({ sub: { id: 2 } }) });
    expect(caller.failure).toBe(rejection);
  });
});

/** One request rejected, so that a refresh runs, and one held behind it. */
function refreshing(options: SetupOptions = {}) {
  const page = setup(options);
  const rejected = page.get('/rejected');
  const rejection = page.server.call.reject();
  const held = page.get('/held');
  return { ...page, rejected, rejection, held };
}

function refreshingByPromise() {
  const asked: { answer: (tokens: AuthTokens) => void; signal: AbortSignal }[] = [];
  const page = refreshing({
    refresh: (_tokens, { signal }) => new Promise((answer) => asked.push({ answer, signal })),
  });
  const [first] = asked;
  if (!first) throw new Error('No refresh was asked for.');
  return { ...page, ...first };
}
