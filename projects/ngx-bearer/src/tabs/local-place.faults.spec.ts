import type { AuthEvent } from '../public-api';
import { FakeOrigin } from '../spec/fake-origin';
import { FakeServer } from '../spec/fake-server';
import { kept, mirrored, open, openIn, pass, signedInTab } from '../spec/tab-pages';

const ALICE = { accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 };
const BOB = { accessToken: 'b0', refreshToken: 's0', expiresIn: 3600 };
const SIGNED_OUT: AuthEvent = { type: 'signed-out', reason: 'other-tab', origin: 'other-tab' };
const SIGNED_IN: AuthEvent = { type: 'signed-in', origin: 'other-tab' };
const DAY_MS = 86_400_000;

describe('after a sign-in while the clock was a day ahead', () => {
  it('the next user signs in, in the same tab and for all others', async () => {
    const { origin, here, there, server } = await signedInAhead();
    here.session.signIn(BOB);
    await here.clock.settle();
    await expectBobEverywhere({ origin, pages: [here, there], server });
  });

  it('the next user signs in in another tab, for all others', async () => {
    const { origin, here, there, server } = await signedInAhead();
    there.session.signIn(BOB);
    await here.clock.settle();
    await expectBobEverywhere({ origin, pages: [here, there], server });
  });

  it('the next user signs in in another tab also after localStorage.clear()', async () => {
    const { origin, here, there, server } = await signedInAhead();
    origin.clear(there.tab);
    there.session.signIn(BOB);
    await pass(here.clock, 1000);
    await expectBobEverywhere({ origin, pages: [here, there], server });
  });

  it('the next user signs in on a new page also after localStorage.clear()', async () => {
    const { origin, here, there, server } = await signedInAhead();
    for (const { leave } of [here, there]) leave();
    origin.local.clear();
    const next = open(origin, { server });
    next.session.signIn(BOB);
    await pass(next.clock, 1000);
    await expectBobEverywhere({ origin, pages: [next], server });
  });
});

describe('a browser that is killed, and starts again with an older localStorage,', () => {
  it('ends signed out if the user had signed out', async () => {
    const { origin, here, server } = await signedInTab();
    const flushed = new Map(origin.local);
    here.session.signOut();
    await kill(here);
    origin.rollBack(flushed);
    const restarted = open(origin, { server });
    await restarted.clock.settle();
    restarted.get('/orders');
    await pass(restarted.clock, 300);
    expect([restarted.session.signedIn(), server.call.token, restarted.events]).toEqual([
      false,
      null,
      [SIGNED_OUT],
    ]);
    expect([mirrored(origin), kept(origin)]).toEqual([undefined, undefined]);
  });

  it('ends as the user who signed in last', async () => {
    const { origin, here, server } = await signedInTab();
    const flushed = new Map(origin.local);
    here.session.signIn(BOB);
    await kill(here);
    origin.rollBack(flushed);
    const restarted = open(origin, { server });
    await restarted.clock.settle();
    restarted.get('/orders');
    expect([server.call.token, restarted.events, kept(origin)]).toEqual(['b0', [SIGNED_IN], BOB]);
  });

  it('sends no refresh token that it has used before', async () => {
    const { origin, here, server } = await signedInTab();
    const flushed = new Map(origin.local);
    await here.refresh();
    await kill(here);
    origin.rollBack(flushed);
    const restarted = open(origin, { server });
    const caller = restarted.get('/orders');
    server.call.reject();
    await restarted.clock.settle();
    server.answerAll();
    await restarted.clock.settle();
    expect([server.refreshes.map(String), caller.got]).toEqual([['refresh r0'], 'GET /orders a1']);
  });

  it('follows a user who signs in before the database was read', async () => {
    const { origin, here, server } = await signedInTab();
    const flushed = new Map(origin.local);
    here.session.signOut();
    await kill(here);
    origin.rollBack(flushed);
    const restarted = open(origin, { server });
    restarted.session.signIn(BOB);
    await pass(restarted.clock, 1000);
    expect([restarted.session.signedIn(), kept(origin)]).toEqual([true, BOB]);
  });
});

describe('two applications in one window', () => {
  it('are both signed out in the same turn if one is', async () => {
    const { here, there } = await inOneWindow();
    here.session.signOut();
    there.get('/orders');
    expect([there.events, there.server.call.token]).toEqual([[SIGNED_OUT], null]);
  });

  it('are both signed in in the same turn if one is', async () => {
    const { here, there } = await inOneWindow();
    here.session.signIn(BOB);
    there.get('/orders');
    expect([there.events, there.server.call.token]).toEqual([[SIGNED_IN], 'b0']);
  });

  it('both go on with the tokens of a refresh', async () => {
    const { here, there } = await inOneWindow();
    await here.refresh();
    there.get('/orders');
    expect(there.events).toEqual([{ type: 'refreshed', origin: 'other-tab' }]);
    expect(there.server.call.token).toBe('a1');
  });

  it('are both signed out if another tab removes the entry', async () => {
    const { origin, here, there } = await inOneWindow();
    origin.clear(origin.openTab());
    await pass(here.clock, 1000);
    expect([here.session.signedIn(), there.session.signedIn(), kept(origin)]).toEqual([
      false,
      false,
      undefined,
    ]);
  });
});

describe('a disk that is full', () => {
  for (const manner of ['is full', 'refuses to delete'] as const) {
    it(`at a sign-out leaves no token behind (the database ${manner})`, async () => {
      const { origin, here, server } = await signedInTab();
      origin.database.manner = manner;
      origin.isFull = true;
      here.session.signOut();
      await pass(here.clock, 5000);
      expect([mirrored(origin), kept(origin)]).toEqual([undefined, undefined]);
      here.leave();
      Object.assign(origin.database, { manner: 'works' });
      const reloaded = open(origin, { server });
      await pass(reloaded.clock, 1000);
      expect(reloaded.session.signedIn()).toBe(false);
    });

    it(`after a refresh leaves no used refresh token behind (the database ${manner})`, async () => {
      const { origin, here, server } = await signedInTab();
      origin.database.manner = manner;
      origin.isFull = true;
      await here.refresh();
      await pass(here.clock, 5000);
      expect([mirrored(origin), kept(origin)]).toEqual([undefined, undefined]);
      expect(here.events.map(({ type }) => type).sort()).toEqual(['refreshed', 'storage-failed']);
      here.get('/orders');
      expect(server.call.token).toBe('a1');
    });
  }

  it('of the database only keeps the session in localStorage, with its refresh token', async () => {
    const { origin, here } = await signedInTab();
    origin.database.manner = 'is full';
    await here.refresh();
    await pass(here.clock, 5000);
    expect(mirrored(origin)).toEqual({ accessToken: 'a1', refreshToken: 'r1', expiresIn: 3600 });
    expect(here.events.map(({ type }) => type)).toEqual(['refreshed']);
    here.leave();
    origin.database.manner = 'works';
    const reloaded = open(origin, { server: here.server });
    await reloaded.refresh();
    expect(here.server.seen.at(-1)).toBe('refresh r1');
  });
});

/** What pages that were killed have left behind. */
async function kill({ clock, leave }: ReturnType<typeof openIn>): Promise<void> {
  await clock.settle();
  leave();
}

/** Two tabs, of which one signed in Alice while the clock was a day ahead. */
async function signedInAhead() {
  const origin = new FakeOrigin();
  const server = new FakeServer();
  const [here, there] = [open(origin, { server }), open(origin, { server })];
  await here.clock.settle();
  here.clock.adjustWallClock(DAY_MS);
  here.session.signIn(ALICE);
  await here.clock.settle();
  here.clock.adjustWallClock(-DAY_MS);
  return { origin, here, there, server };
}

interface Everywhere {
  readonly origin: FakeOrigin;
  readonly pages: readonly ReturnType<typeof openIn>[];
  readonly server: FakeServer;
}

/** In all pages, in the database, and on a page that loads now. */
async function expectBobEverywhere({ origin, pages, server }: Everywhere): Promise<void> {
  const reloaded = open(origin, { server });
  await reloaded.clock.settle();
  for (const { get } of [...pages, reloaded]) {
    get('/orders');
    expect(server.call.token).toBe('b0');
  }
  expect(kept(origin)).toEqual(BOB);
}

async function inOneWindow() {
  const { origin, here, server } = await signedInTab();
  const there = openIn(here.tab, { server });
  await here.clock.settle();
  return { origin, here, there };
}
