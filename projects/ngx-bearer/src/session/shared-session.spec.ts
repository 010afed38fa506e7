import type { AuthEvent } from '../public-api';
import { FakeOrigin, type FakeTab } from '../spec/fake-origin';
import { FakeServer } from '../spec/fake-server';
import { buildForProduction } from '../spec/production';
import { setup, type SetupOptions } from '../spec/setup';

const KEY = 'ngx-bearer.session';
const SIGNED_OUT: AuthEvent = { type: 'signed-out', reason: 'other-tab', origin: 'other-tab' };
const SIGNED_IN: AuthEvent = { type: 'signed-in', origin: 'other-tab' };
const REFRESHED: AuthEvent = { type: 'refreshed', origin: 'other-tab' };
const OTHER_USER = { accessToken: 'b0', refreshToken: 's0', expiresIn: 3600 };

describe("storage: 'local' with IndexedDB", () => {
  it('mirrors the record without its refresh token', async () => {
    const { origin, here } = await signedIn();
    expect([mirrored(origin), kept(origin)]).toEqual([
      { accessToken: 'a0', expiresIn: 3600 },
      { accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 },
    ]);
    await here.refresh();
    expect([mirrored(origin), kept(origin)]).toEqual([
      { accessToken: 'a1', expiresIn: 3600 },
      { accessToken: 'a1', refreshToken: 'r1', expiresIn: 3600 },
    ]);
  });

  it('sends at once after a reload, and refreshes with the token of the database', async () => {
    const { origin, server } = await signedIn();
    const reloaded = open(origin, { server });
    reloaded.get('/orders');
    expect(server.call.token).toBe('a0');
    server.call.reject();
    await reloaded.clock.settle();
    expect(server.seen.at(-1)).toBe('refresh r0');
  });

  it('loses no sign-in where the page is left before the database has it', async () => {
    const origin = new FakeOrigin();
    const server = new FakeServer();
    const first = open(origin, { server });
    origin.database.manner = 'never answers';
    first.session.signIn(server.issueTokens());
    first.leave();
    origin.database.manner = 'works';
    const second = open(origin, { server });
    await second.refresh();
    expect([server.seen, second.session.signedIn()]).toEqual([['refresh r0'], true]);
    expect(mirrored(origin)).toEqual({ accessToken: 'a1', expiresIn: 3600 });
  });

  it('reads no database before a refresh, and opens none with nobody signed in', async () => {
    const origin = new FakeOrigin();
    const { get, clock } = open(origin, {});
    get('/orders');
    await clock.settle();
    expect(origin.database.transactions).toBe(0);
  });

  it('keeps nothing where the database is full, and goes on in memory', async () => {
    const { origin, here, server } = await signedIn();
    origin.database.manner = 'is full';
    await here.refresh();
    expect(here.events.map(({ type }) => type)).toEqual(['storage-failed', 'refreshed']);
    expect([mirrored(origin), kept(origin)]).toEqual([undefined, undefined]);
    here.get('/orders');
    expect(server.call.token).toBe('a1');
  });

  it('ends no session because the refresh token cannot be read', async () => {
    const { origin, server } = await signedIn();
    const reloaded = open(origin, { server });
    origin.database.manner = 'fails to open';
    const caller = reloaded.get('/orders');
    server.call.reject();
    await reloaded.clock.settle();
    expect([caller.got, reloaded.session.signedIn()]).toEqual([
      { status: 0, code: 'refresh-unavailable' },
      true,
    ]);
  });

  it('removes what is there, and nothing else, at a sign-out', async () => {
    const { origin, here } = await signedIn();
    origin.local.set('theirs', 'kept');
    here.session.signOut();
    await here.clock.settle();
    expect([mirrored(origin), origin.local.get('theirs')]).toEqual([undefined, 'kept']);
    expect(kept(origin)).toBeUndefined();
  });
});

describe('another tab', () => {
  it('is signed in at once where one signs in', async () => {
    const origin = new FakeOrigin();
    const server = new FakeServer();
    const [here, there] = [open(origin, { server }), open(origin, { server })];
    here.session.signIn(server.issueTokens());
    there.get('/orders');
    expect([there.events, server.call.token]).toEqual([[SIGNED_IN], 'a0']);
    await here.clock.settle();
    expect(there.events).toEqual([SIGNED_IN]);
  });

  it('is signed out at once where one signs out', async () => {
    const { origin, here, server } = await signedIn();
    const there = open(origin, { server });
    here.session.signOut();
    there.get('/orders');
    expect([there.events, server.call.token]).toEqual([[SIGNED_OUT], null]);
  });

  it('goes over to the other user, and replays nothing as them', async () => {
    const { origin, here, server } = await signedIn();
    const there = open(origin, { server });
    const rejected = there.get('/rejected');
    const rejection = server.call.reject();
    const held = there.get('/held');
    here.session.signIn(OTHER_USER);
    await here.clock.settle();
    expect(rejected.failure).toBe(rejection);
    expect([held.got, there.events]).toEqual([{ status: 401, code: 'session-ended' }, [SIGNED_IN]]);
    there.get('/orders');
    expect(server.call.token).toBe('b0');
  });

  it('has the tokens of a refresh at once', async () => {
    const { origin, here, server } = await signedIn();
    const there = open(origin, { server });
    await here.refresh();
    there.get('/orders');
    expect([there.events, server.call.token]).toEqual([[REFRESHED], 'a1']);
  });

  it('is told of no tokens but its own where it refreshes itself', async () => {
    const { here } = await signedIn();
    await here.refresh();
    expect(here.events).toEqual([{ type: 'refreshed', origin: 'this-tab' }]);
  });

  it('is told of no tokens but its own, whatever it hears between their write and their use', async () => {
    const { origin, server } = await signedIn();
    const tab = origin.openTab();
    const there = openIn(tab, { server });
    const forced = there.session.refresh();
    await there.clock.settle();
    server.answer(server.refresh);
    for (let turn = 0; turn < 30; turn++) {
      await Promise.resolve();
      tab.undergo('pageshow');
    }
    await forced;
    expect(there.events).toEqual([{ type: 'refreshed', origin: 'this-tab' }]);
  });

  it('has what is newer also while it puts its own tokens into the store', async () => {
    const { origin, here, server } = await signedIn();
    const there = open(origin, { server });
    const forced = there.session.refresh();
    await there.clock.settle();
    origin.database.manner = 'never answers';
    server.answer(server.refresh);
    const shown = JSON.parse(origin.local.get(KEY) ?? '') as object;
    origin.put(
      KEY,
      JSON.stringify({ ...shown, version: 9, tokens: { accessToken: 'a9' } }),
      origin.openTab(),
    );
    for (const { get } of [here, there]) get('/orders');
    expect(server.calls.map(String)).toEqual(['GET /orders a9', 'GET /orders a9']);
    expect(there.events).toEqual([REFRESHED]);
    there.clock.advance(4_000);
    await forced;
  });

  it('has the later of two sign-ins, also where the clock was set back', async () => {
    const { origin, here, server } = await signedIn();
    const there = open(origin, { server });
    here.clock.adjustWallClock(-3_600_000);
    there.session.signIn(OTHER_USER);
    await here.clock.settle();
    expect([here.events, kept(origin)]).toEqual([[SIGNED_IN], OTHER_USER]);
  });

  it('keeps whoever has signed in while this one signs out', async () => {
    const { origin, here, server } = await signedIn();
    const there = open(origin, { server });
    origin.isQuiet = true;
    there.session.signIn(OTHER_USER);
    await there.clock.settle();
    here.session.signOut();
    await here.clock.settle();
    expect([there.session.signedIn(), kept(origin)]).toEqual([true, OTHER_USER]);
  });

  for (const event of ['pageshow', 'online', 'visibilitychange'] as const) {
    it(`is followed after ${event}, where it was not heard`, async () => {
      const { origin, here, server } = await signedIn();
      const tab = origin.openTab();
      const there = openIn(tab, { server });
      origin.isQuiet = true;
      here.session.signOut();
      tab.undergo(event);
      expect(there.events).toEqual([SIGNED_OUT]);
    });
  }

  it('is followed where the user clears localStorage by hand', async () => {
    const { origin, here, server } = await signedIn();
    const tab = origin.openTab();
    const there = openIn(tab, { server });
    origin.clear(origin.openTab());
    expect([here.events, there.events]).toEqual([[SIGNED_OUT], [SIGNED_OUT]]);
    await here.clock.settle();
    expect(kept(origin)).toBeUndefined();
  });

  it('stays where it signs in a moment later', async () => {
    const { origin, here, server } = await signedIn();
    const there = open(origin, { server });
    origin.isQuiet = true;
    here.session.signIn({ accessToken: 'c0' });
    here.clock.advance(10);
    there.session.signIn(OTHER_USER);
    origin.isQuiet = false;
    await here.clock.settle();
    expect([here.events.at(-1), kept(origin)]).toEqual([SIGNED_IN, OTHER_USER]);
    here.get('/orders');
    expect(server.call.token).toBe('b0');
  });

  it('brings no session back that ended while a refresh was written', async () => {
    const { origin, here, server } = await signedIn();
    const there = open(origin, { server });
    const forced = there.session.refresh().catch(() => 'ended');
    await there.clock.settle();
    origin.isQuiet = true;
    here.session.signOut();
    server.answer(server.refresh);
    expect(await forced).toBe('ended');
    await here.clock.settle();
    expect([there.events, mirrored(origin), kept(origin)]).toEqual([[SIGNED_OUT], undefined, undefined]);
  });
});

describe("storage: 'session' in a duplicated tab", () => {
  it('ends alone, unsent, where the other has used its refresh token', async () => {
    const { here, there, server } = await duplicated();
    await here.refresh();
    const caller = there.get('/orders');
    const rejection = server.call.reject();
    await there.clock.settle();
    expect([server.refreshes.length, there.events]).toEqual([1, [{ ...SIGNED_OUT }]]);
    expect(caller.failure).toBe(rejection);
    expect(here.session.signedIn()).toBe(true);
  });

  it('ends where the other has signed out', async () => {
    const { here, there } = await duplicated();
    here.session.signOut();
    await here.clock.settle();
    await there.session.refresh().catch(() => undefined);
    expect([there.session.signedIn(), there.events]).toEqual([false, [SIGNED_OUT]]);
  });

  it('keeps no token in the database', async () => {
    const { origin, here } = await duplicated();
    await here.refresh();
    // The key is an id, which may hold the letters of any token.
    expect([...origin.database.entries.values()]).toEqual([2]);
  });
});

describe('a page without IndexedDB', () => {
  it('keeps the whole record in localStorage, and says so once', () => {
    const origin = new FakeOrigin({ locks: true, database: false });
    const { session, server, printed } = open(origin, {});
    session.signIn(server.issueTokens());
    expect(mirrored(origin)).toEqual({ accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 });
    expect(printed.length).toBe(1);
    expect(printed[0]).toMatch(/^warn: .*IndexedDB/);
  });

  it('says nothing in a production build', () => {
    buildForProduction();
    expect(open(new FakeOrigin({ locks: true, database: false }), {}).printed).toEqual([]);
  });

  it('is not told where its tabs share nothing', () => {
    const { printed } = open(new FakeOrigin({ locks: false, database: false }), { storage: 'memory' });
    expect(printed).toEqual([]);
  });
});

/** A page load in a new tab, with nobody signed in by the set-up. */
function open(origin: FakeOrigin, options: SetupOptions) {
  return openIn(origin.openTab(), options);
}

function openIn({ provider }: FakeTab, options: SetupOptions) {
  const page = setup({ signedIn: false, storage: 'local', ...options, providers: [provider] });
  const refresh = async (): Promise<void> => {
    const forced = page.session.refresh();
    await page.clock.settle();
    page.server.answer(page.server.refresh);
    await forced;
  };
  return { ...page, refresh };
}

/** One tab with `a0` and `r0`, and all of it stored. */
async function signedIn() {
  const origin = new FakeOrigin();
  const server = new FakeServer();
  const here = open(origin, { server });
  here.session.signIn(server.issueTokens());
  await here.clock.settle();
  here.events.length = 0;
  return { origin, here, server };
}

/** A tab and its copy. */
async function duplicated() {
  const origin = new FakeOrigin();
  const server = new FakeServer();
  const tab = origin.openTab();
  const here = openIn(tab, { server, storage: 'session' });
  here.session.signIn(server.issueTokens());
  await here.clock.settle();
  const there = openIn(origin.duplicate(tab), { server, storage: 'session' });
  expect(there.session.signedIn()).toBe(true);
  return { origin, here, there, server };
}

/** The tokens that localStorage shows; of a session that is over it only says so. */
function mirrored({ local }: FakeOrigin): unknown {
  return tokensIn(local.get(KEY));
}

/** The tokens that the database holds. */
function kept({ database }: FakeOrigin): unknown {
  return tokensIn(database.entries.get('session'));
}

function tokensIn(record: unknown): unknown {
  const tokens = typeof record === 'string' ? (JSON.parse(record) as { tokens?: object }).tokens : {};
  return tokens && Object.keys(tokens).length > 0 ? tokens : undefined;
}
