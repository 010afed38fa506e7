import { localTokenStorage, sessionTokenStorage } from '../public-api';
import { FakeOrigin, type FakeTab } from '../spec/fake-origin';
import { FakeServer } from '../spec/fake-server';
import { FakeStore } from '../spec/fake-store';
import { authErrorOf, type Page, setup, type SetupOptions } from '../spec/setup';

const PLATFORMS = [
  { name: 'Web Locks', has: { locks: true, database: true } },
  { name: 'a lease', has: { locks: false, database: true } },
  { name: 'Web Locks, without IndexedDB', has: { locks: true, database: false } },
];

for (const { name, has } of PLATFORMS) {
  describe(`tabs with ${name}`, () => {
    it('refresh once for all, and all go on', async () => {
      const { pages, server, settle } = await tabs(6, has);
      const callers = pages.map(({ get }) => get('/orders'));
      for (const call of server.calls) call.reject();
      await settle();
      expect(server.refreshes.map(String)).toEqual(['refresh r0']);
      server.answer(server.refresh);
      await settle();
      server.answerAll();
      expect(server.refreshes.length).toBe(1);
      expect(callers.map(({ got }) => got)).toEqual(Array(6).fill('GET /orders a1'));
    });

    it('wait for one another with the longest refreshTimeout, too', async () => {
      const { pages, server, settle } = await tabs(2, has, { refreshTimeout: 2_147_483_647 });
      const callers = pages.map(({ get }) => get('/orders'));
      for (const call of server.calls) call.reject();
      await settle();
      expect(callers.map(({ got }) => got)).toEqual(['nothing', 'nothing']);
      server.answer(server.refresh);
      await settle();
      server.answerAll();
      expect(callers.map(({ got }) => got)).toEqual(Array(2).fill('GET /orders a1'));
    });

    it('count no refresh of another against the limit of their own', async () => {
      const { pages, server, settle } = await tabs(2, has, { refreshLimit: { count: 1, withinMs: 30_000 } });
      const [, second] = pages;
      for (const { get } of pages) get('/orders');
      for (const call of server.calls) call.reject();
      await settle();
      server.answer(server.refresh);
      await settle();
      force(second);
      await settle();
      expect(server.refreshes.map(String)).toEqual(['refresh r0', 'refresh r1']);
    });

    it('go on at once where the page of the one that refreshes is left', async () => {
      const { pages, origin, server, settle } = await tabs(2, has);
      for (const { get } of pages) get('/orders');
      for (const call of server.calls) call.reject();
      await settle();
      origin.tabs[0]?.undergo('pagehide');
      await settle();
      expect(server.refreshes.map(String)).toEqual(['refresh r0', 'refresh r0']);
      expect(server.refreshes.map(({ isOpen }) => isOpen)).toEqual([true, true]);
    });

    it('go on where the injector of the one that refreshes is destroyed', async () => {
      const { pages, server, settle } = await tabs(2, has);
      for (const { get } of pages) get('/orders');
      for (const call of server.calls) call.reject();
      await settle();
      pages[0]?.leave();
      await settle();
      expect(server.refreshes.map(({ isOpen }) => isOpen)).toEqual([false, true]);
    });

    it('wait no longer than a refresh may take and 2 s more, and then fail, unsent', async () => {
      const { pages, origin, server, settle } = await tabs(1, has, { refreshTimeout: 5000 });
      const [page] = pages;
      holdForEver(origin);
      const caller = page?.get('/orders');
      server.call.reject();
      page?.clock.advance(6400);
      await settle();
      expect(caller?.got).toBe('nothing');
      page?.clock.advance(100);
      await settle();
      expect([caller?.got, server.refreshes.length]).toEqual([{ status: 0, code: 'refresh-unavailable' }, 0]);
      expect(page?.events.map((event) => 'reason' in event && event.reason)).toEqual(['timeout']);
    });

    it('leave nothing taken', async () => {
      const { pages, origin, server, settle } = await tabs(3, has);
      for (const { get } of pages) get('/orders');
      for (const call of server.calls) call.reject();
      await settle();
      server.answer(server.refresh);
      await settle();
      expect(origin.locks.requests).toBe(0);
      expect([...origin.database.entries.keys()]).toEqual(has.database ? ['session'] : []);
    });
  });
}

describe('a tab that waits for its turn', () => {
  it('goes on at once where the tokens of the other come', async () => {
    const { origin, pages, server, settle } = await tabs(2);
    const [first, second] = pages;
    force(first);
    await settle();
    const forced = second?.session.refresh();
    server.answer(server.refresh);
    await settle();
    await forced;
    expect([server.refreshes.length, origin.locks.requests]).toEqual([1, 0]);
  });

  it('no longer wants it after a sign-out', async () => {
    const { origin, pages, settle } = await tabs(2);
    const [first, second] = pages;
    force(first);
    await settle();
    const forced = authErrorOf(second?.session.refresh() ?? Promise.resolve());
    void second?.session.signOut();
    await settle();
    expect([(await forced).code, origin.locks.requests]).toEqual(['session-ended', 0]);
  });

  it('sends nothing meanwhile, and nothing fails', async () => {
    const { pages, server, settle } = await tabs(2);
    const [first, second] = pages;
    force(first);
    await settle();
    const caller = second?.get('/orders');
    server.call.reject();
    await settle();
    expect([caller?.got, server.refreshes.length]).toEqual(['nothing', 1]);
  });
});

describe('a lease', () => {
  const has = { locks: false, database: true };

  it('is not given back by who only waited for it', async () => {
    const { pages, server, settle } = await tabs(3, has);
    const [first, second, third] = pages;
    force(first);
    await settle();
    for (const page of [second, third]) force(page);
    await settle();
    second?.leave();
    await settle();
    expect(server.refreshes.length).toBe(1);
  });

  it('does not last for ever where the clock is set back', async () => {
    const { pages, origin, server, settle } = await tabs(1, has, { refreshTimeout: 5000 });
    const [page] = pages;
    holdForEver(origin);
    page?.clock.adjustWallClock(-3_600_000);
    force(page);
    await settle();
    expect(server.refreshes.length).toBe(1);
  });
});

describe('a tab that is refused', () => {
  it('emits so itself, whenever its page resumes, and the others follow', async () => {
    const { pages, origin, server, settle } = await tabs(2);
    force(pages[0]);
    await pages[0]?.clock.settle();
    server.refresh.fail(401);
    for (let turn = 0; turn < 30; turn++) {
      await Promise.resolve();
      origin.tabs[0]?.undergo('pageshow');
    }
    await settle();
    expect(pages.map(({ events }) => events)).toEqual([
      [{ type: 'signed-out', reason: 'refused', origin: 'this-tab' }],
      [{ type: 'signed-out', reason: 'other-tab', origin: 'other-tab' }],
    ]);
  });

  it('goes over to whoever has signed in elsewhere meanwhile', async () => {
    const { pages, origin, server, settle } = await tabs(2);
    const [here, there] = pages;
    force(here);
    await settle();
    origin.isQuiet = true;
    here?.clock.advance(1);
    there?.session.signIn({ accessToken: 'b0' });
    server.refresh.fail(401);
    await settle();
    expect(here?.session.signedIn()).toBe(true);
  });
});

describe('a tab that finds a record of a newer format', () => {
  it('leaves it alone, also where it is refused', async () => {
    const record = JSON.stringify({ format: 2, id: '1-a', version: 1 });
    const { pages, origin, server, settle } = await tabs(1, undefined, { stored: record });
    force(pages[0]);
    await settle();
    server.refresh.fail(401);
    await settle();
    expect([pages[0]?.session.signedIn(), ...origin.local.values()]).toEqual([false, record]);
  });
});

describe('a tab whose session could not be kept', () => {
  it('follows the others again after a sign-out', async () => {
    const { pages, origin, settle } = await tabs(2);
    const [here, there] = pages;
    origin.database.manner = 'is full';
    here?.session.signIn({ accessToken: 'b0' });
    await settle();
    origin.database.manner = 'works';
    void here?.session.signOut();
    await settle();
    there?.session.signIn({ accessToken: 'c0' });
    await settle();
    expect(here?.session.signedIn()).toBe(true);
  });
});

for (const locks of [true, false]) {
  describe(`a page that may have no ${locks ? 'Web Lock' : 'lease'}`, () => {
    it('refreshes as if it were alone', async () => {
      const { pages, origin, server, settle } = await tabs(1, { locks, database: true });
      origin.locks.areAllowed = false;
      origin.database.manner = 'fails to open';
      force(pages[0]);
      await settle();
      await settle();
      expect(server.refreshes.map(String)).toEqual(['refresh r0']);
    });
  });
}

describe('a key that begins with a hyphen', () => {
  it('lets three tabs refresh once', async () => {
    const storage = localTokenStorage({ key: '-x' });
    const { pages, server, settle } = await tabs(3, undefined, { storage });
    for (const page of pages) force(page);
    await settle();
    expect(server.refreshes.map(String)).toEqual(['refresh r0']);
    server.answer(server.refresh);
    await settle();
    expect(server.refreshes.length).toBe(1);
    expect(await Promise.all(pages.map(({ session }) => session.accessToken()))).toEqual(['a1', 'a1', 'a1']);
  });
});

describe('an error of the lock', () => {
  it('is not taken for the lock: the refresh fails, and the session goes on', async () => {
    const { pages, origin, server, settle } = await tabs(1);
    origin.locks.areBroken = true;
    const forced = pages[0] && authErrorOf(pages[0].session.refresh());
    await settle();
    expect([(await forced)?.code, server.refreshes.length]).toEqual(['refresh-unavailable', 0]);
    expect(pages[0]?.session.signedIn()).toBe(true);
  });
});

describe('tabs with sessions of their own', () => {
  it('do not wait for one another', async () => {
    const { pages, server, settle } = await tabs(2, undefined, { storage: sessionTokenStorage() });
    for (const page of pages) force(page);
    await settle();
    expect(server.refreshes.length).toBe(2);
  });
});

describe('tabs that share nothing', () => {
  it('take no lock', async () => {
    const { origin, pages, settle } = await tabs(1, undefined, { storage: new FakeStore() });
    force(pages[0]);
    await settle();
    expect([origin.locks.requests, origin.database.transactions]).toEqual([0, 0]);
  });
});

/** A tab that is frozen while it refreshes. */
function holdForEver({ locks, local, database, has }: FakeOrigin): void {
  const { id } = JSON.parse(local.get('ngx-bearer.session') ?? '') as { id: string };
  const name = `refresh.ngx-bearer.${id}`;
  if (!has.locks) database.entries.set(name, { owner: 2, until: Date.now() + 7000 });
  else void locks.request(name, { signal: new AbortController().signal }, () => new Promise(() => undefined));
}

/** Asks for a refresh; how it ends is of no interest. */
function force(page: Page | undefined): void {
  page?.session.refresh().catch(() => undefined);
}

/** So many tabs of one origin, all signed in, with one server. */
async function tabs(
  count: number,
  has?: FakeOrigin['has'],
  { stored, ...options }: SetupOptions & { readonly stored?: string } = {},
) {
  const origin = new FakeOrigin(has);
  if (stored) origin.local.set('ngx-bearer.session', stored);
  const server = new FakeServer();
  const open = ({ provider }: FakeTab): Page =>
    setup({ storage: localTokenStorage(), ...options, signedIn: false, server, providers: [provider] });
  const pages = Array.from({ length: count }, () => open(origin.openTab()));
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 5; round++) {
      await pages[0]?.clock.settle();
      // A lease is asked for every 100 ms.
      pages[0]?.clock.advance(100);
    }
    await pages[0]?.clock.settle();
  };
  const tokens = server.issueTokens();
  for (const { session, events } of pages) {
    if (!session.signedIn()) session.signIn(tokens);
    await settle();
    events.length = 0;
  }
  return { origin, pages, server, settle };
}
