import { localTokenStorage, sessionTokenStorage, type TokenStorage } from '../public-api';
import { corruptRecords, endedRecords, newerRecords, readableRecords } from '../spec/corpora/records';
import { FakeServer } from '../spec/fake-server';
import { FakeStore, SharedStore } from '../spec/fake-store';
import { makeJwt } from '../spec/jwt';
import { tokenIn } from '../spec/records';
import { setup, type SetupOptions } from '../spec/setup';
import { pass } from '../spec/tab-pages';

describe('a storage that reports no changes', () => {
  it('shows newer tokens after a refusal, and the session goes on with them', async () => {
    const storage = new FakeStore();
    const there = setup({ storage });
    const here = setup({ storage, server: there.server, signedIn: false });
    const forced = there.session.refresh();
    there.server.answer(there.server.refresh);
    await forced;
    here.get('/orders');
    here.server.call.reject();
    here.server.refresh.fail(401);
    expect(here.events).toEqual([{ type: 'refreshed', origin: 'other-tab' }]);
  });

  it('ends the session as refused if it is empty then', () => {
    const storage = new FakeStore();
    const { server, get, events } = setup({ storage });
    get('/orders');
    server.call.reject();
    storage.record = null;
    server.refresh.fail(401);
    expect(events).toEqual([{ type: 'signed-out', reason: 'refused', origin: 'this-tab' }]);
  });
});

describe('a reload', () => {
  const storages: [name: string, storage: TokenStorage | undefined, token: string | null][] = [
    ['memory', undefined, null],
    ['sessionTokenStorage()', sessionTokenStorage(), 'a1'],
    ['localTokenStorage()', localTokenStorage(), 'a1'],
    ['a storage of the app', new FakeStore(), 'a1'],
  ];
  for (const [name, storage, token] of storages) {
    it(`finds ${token ?? 'no session'} with ${name}, at once`, async () => {
      const options = storage ? { storage } : {};
      const { server, get, clock, leave } = setup(options);
      await pass(clock, 200);
      get('/orders');
      server.expireAccessToken();
      for (let round = 0; round < 3; round++) {
        server.answerAll();
        await pass(clock, 200);
      }
      leave();
      const next = reload(options);
      expect(next.session.signedIn()).toBe(token !== null);
      next.get('/next');
      expect(next.server.call.token).toBe(token);
      expect(next.events).toEqual([]);
      next.session.signOut();
      await pass(clock, 200);
      next.leave();
      expect(reload(options).session.signedIn()).toBe(false);
    });
  }

  it('finds the refresh token too, and goes on with it', () => {
    const storage = new FakeStore();
    setup({ storage });
    const { server, get } = reload({ storage });
    get('/orders');
    server.call.reject();
    expect(server.seen).toEqual(['GET /orders a0', 'refresh r0']);
  });

  it('keeps the expiry, and refreshes before it sends past it', () => {
    const storage = new FakeStore();
    const { session, clock } = setup({ storage, server: new FakeServer({ lifeSeconds: 100 }) });
    const expiresAt = session.expiresAt();
    clock.advance(100_000);
    const next = reload({ storage });
    expect(next.session.expiresAt()).toBe(expiresAt);
    next.get('/orders');
    expect(next.server.seen).toEqual(['refresh r0']);
  });

  it('keeps when a refresh ahead is due', () => {
    const storage = new FakeStore();
    setup({ storage, server: new FakeServer({ lifeSeconds: 100 }) }).clock.advance(95_000);
    const { server, get } = reload({ storage });
    get('/orders');
    expect([...server.seen].sort()).toEqual(['GET /orders a0', 'refresh r0']);
  });

  it('keeps the claims, and knows by them when a refresh answers for somebody else', () => {
    const storage = new FakeStore();
    reload({ storage }).session.signIn({ accessToken: makeJwt({ sub: 'alice' }), refreshToken: 'r0' });
    const { session, server, get } = reload({ storage });
    expect(session.claims()).toEqual({ sub: 'alice' });
    const caller = get('/orders');
    const rejection = server.call.reject();
    server.refresh.succeed({ access_token: makeJwt({ sub: 'bob' }) });
    expect(caller.failure).toBe(rejection);
    expect(session.claims()).toEqual({ sub: 'bob' });
  });

  it('keeps the sessions of two apps on one origin apart', () => {
    for (const create of [sessionTokenStorage, localTokenStorage]) {
      const shop = setup({ storage: create({ key: 'shop' }) });
      expect(reload({ storage: create() }).session.signedIn()).toBe(false);
      expect(reload({ storage: create({ key: 'sho' }) }).session.signedIn()).toBe(false);
      expect(reload({ storage: create({ key: 'shop' }) }).session.signedIn()).toBe(true);
      shop.session.signOut();
    }
  });

  it('leaves what others keep on the origin alone', () => {
    localStorage.setItem('theirs', 'kept');
    const { session } = setup({ storage: localTokenStorage({ key: 'shop' }) });
    expect(Object.keys(localStorage).filter((key) => !key.startsWith('shop'))).toEqual(['theirs']);
    session.signOut();
    expect(Object.entries(localStorage)).toEqual([['theirs', 'kept']]);
  });
});

describe('a record of ours', () => {
  for (const [name, record] of readableRecords) {
    it(`is the session of the next page load: ${name}`, () => {
      const storage = new FakeStore();
      storage.record = record;
      const { session } = reload({ storage });
      expect([session.signedIn(), storage.record]).toEqual([true, record]);
    });

    it(`is followed where another tab leaves it: ${name}`, () => {
      const storage = new SharedStore();
      const { session } = reload({ storage });
      storage.ofAnotherTab().keep(record);
      expect([session.signedIn(), storage.record]).toEqual([true, record]);
    });
  }

  for (const [name, record] of endedRecords) {
    it(`signs nobody in at the next page load: ${name}`, () => {
      const storage = new FakeStore();
      storage.record = record;
      const { session, get, server, events } = reload({ storage });
      get('/orders');
      expect([session.signedIn(), server.call.token, events]).toEqual([false, null, []]);
    });
  }

  it('has an id of its own at each sign-in, which holds no time', () => {
    const storage = new FakeStore();
    const { session } = setup({ storage });
    const ids = [1, 2, 3].map(() => {
      session.signIn({ accessToken: 'b0' });
      return JSON.parse(storage.record ?? '') as { id: string; signIn: number };
    });
    expect(new Set(ids.map(({ id }) => id)).size).toBe(3);
    expect(ids.map(({ signIn }) => signIn)).toEqual([2, 3, 4]);
    for (const { id } of ids) expect(Math.abs(parseInt(id, 36) - Date.now())).toBeGreaterThan(1e9);
  });
});

describe('a listener that signs in again', () => {
  it('has its record written once', () => {
    const storage = new FakeStore();
    const { session } = setup({ storage });
    session.events.subscribe(({ type }) => {
      if (type === 'signed-out') session.signIn({ accessToken: 'b0' });
    });
    session.signOut();
    expect(storage.writes.map((record) => tokenIn(record))).toEqual(['a0', 'b0']);
  });
});

describe('a record that cannot be read as ours', () => {
  for (const [name, record] of corruptRecords) {
    it(`is no session and is removed: ${name}`, () => {
      const storage = new FakeStore();
      storage.record = record;
      const { session, get, server, events } = reload({ storage });
      get('/orders');
      expect([session.signedIn(), server.call.token, storage.record]).toEqual([false, null, null]);
      expect(events).toEqual([]);
    });
  }

  it('gives way to the next sign-in', () => {
    const storage = new FakeStore();
    storage.record = 'unreadable';
    setup({ storage });
    expect(tokenIn(storage.record)).toBe('a0');
  });

  for (const [name, newer] of newerRecords) {
    it(`is left alone, and not written over, where its format is newer: ${name}`, () => {
      const storage = new FakeStore();
      storage.record = newer;
      const { session, server, get } = reload({ storage });
      expect(session.signedIn()).toBe(false);
      session.signIn(server.issueTokens());
      get('/orders');
      server.expireAccessToken();
      server.answerAll();
      expect(server.call.token).toBe('a1');
      session.signOut();
      expect([storage.record, storage.writes.length]).toEqual([newer, 0]);
    });
  }
});

/** A page load with nobody signed in by the set-up. */
function reload(options: SetupOptions = {}) {
  return setup({ signedIn: false, ...options });
}
