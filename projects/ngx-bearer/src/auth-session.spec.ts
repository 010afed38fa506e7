import { AuthError, type AuthTokens } from './public-api';
import { FakeServer } from './spec/fake-server';
import { makeJwt } from './spec/jwt';
import { authErrorOf, setup, thrownBy } from './spec/setup';

const OTHER_USER = { accessToken: 'b0', refreshToken: 's0', expiresIn: 3600 };

describe('AuthSession.signIn', () => {
  const responses: Record<string, unknown> = {
    AuthTokens: { accessToken: 'a0', refreshToken: 'r0', expiresIn: 60 },
    'a raw login response': { access_token: 'a0', refresh_token: 'r0', expires_in: 60, user: 'alice' },
  };
  for (const [name, response] of Object.entries(responses)) {
    it(`starts a session from ${name}`, () => {
      const { session, server, get, events } = setup({ signedIn: false });
      session.signIn(response);
      expect(session.signedIn()).toBe(true);
      expect(session.expiresAt()).toBe(Date.now() + 60_000);
      expect(events).toEqual([{ type: 'signed-in', origin: 'this-tab' }]);
      get('/orders');
      server.call.reject();
      expect(server.seen).toEqual(['GET /orders a0', 'refresh r0']);
    });
  }

  for (const response of [
    null,
    undefined,
    {},
    'a1',
    { access_token: '' },
    { access_token: 'a 1' },
    { jwt: 'a1' },
  ]) {
    it(`throws bad-token-response for ${JSON.stringify(response)} and leaves the session as it was`, () => {
      const { session, server, get, events } = setup();
      const before = session.expiresAt();
      const error = thrownBy(() => session.signIn(response));
      expect(error instanceof AuthError && error.code).toBe('bad-token-response');
      expect([session.signedIn(), session.expiresAt(), events]).toEqual([true, before, []]);
      get('/orders');
      expect(server.call.token).toBe('a0');
    });
  }

  it('starts none where it throws with nobody signed in', () => {
    const { session, server, get } = setup({ signedIn: false });
    thrownBy(() => session.signIn({ access_token: '' }));
    get('/orders');
    expect([session.signedIn(), server.call.token]).toEqual([false, null]);
  });

  it('starts another session where one is', () => {
    const { session, server, get, events } = setup();
    session.signIn(OTHER_USER);
    expect(events.map(({ type }) => type)).toEqual(['signed-in']);
    get('/orders');
    server.call.reject();
    expect(server.seen).toEqual(['GET /orders b0', 'refresh s0']);
  });

  it('keeps no refresh token of the session before', () => {
    const { session, server, get } = setup();
    session.signIn({ accessToken: 'b0' });
    get('/orders');
    server.call.reject();
    expect(server.seen).toEqual(['GET /orders b0']);
  });

  it('does not notice what becomes of the object it was given', () => {
    const tokens = { accessToken: 'a0', refreshToken: 'r0' };
    const { session, server, get } = setup({ signedIn: false });
    session.signIn(tokens);
    Object.assign(tokens, { accessToken: 'changed', refreshToken: 'changed' });
    get('/orders');
    server.call.reject();
    expect(server.seen).toEqual(['GET /orders a0', 'refresh r0']);
  });
});

describe('AuthSession.signOut', () => {
  it('ends the session and tells it', () => {
    const { session, server, get, events } = setup();
    session.signOut();
    expect([session.signedIn(), session.expiresAt(), session.claims()]).toEqual([false, null, null]);
    expect(events).toEqual([{ type: 'signed-out', reason: 'user', origin: 'this-tab' }]);
    get('/orders');
    expect(server.call.token).toBeNull();
  });

  it('is not told with nobody signed in', () => {
    const { session, events } = setup({ signedIn: false });
    session.signOut();
    expect(events).toEqual([]);
  });
});

describe('the signals of AuthSession', () => {
  it('say nothing with nobody signed in', () => {
    const { session } = setup({ signedIn: false });
    const { signedIn, refreshing, expiresAt, claims } = session;
    expect([signedIn(), refreshing(), expiresAt(), claims()]).toEqual([false, false, null, null]);
  });

  it('follow a refresh', async () => {
    const mint = (index: number): string => makeJwt({ sub: 'alice', index });
    const { session, server, clock } = setup({ server: new FakeServer({ mint, lifeSeconds: 60 }) });
    const first = session.expiresAt();
    clock.advance(10_000);
    const forced = session.refresh();
    expect([session.refreshing(), session.claims()?.['index']]).toEqual([true, 0]);
    server.answerAll();
    await forced;
    expect([session.refreshing(), session.claims()?.['index']]).toEqual([false, 1]);
    expect(session.expiresAt()).toBe((first ?? 0) + 10_000);
  });

  it('are up to date when an event is told', () => {
    const { session } = setup({ signedIn: false });
    const seen: unknown[] = [];
    session.events.subscribe(({ type }) => seen.push([type, session.signedIn()]));
    session.signIn(OTHER_USER);
    session.signOut();
    expect(seen).toEqual([
      ['signed-in', true],
      ['signed-out', false],
    ]);
  });
});

describe('AuthSession.accessToken', () => {
  it('is the token there is while it is good, and nothing is sent', async () => {
    const { session, server } = setup();
    expect(await session.accessToken()).toBe('a0');
    expect(server.sendings.length).toBe(0);
  });

  it('is null with nobody signed in', async () => {
    const { session, server } = setup({ signedIn: false });
    expect(await session.accessToken()).toBeNull();
    expect(server.sendings.length).toBe(0);
  });

  it('is the token there is while a background refresh starts', async () => {
    const { session, server, clock } = setup({ server: new FakeServer({ lifeSeconds: 100 }) });
    clock.advance(95_000);
    expect(await session.accessToken()).toBe('a0');
    expect(server.seen).toEqual(['refresh r0']);
  });

  for (const whileRefreshing of ['hold', 'send'] as const) {
    it(`is the next one past the expiry, by one refresh for all ('${whileRefreshing}')`, async () => {
      const { session, server, clock } = setup({
        whileRefreshing,
        server: new FakeServer({ lifeSeconds: 100 }),
      });
      clock.advance(100_000);
      const asked = [session.accessToken(), session.accessToken(), session.accessToken()];
      server.answerAll();
      expect(await Promise.all(asked)).toEqual(['a1', 'a1', 'a1']);
      expect(server.seen).toEqual(['refresh r0']);
    });
  }

  it('joins the refresh that a rejection started', async () => {
    const { session, server, get } = setup();
    get('/orders');
    server.call.reject();
    const asked = session.accessToken();
    server.answerAll();
    expect(await asked).toBe('a1');
    expect(server.refreshes.length).toBe(1);
  });

  it('is null after a refusal', async () => {
    const { session, server, clock } = setup();
    clock.advance(3_600_000);
    const asked = session.accessToken();
    server.refresh.fail(401);
    expect(await asked).toBeNull();
    expect(session.signedIn()).toBe(false);
    expect(await session.accessToken()).toBeNull();
  });

  it('is null where the session it was asked of ends, though another begins', async () => {
    const { session, clock } = setup();
    clock.advance(3_600_000);
    const asked = session.accessToken();
    session.signIn(OTHER_USER);
    expect(await asked).toBeNull();
  });

  it('is refused with refresh-unavailable while none can be got', async () => {
    const { session, server, clock } = setup();
    clock.advance(3_600_000);
    const asked = authErrorOf(session.accessToken());
    const answer = server.refresh.fail(503);
    expect((await asked).code).toBe('refresh-unavailable');
    expect((await asked).cause).toBe(answer);
    expect((await authErrorOf(session.accessToken())).code).toBe('refresh-unavailable');
    expect(server.refreshes.length).toBe(1);
  });

  it('is refused with refresh-limit past the limit', async () => {
    const { session, server, clock } = setup({
      refreshLimit: { count: 1, withinMs: 1e9 },
      server: new FakeServer({ lifeSeconds: 100 }),
    });
    clock.advance(100_000);
    const first = session.accessToken();
    server.answerAll();
    expect(await first).toBe('a1');
    clock.advance(100_000);
    expect((await authErrorOf(session.accessToken())).code).toBe('refresh-limit');
    expect(server.refreshes.length).toBe(1);
  });
});

describe('AuthSession.refresh', () => {
  it('refreshes a token that is good', async () => {
    const { session, server, events } = setup();
    const forced = session.refresh();
    server.answerAll();
    await forced;
    expect(server.seen).toEqual(['refresh r0']);
    expect(events.map(({ type }) => type)).toEqual(['refreshed']);
    expect(await session.accessToken()).toBe('a1');
  });

  it('joins the refresh that runs', async () => {
    const { session, server, get } = setup();
    get('/orders');
    server.call.reject();
    const forced = Promise.all([session.refresh(), session.refresh()]);
    server.answerAll();
    await forced;
    expect(server.refreshes.length).toBe(1);
  });

  it('rejects with not-signed-in, and asks nobody', async () => {
    const { session, server } = setup({ signedIn: false });
    expect((await authErrorOf(session.refresh())).code).toBe('not-signed-in');
    expect(server.sendings.length).toBe(0);
  });

  it('rejects with session-ended where it is refused, and the session is over', async () => {
    const { session, server, events } = setup();
    const forced = authErrorOf(session.refresh());
    server.refresh.fail(400, { body: { error: 'invalid_grant' } });
    expect((await forced).code).toBe('session-ended');
    expect(events).toEqual([{ type: 'signed-out', reason: 'refused', origin: 'this-tab' }]);
  });

  it('rejects with session-ended where it is refused within the call, and the session is over', async () => {
    const { session, server } = setup({ signedIn: false });
    session.signIn({ accessToken: 'a0' });
    expect((await authErrorOf(session.refresh())).code).toBe('session-ended');
    expect([session.signedIn(), server.sendings.length]).toEqual([false, 0]);
  });

  it('ends a session whose background refresh was refused, and asks nobody', async () => {
    const { session, server, clock, get } = setup({ server: new FakeServer({ lifeSeconds: 100 }) });
    clock.advance(95_000);
    get('/orders');
    server.refresh.fail(401);
    expect((await authErrorOf(session.refresh())).code).toBe('session-ended');
    expect([session.signedIn(), server.refreshes.length]).toEqual([false, 1]);
  });

  it('makes a background refresh one whose refusal ends the session', async () => {
    const { session, server, clock, get } = setup({ server: new FakeServer({ lifeSeconds: 100 }) });
    clock.advance(95_000);
    get('/orders');
    const forced = authErrorOf(session.refresh());
    server.refresh.fail(401);
    expect((await forced).code).toBe('session-ended');
    expect(session.signedIn()).toBe(false);
  });

  it('rejects with refresh-unavailable, and at once during the cool-down', async () => {
    const { session, server } = setup();
    const forced = authErrorOf(session.refresh());
    const answer = server.refresh.fail(503);
    expect([(await forced).code, (await forced).cause]).toEqual(['refresh-unavailable', answer]);
    expect((await authErrorOf(session.refresh())).code).toBe('refresh-unavailable');
    expect(server.refreshes.length).toBe(1);
  });

  it('rejects with session-ended where somebody else signs in meanwhile', async () => {
    const { session } = setup();
    const forced = authErrorOf(session.refresh());
    session.signIn(OTHER_USER);
    expect((await forced).code).toBe('session-ended');
    expect(session.signedIn()).toBe(true);
  });

  it('rejects with session-ended where the answer is for somebody else, who is then signed in', async () => {
    const { session, server } = setup({ signedIn: false });
    session.signIn({ accessToken: makeJwt({ sub: 'alice' }), refreshToken: 'r0' });
    const forced = authErrorOf(session.refresh());
    server.refresh.succeed({ access_token: makeJwt({ sub: 'bob' }) });
    expect((await forced).code).toBe('session-ended');
    expect(session.claims()).toEqual({ sub: 'bob' });
  });

  it('takes another pair of the same text for a new one', async () => {
    const tokens: AuthTokens = { accessToken: 'same', refreshToken: 'same' };
    const { session, events } = setup({ signedIn: false, refresh: () => [tokens] });
    session.signIn(tokens);
    await session.refresh();
    expect(events.map(({ type }) => type)).toEqual(['signed-in', 'refreshed']);
  });
});
