import { type AuthEvent, refreshCookie, requireAuth } from '../public-api';
import { Caller } from '../spec/caller';
import { FakeOrigin, type FakeTab } from '../spec/fake-origin';
import { API, FakeServer, TOKEN_ENDPOINT } from '../spec/fake-server';
import { type Page, setup } from '../spec/setup';

const ENTRY = `ngx-bearer.${TOKEN_ENDPOINT}.session`;
const SIGNED_OUT: AuthEvent = { type: 'signed-out', reason: 'other-tab', origin: 'other-tab' };
const SIGNED_IN: AuthEvent = { type: 'signed-in', origin: 'this-tab' };
const REFRESHED: AuthEvent = { type: 'refreshed', origin: 'this-tab' };
const OTHER_USER = { accessToken: 'b0', refreshToken: 's0', expiresIn: 3600 };

describe('tabs that share a cookie, with their tokens in memory', () => {
  it('have one entry in localStorage and one in the database, which hold no token', async () => {
    const { origin } = await sharingCookie();
    const [[name, text] = [], ...others] = [...origin.local];
    const { id, ...record } = JSON.parse(text ?? '') as Record<string, unknown>;
    expect([name, others, typeof id]).toEqual([ENTRY, [], 'string']);
    expect(record).toEqual({ format: 1, signIn: 1, version: 2, ended: false, isMirror: true });
    const { version, credential } = origin.database.entriesOf(ENTRY).get('session') as Record<
      string,
      unknown
    >;
    expect([version, credential]).toEqual([2, undefined]);
  });

  it('are all signed out if one is, and localStorage is empty', async () => {
    const { origin, here, there } = await sharingCookie();
    here.session.signOut();
    expect([there.events, there.session.signedIn(), origin.local.size]).toEqual([[SIGNED_OUT], false, 0]);
  });

  it('are signed out when the page resumes, if it has missed the event', async () => {
    const { origin, here, there } = await sharingCookie();
    origin.isQuiet = true;
    here.session.signOut();
    expect(there.events).toEqual([]);
    there.tab.undergo('pageshow');
    expect(there.events).toEqual([SIGNED_OUT]);
  });

  it('are signed out at the next refresh, which is not sent, if all events were missed', async () => {
    const { origin, here, there, server } = await sharingCookie();
    origin.isQuiet = true;
    here.session.signOut();
    await here.clock.settle();
    const refreshed = there.session.refresh().catch(() => 'ended');
    await there.clock.settle();
    expect([await refreshed, there.events, server.sendings]).toEqual(['ended', [SIGNED_OUT], []]);
  });

  it('stay signed in if somebody signed out before they signed in', async () => {
    const { origin, here, there } = await sharingCookie();
    origin.isQuiet = true;
    here.session.signOut();
    there.session.signIn(OTHER_USER);
    there.tab.undergo('pageshow');
    expect([there.events, there.session.signedIn()]).toEqual([[SIGNED_IN], true]);
  });

  it('end together if the server refuses the cookie in one of them', async () => {
    const { origin, here, there, server } = await sharingCookie();
    here.session.refresh().catch(() => undefined);
    await here.clock.settle();
    server.refresh.fail(401);
    await pass(here, 300);
    expect([here.events, there.events, origin.local.size]).toEqual([
      [{ type: 'signed-out', reason: 'refused', origin: 'this-tab' }],
      [SIGNED_OUT],
      0,
    ]);
  });

  it('are signed out if the user clears localStorage', async () => {
    const { origin, here, there } = await sharingCookie();
    origin.clear(origin.openTab());
    expect([here.events, there.events]).toEqual([[SIGNED_OUT], [SIGNED_OUT]]);
  });

  it('refresh one at a time, each for a token of its own', async () => {
    const { here, there, server } = await sharingCookie();
    const both = [here, there].map(({ session }) => session.refresh());
    await here.clock.settle();
    expect(server.open.map(String)).toEqual(['refresh without token']);
    server.refresh.succeed({ access_token: 'c1' });
    await here.clock.settle();
    expect(server.open.map(String)).toEqual(['refresh without token']);
    server.refresh.succeed({ access_token: 'c2' });
    await Promise.all(both);
    expect([here.events, there.events]).toEqual([[REFRESHED], [REFRESHED]]);
    expect([await here.session.accessToken(), await there.session.accessToken()]).toEqual(['c1', 'c2']);
  });

  it('end if another user signs in in another tab, and are restored as that user', async () => {
    const { here, there, server } = await sharingCookie();
    const rejected = there.get('/rejected');
    const rejection = server.call.reject();
    await there.clock.settle();
    here.session.signIn(OTHER_USER);
    expect([there.events, there.session.signedIn()]).toEqual([[SIGNED_OUT], false]);
    expect(rejected.failure).toBe(rejection);
    const caller = there.get('/orders');
    await there.clock.settle();
    server.refresh.succeed({ access_token: 'b1' });
    await there.clock.settle();
    server.call.succeed('done');
    expect([server.call.token, caller.got, here.session.signedIn()]).toEqual(['b1', 'done', true]);
  });
});

describe('a page load, if localStorage says that a session in a cookie exists', () => {
  it('sends the first requests after the restore, in order, and none of them gets a 401', async () => {
    const { there, server } = await reloaded();
    const callers = ['/a', '/b', '/c'].map(there.get);
    await there.clock.settle();
    expect(server.open.map(String)).toEqual(['refresh without token']);
    server.refresh.succeed({ access_token: 'c1' });
    await there.clock.settle();
    expect(server.calls.map(String)).toEqual(['GET /a c1', 'GET /b c1', 'GET /c c1']);
    for (const call of server.calls) call.succeed('done');
    expect(callers.map(({ got }) => got)).toEqual(['done', 'done', 'done']);
    expect([server.refreshes.length, there.events]).toEqual([1, [SIGNED_IN]]);
  });

  it("sends a 'required' request after the restore", async () => {
    const { there, server } = await reloaded();
    const caller = new Caller(there.http.get(`${API}/orders`, { context: requireAuth() }));
    await there.clock.settle();
    server.refresh.succeed({ access_token: 'c1' });
    await there.clock.settle();
    server.call.succeed('done');
    expect([server.call.token, caller.got]).toEqual(['c1', 'done']);
  });

  it('sends them without a token if the restore gets no answer, and keeps the entry', async () => {
    const { origin, there, server } = await reloaded();
    const caller = there.get('/a');
    await there.clock.settle();
    server.refresh.fail(503);
    await there.clock.settle();
    there.get('/b');
    expect(server.calls.map(String)).toEqual(['GET /a without token', 'GET /b without token']);
    server.calls[0]?.succeed('done');
    expect([caller.got, origin.local.size]).toEqual(['done', 1]);
  });

  it('sends them without a token if the restore is refused, and removes the entry', async () => {
    const { origin, there, server } = await reloaded();
    const caller = there.get('/a');
    await there.clock.settle();
    server.refresh.fail(401);
    await there.clock.settle();
    there.get('/b');
    await pass(there, 300);
    expect(server.calls.map(String)).toEqual(['GET /a without token', 'GET /b without token']);
    server.calls[0]?.succeed('done');
    expect([caller.got, origin.local.size, there.events]).toEqual(['done', 0, []]);
  });

  it('ends a restore under way if another tab signs out, and ignores its late answer', async () => {
    const { here, there, server } = await reloaded();
    const caller = there.get('/a');
    await there.clock.settle();
    const { refresh } = server;
    here.session.signOut();
    await there.clock.settle();
    expect(refresh.isCancelled).toBe(true);
    refresh.succeed({ access_token: 'c1' });
    await there.clock.settle();
    expect([there.session.signedIn(), there.events]).toEqual([false, []]);
    expect(server.calls.map(String)).toEqual(caller.settlements ? [] : ['GET /a without token']);
  });

  it('ends a restore under way if another tab signs out, also if it only notices afterwards', async () => {
    const { origin, here, there, server } = await reloaded();
    there.get('/a');
    await there.clock.settle();
    origin.isQuiet = true;
    here.session.signOut();
    server.refresh.succeed({ access_token: 'c1' });
    await there.clock.settle();
    there.tab.undergo('pageshow');
    expect([there.session.signedIn(), origin.local.size]).toEqual([false, 0]);
  });
});

describe('a page load without an entry in localStorage', () => {
  it('sends the first requests at once, and restores after a 401', async () => {
    const origin = new FakeOrigin();
    const { get, server, clock } = openIn(origin.openTab());
    const caller = get('/a');
    expect(server.seen).toEqual(['GET /a without token']);
    server.call.reject();
    await clock.settle();
    server.refresh.succeed({ access_token: 'c1' });
    await clock.settle();
    server.call.succeed('done');
    expect([caller.got, origin.local.has(ENTRY)]).toEqual(['done', true]);
  });
});

for (const has of [
  { locks: true, database: true },
  { locks: false, database: true },
]) {
  describe(`twenty tabs that restore at once (${has.locks ? 'Web Locks' : 'a lease'})`, () => {
    it('restore one after the other, and none of them gives up', async () => {
      const { origin, here, server } = await signedIn(has);
      const tabs = Array.from({ length: 20 }, () => openIn(origin.openTab(), server));
      const callers = tabs.map(({ get }) => get('/a'));
      for (let turn = 0; turn < 20; turn++) {
        // Each answer takes 3 s: the last tab waits for a minute.
        await pass(here, 3000);
        expect(server.open.filter(({ isRefresh }) => isRefresh).length).toBe(1);
        server.refresh.succeed({ access_token: `c${turn}` });
        await pass(here, 200);
        server.call.succeed('done');
      }
      expect(callers.map(({ got }) => got)).toEqual(Array(20).fill('done'));
      expect([server.refreshes.length, origin.locks.requests]).toEqual([20, 0]);
    });
  });
}

/** Lets time pass in steps in which promises go on. */
async function pass({ clock }: Page, durationMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < durationMs; passedMs += 100) {
    await clock.settle();
    clock.advance(100);
  }
  await clock.settle();
}

/** A page load, with nobody signed in by the set-up. */
function openIn(tab: FakeTab, server = new FakeServer()) {
  const { provider } = tab;
  const page = setup({
    signedIn: false,
    server,
    refresh: refreshCookie(TOKEN_ENDPOINT),
    providers: [provider],
  });
  return { ...page, tab };
}

/** One tab with a session. */
async function signedIn(has?: FakeOrigin['has']) {
  const origin = new FakeOrigin(has);
  const server = new FakeServer();
  const here = openIn(origin.openTab(), server);
  here.session.signIn({ accessToken: 'a0' });
  await here.clock.settle();
  here.events.length = 0;
  return { origin, here, server };
}

/** A tab with a session, and another whose page has just loaded. */
async function reloaded() {
  const { origin, here, server } = await signedIn();
  return { origin, here, there: openIn(origin.openTab(), server), server };
}

/** Two tabs, each with a token of its own. */
async function sharingCookie() {
  const { origin, here, there, server } = await reloaded();
  const restored = there.session.accessToken();
  await there.clock.settle();
  server.refresh.succeed({ access_token: 'a1' });
  expect(await restored).toBe('a1');
  there.events.length = 0;
  server.sendings.length = 0;
  return { origin, here, there, server };
}
