import { type AuthEvent, sessionTokenStorage } from '../public-api';
import { FakeOrigin } from '../spec/fake-origin';
import { FakeServer } from '../spec/fake-server';
import { openIn, pass } from '../spec/tab-pages';

const SIGNED_OUT: AuthEvent = { type: 'signed-out', reason: 'other-tab', origin: 'other-tab' };
const DAY_MS = 86_400_000;
const storage = sessionTokenStorage();

describe('sessionTokenStorage()', () => {
  it('keeps all tokens in sessionStorage, and nothing in localStorage', async () => {
    const { origin, tab } = await signedIn();
    expect([...tab.session.keys(), ...origin.local.keys()]).toEqual(['ngx-bearer.session']);
    const record = JSON.parse(tab.session.get('ngx-bearer.session') ?? '') as {
      readonly credential: { readonly tokens: unknown };
    };
    expect(record.credential.tokens).toEqual({ accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 });
  });

  it('keeps no token in the database', async () => {
    const { origin, here } = await signedIn();
    await here.refresh();
    const [[name, counters] = [], ...others] = [...origin.database.entries];
    expect([name, others]).toEqual(['counters', []]);
    const counted = Object.values(counters as Record<string, object>).map((counter) => Object.keys(counter));
    expect(counted).toEqual([['version', 'ended', 'touchedAt']]);
  });

  it('survives a reload', async () => {
    const { origin, tab, here, server } = await signedIn();
    await here.refresh();
    here.leave();
    const reloaded = openIn(tab, { server, storage });
    reloaded.get('/orders');
    expect(server.call.token).toBe('a1');
    await reloaded.refresh();
    expect([server.seen.at(-1), origin.tabs.length]).toEqual(['refresh r1', 1]);
  });

  it('gives each tab a session of its own', async () => {
    const { origin } = await signedIn();
    const other = openIn(origin.openTab(), { storage });
    await other.clock.settle();
    expect(other.session.signedIn()).toBe(false);
  });
});

describe('a duplicated tab', () => {
  it('ends alone, and sends nothing, if the other has used its refresh token', async () => {
    const { here, there, server } = await duplicated();
    await here.refresh();
    const caller = there.get('/orders');
    const rejection = server.call.reject();
    await there.clock.settle();
    expect([server.refreshes.length, there.events]).toEqual([1, [SIGNED_OUT]]);
    expect(caller.failure).toBe(rejection);
    expect(here.session.signedIn()).toBe(true);
    await here.refresh();
    expect([server.seen.at(-1), here.session.signedIn()]).toEqual(['refresh r1', true]);
  });

  it('ends if the other has signed out', async () => {
    const { here, there } = await duplicated();
    here.session.signOut();
    await here.clock.settle();
    await there.session.refresh().catch(() => undefined);
    expect([there.session.signedIn(), there.events]).toEqual([false, [SIGNED_OUT]]);
  });

  it('ends if a server has refused the other', async () => {
    const { here, there, server } = await duplicated();
    here.session.refresh().catch(() => undefined);
    await here.clock.settle();
    server.refresh.fail(401);
    await here.clock.settle();
    await there.session.refresh().catch(() => undefined);
    expect([server.refreshes.length, there.events]).toEqual([1, [SIGNED_OUT]]);
  });

  it('ends at its page load if the other has used its refresh token before', async () => {
    const { origin, tab, here, server } = await signedIn();
    const copy = origin.duplicate(tab);
    await here.refresh();
    const there = openIn(copy, { server, storage });
    await there.clock.settle();
    expect([there.session.signedIn(), copy.session.size, here.session.signedIn()]).toEqual([false, 0, true]);
  });

  it('signs in again without any effect on the other', async () => {
    const { here, there, server } = await duplicated();
    there.session.signIn({ accessToken: 'b0', refreshToken: 's0' });
    await there.clock.settle();
    expect([here.session.signedIn(), here.events]).toEqual([true, []]);
    await here.refresh();
    there.get('/orders');
    expect(server.call.token).toBe('b0');
  });
});

describe('the counters of sessions', () => {
  it('are swept after 30 days', async () => {
    const { origin, here } = await signedIn();
    here.leave();
    const [first = ''] = idsIn(origin);
    await signInAfter(origin, 29 * DAY_MS);
    expect([idsIn(origin).length, idsIn(origin)[0]]).toEqual([2, first]);
    await signInAfter(origin, 2 * DAY_MS);
    expect(idsIn(origin).length).toBe(2);
    expect(idsIn(origin)).not.toContain(first);
  });

  it('stay while their session is in use', async () => {
    const { origin, here } = await signedIn();
    const [first = ''] = idsIn(origin);
    for (let day = 0; day < 40; day += 10) {
      here.clock.advance(10 * DAY_MS);
      await here.refresh();
    }
    await signInAfter(origin, DAY_MS);
    expect(idsIn(origin)).toContain(first);
  });

  it('do not grow while a session is refreshed', async () => {
    const { origin, here } = await signedIn();
    for (let turn = 0; turn < 5; turn++) await here.refresh();
    expect(idsIn(origin).length).toBe(1);
  });
});

function idsIn({ database }: FakeOrigin): string[] {
  return Object.keys(database.entries.get('counters') ?? {});
}

/** A sign-in in a new tab, which is left then. */
async function signInAfter(origin: FakeOrigin, delayMs: number): Promise<void> {
  const page = openIn(origin.openTab(), { storage });
  page.clock.advance(delayMs);
  page.session.signIn(page.server.issueTokens());
  await pass(page.clock, 100);
  page.leave();
}

async function signedIn() {
  const origin = new FakeOrigin();
  const server = new FakeServer();
  const tab = origin.openTab();
  const here = openIn(tab, { server, storage });
  here.session.signIn(server.issueTokens());
  await here.clock.settle();
  here.events.length = 0;
  return { origin, tab, here, server };
}

/** A tab and its copy. */
async function duplicated() {
  const { origin, tab, here, server } = await signedIn();
  const there = openIn(origin.duplicate(tab), { server, storage });
  await there.clock.settle();
  expect(there.session.signedIn()).toBe(true);
  return { origin, here, there, server };
}
