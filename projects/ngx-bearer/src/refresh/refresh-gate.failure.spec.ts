import { EMPTY, NEVER, throwError } from 'rxjs';
import { AuthError, type AuthEvent, type AuthTokens, postRefreshToken } from '../public-api';
import { everyText } from '../spec/every-text';
import { API, FakeServer, TOKEN_ENDPOINT } from '../spec/fake-server';
import { FakeStore } from '../spec/fake-store';
import { authErrorOf, setup, type SetupOptions } from '../spec/setup';

const UNAVAILABLE = 'refresh-unavailable';

describe('a refused refresh', () => {
  const refusals = [
    { status: 400, body: { error: 'invalid_grant' } },
    { status: 400, body: { error: 'invalid_client' } },
    { status: 400, body: { error: 'unauthorized_client' } },
    { status: 401, body: null },
    { status: 403, body: 'no' },
  ];
  const throwing: Record<string, NonNullable<SetupOptions['refresh']>> = {
    'a strategy throws': () => {
      throw new AuthError('refused');
    },
    'a promise is rejected with': () => Promise.reject(new AuthError('refused')),
    'read throws': postRefreshToken(TOKEN_ENDPOINT, {
      read: () => {
        throw new AuthError('refused');
      },
    }),
  };
  for (const [name, refresh] of Object.entries(throwing)) {
    it(`ends the session once if ${name} AuthError('refused')`, async () => {
      const { server, clock, session, events, rejected, rejection } = rejectedAndHeld({ refresh });
      for (const sending of server.refreshes) sending.succeed({ ok: false });
      await clock.settle();
      expect(rejected.failure).toBe(rejection);
      expect([session.signedIn(), events]).toEqual([
        false,
        [{ type: 'signed-out', reason: 'refused', origin: 'this-tab' }],
      ]);
    });
  }

  for (const { status, body } of refusals) {
    it(`with ${String(status)} ${JSON.stringify(body)} ends the session once`, () => {
      const { server, session, events, rejected, rejection, held } = rejectedAndHeld();
      server.refresh.fail(status, { body });
      expect(rejected.failure).toBe(rejection);
      expect(held.got).toEqual({ status: 401, code: 'session-ended' });
      expect(held.failure.url).toBe(`${API}/held`);
      expect(session.signedIn()).toBe(false);
      expect(events).toEqual([{ type: 'signed-out', reason: 'refused', origin: 'this-tab' }]);
      expect(server.seen).toEqual(['GET /rejected a0', 'refresh r0']);
    });
  }

  it('gives each of many callers its own 401', () => {
    const { server, get, events } = setup();
    const callers = ['/a', '/b', '/c'].map(get);
    const rejections = server.calls.map((sending) => sending.reject());
    server.refresh.fail(401);
    expect(callers.map(({ failure }) => failure)).toEqual(rejections);
    expect(callers.every(({ failure }, index) => failure === rejections[index])).toBe(true);
    expect(events.length).toBe(1);
  });

  it('behind the requests ends the session at once where the access token died meanwhile', () => {
    const server = new FakeServer({ lifeSeconds: 10 });
    const { get, clock, events } = setup({ server });
    clock.advance(9_500);
    get('/orders');
    clock.advance(1_000);
    server.refresh.fail(401);
    expect(events).toEqual([{ type: 'signed-out', reason: 'refused', origin: 'this-tab' }]);
  });

  it('leaves the app able to sign in again', () => {
    const { server, session, get } = rejectedAndHeld();
    server.refresh.fail(403);
    session.signIn(server.issueTokens());
    const caller = get('/next');
    server.answerAll();
    expect(caller.got).toBe('GET /next a1');
  });
});

describe('an unavailable refresh', () => {
  it('does not have the store read again, as a refusal does', () => {
    const reads = [404, 401].map((status) => {
      const storage = new FakeStore();
      const { server, get } = setup({ storage });
      get('/orders');
      server.call.reject();
      const before = storage.reads;
      server.refresh.fail(status);
      return storage.reads - before;
    });
    expect(reads).toEqual([0, 1]);
  });

  const answers = [
    { status: 0, body: null, reason: 'network' },
    { status: 400, body: { error: 'invalid_request' }, reason: 'server' },
    { status: 400, body: null, reason: 'server' },
    { status: 300, body: null, reason: 'server' },
    { status: 404, body: null, reason: 'server' },
    { status: 409, body: null, reason: 'server' },
    { status: 429, body: null, reason: 'server' },
    { status: 500, body: '<h1>Oops</h1>', reason: 'server' },
    { status: 500, body: { error: 'invalid_grant' }, reason: 'server' },
    { status: 503, body: null, reason: 'server' },
  ];
  for (const { status, body, reason } of answers) {
    it(`with ${String(status)} ${JSON.stringify(body)} keeps the session and tells the callers`, () => {
      const { server, session, events, rejected, held } = rejectedAndHeld();
      const cause = server.refresh.fail(status, { body });
      for (const [caller, url] of [
        [rejected, '/rejected'],
        [held, '/held'],
      ] as const) {
        expect(caller.got).toEqual({ status, code: UNAVAILABLE });
        expect(caller.failure.url).toBe(API + url);
        expect(caller.authError.cause).toBe(cause);
      }
      expect(session.signedIn()).toBe(true);
      expect(events.map(({ type }) => type)).toEqual([UNAVAILABLE]);
      expect(unavailable(events).reason).toBe(reason);
    });
  }

  const malformed: [string, unknown][] = [
    ['null', null],
    ['a text', 'ok'],
    ['an object without tokens', {}],
    ['an empty token', { access_token: '' }],
    ['a token with a space', { access_token: 'a b' }],
    ['a token that is a number', { access_token: 42 }],
    ['an inherited token', Object.create({ access_token: 'a1' })],
    ['a token over 16 KiB', { access_token: 'a'.repeat(16 * 1024 + 1) }],
  ];
  for (const [name, body] of malformed) {
    it(`that answers ${name} is malformed`, () => {
      const { server, session, events, rejected, held } = rejectedAndHeld();
      server.refresh.succeed(body);
      expect(rejected.got).toEqual({ status: 0, code: UNAVAILABLE });
      expect(held.got).toEqual({ status: 0, code: UNAVAILABLE });
      expect(unavailable(events).reason).toBe('malformed');
      expect(session.signedIn()).toBe(true);
    });
  }

  it('that is empty is malformed', () => {
    const { events, rejected } = rejectedAndHeld({ refresh: () => EMPTY });
    expect(rejected.got).toEqual({ status: 0, code: UNAVAILABLE });
    expect(unavailable(events).reason).toBe('malformed');
  });

  it('that ends without an answer is malformed', () => {
    const { server, events, rejected } = rejectedAndHeld();
    server.refresh.end();
    expect(rejected.got).toEqual({ status: 0, code: UNAVAILABLE });
    expect(unavailable(events).reason).toBe('malformed');
  });

  it('that answers a success whose body cannot be parsed is malformed', () => {
    const { server, events, rejected } = rejectedAndHeld();
    server.refresh.fail(200, { body: { error: new SyntaxError('Unexpected token'), text: '<html>' } });
    expect(rejected.got).toEqual({ status: 0, code: UNAVAILABLE });
    expect(unavailable(events).reason).toBe('malformed');
  });

  it('that never ends times out after 10 s, and is called off', () => {
    const { server, clock, events, rejected, held } = rejectedAndHeld();
    clock.advance(9_999);
    expect(rejected.settlements).toBe(0);
    clock.advance(1);
    expect(rejected.got).toEqual({ status: 0, code: UNAVAILABLE });
    expect(held.got).toEqual({ status: 0, code: UNAVAILABLE });
    expect(unavailable(events).reason).toBe('timeout');
    expect(server.refresh.isCancelled).toBe(true);
  });

  it('times out after refreshTimeout, which aborts the signal', () => {
    const signals: AbortSignal[] = [];
    const { clock, rejected } = rejectedAndHeld({
      refreshTimeout: 500,
      refresh: (_tokens, { signal }) => {
        signals.push(signal);
        return NEVER;
      },
    });
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    clock.advance(500);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(rejected.got).toEqual({ status: 0, code: UNAVAILABLE });
  });

  it('throws a late promise away', async () => {
    const late: ((tokens: AuthTokens) => void)[] = [];
    const { server, clock, get } = rejectedAndHeld({
      refreshTimeout: 500,
      refresh: () => new Promise((resolve) => late.push(resolve)),
      whileRefreshing: 'send',
    });
    clock.advance(500);
    late[0]?.({ accessToken: 'late' });
    await clock.settle();
    get('/next');
    expect(server.call.token).toBe('a0');
  });

  const faults: Record<string, NonNullable<SetupOptions['refresh']>> = {
    'a strategy that throws': () => {
      throw new Error('broken by a0');
    },
    'a promise that is rejected': () => Promise.reject(new Error('broken by a0')),
    'an error that only looks like a refusal': () =>
      throwError(() => Object.assign(new Error('broken by a0'), { status: 401 })),
    'an observable that errs with a text': () => throwError(() => 'broken by a0'),
    'an observable that errs with undefined': () => throwError(() => undefined),
  };
  for (const [name, refresh] of Object.entries(faults)) {
    it(`ends the gate properly for ${name}`, async () => {
      const { clock, session, events, rejected, held } = rejectedAndHeld({ refresh });
      await clock.settle();
      expect(unavailable(events).reason).toBe('network');
      expect(rejected.got).toEqual({ status: 0, code: UNAVAILABLE });
      expect(held.got).toEqual({ status: 0, code: UNAVAILABLE });
      expect(rejected.authError.cause instanceof AuthError).toBe(true);
      expect([session.signedIn(), session.refreshing()]).toEqual([true, false]);
    });
  }
});

describe('what the error of an unavailable refresh holds', () => {
  // Whole words, since Firefox writes the hash of a file into each stack.
  const tokenTexts = /\b[ar]0\b/;
  const bodies: [string, unknown][] = [
    ['the access token', { message: 'bad token a0' }],
    ['the refresh token, nested', { errors: [{ given: 'r0' }] }],
    ['a token in a text', 'cannot take r0'],
    ['bytes', Uint8Array.of(0x72, 0x30).buffer],
    ['a blob', new Blob(['r0'])],
  ];
  for (const [name, body] of bodies) {
    it(`is not the answer where its body holds ${name}`, () => {
      const { server, rejected } = rejectedAndHeld();
      server.refresh.fail(503, { body });
      const { cause } = rejected.authError;
      expect(cause instanceof AuthError).toBe(true);
      expect(everyText(rejected.failure)).not.toMatch(tokenTexts);
    });
  }

  it('is nothing of what read says', () => {
    const read = (): AuthTokens => {
      throw new Error('no field jwt in {"token":"a1","old":"a0"}');
    };
    const { server, rejected, printed } = rejectedAndHeld({
      refresh: postRefreshToken(TOKEN_ENDPOINT, { read }),
    });
    server.refresh.succeed({ token: 'a1' });
    expect(rejected.got).toEqual({ status: 0, code: UNAVAILABLE });
    expect(everyText(rejected.failure) + printed.join()).not.toMatch(/"a0"|"a1"|field jwt/);
  });

  it('is nothing of what a strategy throws', () => {
    const refresh = (): never => {
      throw new TypeError('cannot read a0 of r0');
    };
    const { rejected, printed } = rejectedAndHeld({ refresh });
    expect(everyText(rejected.failure) + printed.join()).not.toMatch(tokenTexts);
  });
});

describe('a session that a refresh could not renew', () => {
  it('refreshes again at the next try', async () => {
    const { server, session, get, clock } = rejectedAndHeld();
    server.refresh.fail(0);
    expect((await authErrorOf(session.refresh())).code).toBe(UNAVAILABLE);
    expect(server.refreshes.length).toBe(1);
    clock.advance(1200);
    const caller = get('/next');
    server.answerAll();
    expect(caller.got).toBe('GET /next a1');
  });
});

/** One request rejected, so that a refresh runs, and one held behind it. */
function rejectedAndHeld(options: SetupOptions = {}) {
  const page = setup(options);
  const rejected = page.get('/rejected');
  const rejection = page.server.call.reject();
  const held = page.get('/held');
  return { ...page, rejected, rejection, held };
}

function unavailable(events: readonly AuthEvent[]) {
  const found = events.find((event) => event.type === 'refresh-unavailable');
  if (!found) throw new Error('No refresh-unavailable was told.');
  return found;
}
