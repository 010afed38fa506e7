import { type AuthEvent, sharedTokenStorage } from '../public-api';
import { FakeOrigin } from '../spec/fake-origin';
import { FakeServer } from '../spec/fake-server';
import { SharedStore } from '../spec/fake-store';
import { openIn, pass } from '../spec/tab-pages';

const REFRESHED: AuthEvent = { type: 'refreshed', origin: 'other-tab' };

for (const has of [
  { locks: true, database: true },
  { locks: false, database: true },
]) {
  describe(`sharedTokenStorage() with ${has.locks ? 'Web Locks' : 'a lease'}`, () => {
    it('lets tabs refresh once, and all go on', async () => {
      const { pages, server } = await signedIn(has);
      const callers = pages.map(({ get }) => get('/orders'));
      for (const call of server.calls) call.reject();
      await pass(pages[0].clock, 300);
      expect(server.refreshes.map(String)).toEqual(['refresh r0']);
      server.answer(server.refresh);
      await pass(pages[0].clock, 300);
      server.answerAll();
      expect(server.refreshes.length).toBe(1);
      expect(callers.map(({ got }) => got)).toEqual(['GET /orders a1', 'GET /orders a1']);
    });

    it('lets a tab adopt what another has stored unnoticed, instead of a refresh', async () => {
      const { pages, store, server } = await signedIn(has);
      store.isQuiet = true;
      await pages[0].refresh();
      const forced = pages[1].session.refresh();
      await pass(pages[1].clock, 300);
      await forced;
      expect([server.refreshes.length, pages[1].events]).toEqual([1, [REFRESHED]]);
    });
  });
}

describe('sharedTokenStorage()', () => {
  it('holds its lock until the new tokens are stored', async () => {
    const { pages, store, server } = await signedIn({ locks: true, database: true });
    store.isQuiet = true;
    store.writing = 'on demand';
    const both = pages.map(({ session }) => session.refresh());
    await pass(pages[0].clock, 300);
    server.answer(server.refresh);
    await pass(pages[0].clock, 300);
    expect([server.refreshes.length, ...pages.map(({ events }) => events.length)]).toEqual([1, 0, 0]);
    await store.proceed();
    await pass(pages[0].clock, 300);
    await Promise.all(both);
    expect([server.refreshes.length, pages[1].events]).toEqual([1, [REFRESHED]]);
  });

  it('ends a refused session in the storage before another tab may refresh', async () => {
    const { pages, store, server } = await signedIn({ locks: true, database: true });
    store.isQuiet = true;
    store.removing = 'on demand';
    for (const { get } of pages) get('/orders');
    for (const call of server.calls) call.reject();
    await pass(pages[0].clock, 300);
    server.refresh.fail(401);
    await pass(pages[0].clock, 300);
    expect(pages.map(({ session }) => session.signedIn())).toEqual([true, true]);
    await store.proceed();
    await pass(pages[0].clock, 300);
    expect(pages.map(({ session }) => session.signedIn())).toEqual([false, false]);
    expect(server.refreshes.length).toBe(1);
  });

  it('leaves a sign-out that another tab has stored unnoticed while it refreshed', async () => {
    const { pages, store, server } = await signedIn({ locks: true, database: true });
    store.isQuiet = true;
    const forced = pages[0].session.refresh().catch(() => undefined);
    await pass(pages[0].clock, 300);
    store.ofAnotherTab().keep(null);
    server.answer(server.refresh);
    await pass(pages[0].clock, 300);
    await forced;
    expect([store.record, pages[0].session.signedIn()]).toEqual([null, false]);
    expect(pages[0].events).toEqual([{ type: 'signed-out', reason: 'other-tab', origin: 'other-tab' }]);
  });

  it('takes names for its lock only, which begin with the key', async () => {
    const { origin, pages } = await signedIn({ locks: true, database: true }, 'shop');
    pages[0].session.refresh().catch(() => undefined);
    await pages[0].clock.settle();
    expect(origin.locks.names.map((name) => name.startsWith('refresh.shop.'))).toEqual([true]);
    expect([origin.local.size, origin.database.opened]).toEqual([0, []]);
  });

  it('stores nothing itself, and nothing in the window', async () => {
    const { origin, store } = await signedIn({ locks: true, database: true });
    expect([store.record?.includes('a0'), origin.local.size]).toEqual([true, 0]);
  });
});

/** Two tabs with one session, all of it stored. */
async function signedIn(has: FakeOrigin['has'], key?: string) {
  const origin = new FakeOrigin(has);
  const server = new FakeServer();
  const store = new SharedStore();
  const open = (shared: SharedStore) =>
    openIn(origin.openTab(), { server, storage: sharedTokenStorage(shared, { ...(key && { key }) }) });
  const pages = [open(store), open(store.ofAnotherTab())] as const;
  pages[0].session.signIn(server.issueTokens());
  await pages[0].clock.settle();
  expect(pages[1].session.signedIn()).toBe(true);
  for (const { events } of pages) events.length = 0;
  return { origin, pages, store, server };
}
