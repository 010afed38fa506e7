import { type AuthEvent, localTokenStorage, refreshCookie, sharedTokenStorage } from '../public-api';
import { FakeOrigin, type FakeTab } from '../spec/fake-origin';
import { FakeServer, TOKEN_ENDPOINT } from '../spec/fake-server';
import { SharedStore } from '../spec/fake-store';
import { authErrorOf, setup, type SetupOptions } from '../spec/setup';
import { pass } from '../spec/tab-pages';

const REFRESHED: AuthEvent = { type: 'refreshed', origin: 'other-tab' };
const SIGNED_OUT: AuthEvent = { type: 'signed-out', reason: 'other-tab', origin: 'other-tab' };

describe('a tab that has its turn', () => {
  it('sends nothing where another has been quicker unheard', async () => {
    const { origin, server, here, there, settle } = await twoTabs();
    origin.isQuiet = true;
    await refreshIn(here);
    const forced = there.session.refresh();
    await settle();
    await forced;
    expect([server.refreshes.length, there.events]).toEqual([1, [REFRESHED]]);
  });

  it('is signed out, unsent, where another has signed out unheard', async () => {
    const { origin, server, here, open, settle } = await twoTabs();
    const reloaded = open();
    origin.isQuiet = true;
    here.session.signOut();
    const failure = authErrorOf(reloaded.session.refresh());
    await settle();
    expect([(await failure).code, server.refreshes.length]).toEqual(['session-ended', 0]);
    expect(reloaded.events).toEqual([SIGNED_OUT]);
  });

  it('goes on with the refresh token that it has read before', async () => {
    const { origin, server, open, settle } = await twoTabs();
    const reloaded = open();
    const first = authErrorOf(reloaded.session.refresh());
    await settle();
    server.refresh.fail(503);
    expect((await first).code).toBe('refresh-unavailable');
    origin.database.manner = 'fails to open';
    reloaded.clock.advance(2_000);
    reloaded.session.refresh().catch(() => undefined);
    await pass(reloaded.clock, 1000);
    expect(server.seen).toEqual(['refresh r0', 'refresh r0']);
  });

  it('restores a session by its cookie with nobody signed in', async () => {
    const origin = new FakeOrigin();
    const page = openIn(origin.openTab(), { refresh: refreshCookie(TOKEN_ENDPOINT) });
    const caller = page.get('/orders');
    page.server.call.reject();
    await page.clock.settle();
    expect(origin.locks.names).toEqual([`refresh.ngx-bearer.${TOKEN_ENDPOINT}.`]);
    page.server.refresh.succeed({ access_token: 'c1' });
    await page.clock.settle();
    page.server.call.succeed('done');
    expect([page.server.call.token, caller.got, origin.locks.requests]).toEqual(['c1', 'done', 0]);
  });
});

describe('a page that is left while it catches up, and comes back', () => {
  it('takes its turn again before it sends', async () => {
    const { origin, server, here, there, settle } = await twoTabs();
    leaveAtNextLook(origin, here.tab);
    const both = [here, there].map(({ session }) => session.refresh());
    await settle();
    expect(server.refreshes.map(String)).toEqual(['refresh r0']);
    server.answer(server.refresh);
    await settle();
    await Promise.all(both);
    expect([server.refreshes.length, here.events, origin.locks.requests]).toEqual([1, [REFRESHED], 0]);
  });

  it('sends once where no other tab wants to', async () => {
    const { origin, server, here, settle } = await twoTabs();
    leaveAtNextLook(origin, here.tab);
    here.session.refresh().catch(() => undefined);
    await settle();
    expect([server.seen, origin.locks.requests]).toEqual([['refresh r0'], 1]);
    server.answerAll();
    await settle();
    expect([here.events, origin.locks.requests]).toEqual([[{ type: 'refreshed', origin: 'this-tab' }], 0]);
  });
});

describe('a tab that waits for its turn', () => {
  it('goes on where another was quicker, though a third has its turn and is asleep', async () => {
    const { origin, server, here, there, settle } = await twoTabs();
    const forced = here.session.refresh();
    await settle();
    fallAsleepWithTurn(origin);
    const waiting = there.session.refresh();
    await settle();
    server.answer(server.refresh);
    await settle();
    await Promise.all([forced, waiting]);
    expect([server.refreshes.length, there.events, origin.locks.requests]).toEqual([1, [REFRESHED], 1]);
  });

  it('waits on where its store answers late that it holds no newer session', async () => {
    const origin = new FakeOrigin();
    const storage = new SharedStore();
    storage.reading = 'on demand';
    const { session, server, clock } = openIn(origin.openTab(), { storage: sharedTokenStorage(storage) });
    session.signIn(server.issueTokens());
    fallAsleepWithTurn(origin, storage.record ?? '');
    session.refresh().catch(() => undefined);
    await clock.settle();
    storage.reading = 'at once';
    await storage.proceed();
    await clock.settle();
    expect([server.refreshes.length, origin.locks.requests]).toEqual([0, 2]);
  });
});

/** Its page is left while it next looks at the database, and seen again at once. */
function leaveAtNextLook({ database }: FakeOrigin, tab: FakeTab): void {
  const open = database.open.bind(database);
  database.open = (name) => {
    database.open = open;
    queueMicrotask(() => {
      tab.undergo('pagehide');
      tab.undergo('pageshow');
    });
    return open(name);
  };
}

/** Some other tab has its turn, or waits for it, and never gives it back. */
function fallAsleepWithTurn(
  { locks, local }: FakeOrigin,
  record = local.get('ngx-bearer.session') ?? '',
): void {
  const { id } = JSON.parse(record) as { id: string };
  const never = (): Promise<void> => new Promise(() => undefined);
  void locks.request(`refresh.ngx-bearer.${id}`, { signal: new AbortController().signal }, never);
}

async function refreshIn({ session, server, clock }: ReturnType<typeof openIn>): Promise<void> {
  const forced = session.refresh();
  await clock.settle();
  server.answer(server.refresh);
  await forced;
}

/** A page load, with nobody signed in by the set-up. */
function openIn(tab: FakeTab, options: SetupOptions) {
  return { tab, ...setup({ ...options, signedIn: false, providers: [tab.provider] }) };
}

/** Two tabs with one session, `a0` and `r0`, and one server. */
async function twoTabs() {
  const origin = new FakeOrigin();
  const server = new FakeServer();
  const open = () => openIn(origin.openTab(), { server, storage: localTokenStorage() });
  const [here, there] = [open(), open()];
  const settle = () => here.clock.settle();
  here.session.signIn(server.issueTokens());
  await settle();
  for (const { events } of [here, there]) events.length = 0;
  return { origin, server, open, here, there, settle };
}
