import { type AuthEvent, refreshCookie, type TokenStorage } from '../public-api';
import { TOKEN_ENDPOINT } from '../spec/fake-server';
import { FakeStore } from '../spec/fake-store';
import { makeRecord, tokenIn } from '../spec/records';
import { setup, type SetupOptions } from '../spec/setup';

const FAILED: AuthEvent = { type: 'storage-failed', origin: 'this-tab' };

describe('a store that does something wrong while it is read', () => {
  const nonsense: unknown[] = [undefined, 42, true, {}, [], Symbol.iterator, () => 'x', new Date(0)];
  for (const answer of nonsense) {
    it(`breaks no request where it answers ${String(answer)} (${typeof answer})`, async () => {
      const storage = { read: () => answer, write: () => undefined } as TokenStorage;
      const { server, get, clock, session } = reload({ storage });
      await clock.settle();
      get('/orders');
      expect(server.seen).toEqual(['GET /orders without token']);
      session.signIn({ accessToken: 'b0' });
      get('/next');
      expect(server.call.token).toBe('b0');
    });
  }

  for (const reading of ['throwing', 'rejecting'] as const) {
    it(`breaks no request by ${reading}`, async () => {
      const storage = new FakeStore();
      storage.record = makeRecord();
      storage.reading = reading;
      const { server, get, clock, printed } = reload({ storage });
      const caller = get('/orders');
      await clock.settle();
      expect(server.seen).toEqual(['GET /orders without token']);
      server.call.succeed('done');
      expect(caller.got).toBe('done');
      expect(printed.filter((line) => !line.startsWith('warn'))).toEqual([]);
    });
  }

  it('holds requests for 2 s where it hangs, and no longer', () => {
    const storage = new FakeStore();
    storage.reading = 'never';
    const { server, get, clock } = reload({ storage });
    get('/a');
    clock.advance(1_999);
    expect(server.sendings.length).toBe(0);
    clock.advance(1);
    get('/b');
    expect(server.seen).toEqual(['GET /a without token', 'GET /b without token']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is not asked again if the restore of a session is refused', () => {
    const storage = new FakeStore();
    storage.record = makeRecord();
    storage.reading = 'throwing';
    const { server, session, get } = reload({ storage, refresh: refreshCookie(TOKEN_ENDPOINT) });
    storage.reading = 'at once';
    get('/orders');
    server.call.reject();
    server.refresh.fail(401);
    expect([session.signedIn(), storage.reads]).toEqual([false, 1]);
  });

  it('does not sign in by an answer that comes after 2 s', async () => {
    const storage = new FakeStore();
    storage.record = makeRecord();
    storage.reading = 'on demand';
    const { session, clock, events } = reload({ storage });
    clock.advance(2_000);
    await storage.proceed();
    expect([session.signedIn(), events]).toEqual([false, []]);
  });
});

describe('a store that answers by a promise', () => {
  it('holds the first requests until it has, and sends them in order of issue', async () => {
    const { storage, server, get, session } = reading();
    const callers = ['/a', '/b', '/c'].map(get);
    expect([server.sendings.length, session.signedIn()]).toEqual([0, false]);
    await storage.proceed();
    expect([server.seen, session.signedIn()]).toEqual([['GET /a a0', 'GET /b a0', 'GET /c a0'], true]);
    for (const sending of server.calls) sending.succeed('done');
    expect(callers.map(({ got }) => got)).toEqual(['done', 'done', 'done']);
  });

  it('holds no request that is not ours', () => {
    const { http, server } = reading();
    http.get('https://elsewhere.example/').subscribe();
    expect(server.sendings.length).toBe(1);
  });

  it('tells of no refresh while it is read', async () => {
    const { storage, session, get } = reading();
    get('/orders');
    expect(session.refreshing()).toBe(false);
    await storage.proceed();
    expect(session.refreshing()).toBe(false);
  });

  it('is waited for by accessToken() and refresh()', async () => {
    const { storage, session, server, clock } = reading();
    const asked = session.accessToken();
    const forced = session.refresh();
    await storage.proceed();
    expect(await asked).toBe('a0');
    await clock.settle();
    server.refresh.succeed({ access_token: 'b1' });
    await forced;
    expect(server.seen).toEqual(['refresh r0']);
  });

  it('is not waited for after a sign-in, which it does not undo', async () => {
    const { storage, session, server, get } = reading();
    const held = get('/held');
    session.signIn({ accessToken: 'b0' });
    expect(held.got).toEqual({ status: 401, code: 'session-ended' });
    get('/next');
    await storage.proceed();
    get('/later');
    expect(server.calls.map(({ token }) => token)).toEqual(['b0', 'b0']);
    expect(tokenIn(storage.record)).toBe('b0');
  });

  it('does not undo a sign-out before it has answered', async () => {
    const { storage, session, server, get } = reading();
    session.signOut();
    await storage.proceed();
    get('/next');
    expect([session.signedIn(), server.call.token, storage.record]).toEqual([false, null, null]);
  });

  it('writes in order, one after the other, and ends with what is last', async () => {
    const { storage, session, clock } = writing();
    for (const accessToken of ['x1', 'x2', 'x3']) session.signIn({ accessToken });
    session.signOut();
    session.signIn({ accessToken: 'x4' });
    expect(storage.writes.length).toBe(1);
    for (let step = 0; step < 6; step++) {
      await storage.proceed();
      await clock.settle();
    }
    const tokens = storage.writes.map(tokenIn);
    expect(tokens.at(-1)).toBe('x4');
    expect(tokens).toEqual(['a0', 'x1', 'x2', 'x3', null, 'x4']);
    expect(tokenIn(storage.record)).toBe('x4');
  });

  it('holds no request while it writes', () => {
    const { server, get } = writing();
    get('/orders');
    server.expireAccessToken();
    server.answerAll();
    expect(server.seen).toEqual(['GET /orders a0', 'refresh r0', 'GET /orders a1']);
  });
});

describe('a write that fails', () => {
  for (const manner of ['throwing', 'rejecting', 'never'] as const) {
    it(`after a refresh by ${manner} removes the spent tokens, is told, and the session goes on`, async () => {
      const storage = new FakeStore();
      const { server, session, get, clock, events } = setup({ storage });
      storage.writing = manner;
      get('/orders');
      server.expireAccessToken();
      server.answerAll();
      clock.advance(2_000);
      await clock.settle();
      expect(storage.writes.map(tokenIn)).toEqual(['a0', 'a1', null]);
      expect(storage.record).toBeNull();
      expect(events).toEqual([{ type: 'refreshed', origin: 'this-tab' }, FAILED]);
      get('/next');
      expect([server.call.token, session.signedIn()]).toEqual(['a1', true]);
    });
  }

  it('every time breaks nothing', async () => {
    const storage = new FakeStore();
    Object.assign(storage, { writing: 'throwing', removing: 'throwing' });
    const { server, session, get, clock, events, printed } = setup({ storage });
    get('/orders');
    server.expireAccessToken();
    server.answerAll();
    session.signOut();
    await clock.settle();
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(['refreshed', 'storage-failed', 'signed-out']),
    );
    expect(printed.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('leaves the session of before in the storage, which nobody goes on with after a refusal', () => {
    const storage = new FakeStore();
    storage.record = makeRecord();
    Object.assign(storage, { reading: 'throwing', writing: 'throwing', removing: 'throwing' });
    const { server, session, get, events } = reload({ storage });
    session.signIn({ accessToken: 'b0', refreshToken: 's0' });
    storage.reading = 'at once';
    get('/orders');
    server.call.reject();
    server.refresh.fail(401);
    expect(tokenIn(storage.record)).toBe('a0');
    const types = events.map(({ type }) => type);
    expect([session.signedIn(), types]).toEqual([
      false,
      ['signed-in', 'storage-failed', 'storage-failed', 'signed-out'],
    ]);
  });

  it('is made up for by the next that succeeds', () => {
    const storage = new FakeStore();
    const { session } = setup({ storage });
    storage.writing = 'throwing';
    session.signIn({ accessToken: 'x1' });
    storage.writing = 'at once';
    session.signIn({ accessToken: 'x2' });
    expect(tokenIn(storage.record)).toBe('x2');
  });
});

/** A page load with nobody signed in by the set-up. */
function reload(options: SetupOptions = {}) {
  return setup({ signedIn: false, ...options });
}

/** A page load whose store, which holds a session, has not answered yet. */
function reading() {
  const storage = new FakeStore();
  storage.record = makeRecord();
  storage.reading = 'on demand';
  return { ...reload({ storage }), storage };
}

/** A session whose store has not kept it yet. */
function writing() {
  const storage = new FakeStore();
  Object.assign(storage, { writing: 'on demand', removing: 'on demand' });
  return { ...setup({ storage }), storage };
}
