import type { AuthEvent } from '../public-api';
import { FakeOrigin } from '../spec/fake-origin';
import { FakeServer } from '../spec/fake-server';
import { kept, mirrored, open, openIn, pass, signedInTab } from '../spec/tab-pages';

const KEY = 'ngx-bearer.session';
const SIGNED_OUT: AuthEvent = { type: 'signed-out', reason: 'other-tab', origin: 'other-tab' };
const SIGNED_IN: AuthEvent = { type: 'signed-in', origin: 'other-tab' };
const REFRESHED: AuthEvent = { type: 'refreshed', origin: 'other-tab' };
const OTHER_USER = { accessToken: 'b0', refreshToken: 's0', expiresIn: 3600 };

describe('localTokenStorage() with IndexedDB', () => {
  it('mirrors the session in localStorage without its refresh token', async () => {
    const { origin, here } = await signedInTab();
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

  it('keeps an object in the database, and no text', async () => {
    const { origin } = await signedInTab();
    const stored = origin.database.entries.get('session') as Record<string, unknown>;
    const { format, signIn, id, version, ended, credential } = stored;
    expect([format, signIn, typeof id, version, ended]).toEqual([1, 1, 'string', 1, false]);
    expect(Object.keys(credential as object).sort()).toEqual(['expiresAt', 'refreshFrom', 'tokens']);
  });

  it('sends at once after a reload, and refreshes with the token of the database', async () => {
    const { origin, server } = await signedInTab();
    const reloaded = open(origin, { server });
    reloaded.get('/orders');
    expect(server.call.token).toBe('a0');
    server.call.reject();
    await reloaded.clock.settle();
    expect(server.seen.at(-1)).toBe('refresh r0');
  });

  it('loses no sign-in if the page is left before the database has it', async () => {
    const origin = new FakeOrigin();
    const server = new FakeServer();
    const first = open(origin, { server });
    origin.database.manner = 'never answers';
    first.session.signIn(server.issueTokens());
    first.tab.undergo('pagehide');
    first.leave();
    origin.database.manner = 'works';
    const second = open(origin, { server });
    await second.refresh();
    expect([server.seen, second.session.signedIn()]).toEqual([['refresh r0'], true]);
    expect(mirrored(origin)).toEqual({ accessToken: 'a1', expiresIn: 3600 });
  });

  it('brings a sign-in to the database that only localStorage has', async () => {
    const origin = new FakeOrigin();
    const server = new FakeServer();
    const first = open(origin, { server });
    origin.database.manner = 'never answers';
    first.session.signIn(server.issueTokens());
    first.leave();
    origin.database.manner = 'works';
    const second = open(origin, { server });
    await second.clock.settle();
    expect(kept(origin)).toEqual({ accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 });
    expect(mirrored(origin)).toEqual({ accessToken: 'a0', expiresIn: 3600 });
  });

  it('shows the session of the database at once if localStorage was set back, as by a browser that was killed', async () => {
    const { origin, here, server } = await signedInTab();
    const before = [...origin.local];
    here.session.signIn(OTHER_USER);
    await here.clock.settle();
    here.leave();
    for (const [key, text] of before) origin.local.set(key, text);
    const { clock, get } = open(origin, { server });
    await clock.settle();
    get('/orders');
    expect([mirrored(origin), server.call.token]).toEqual([{ accessToken: 'b0', expiresIn: 3600 }, 'b0']);
  });

  it('looks at the database once behind the start of a page, also with nobody signed in', async () => {
    const origin = new FakeOrigin();
    const { get, server, clock } = open(origin);
    get('/orders');
    expect(server.seen).toEqual(['GET /orders without token']);
    await pass(clock, 1000);
    expect(origin.database.transactions).toBe(1);
  });

  it('writes nothing to localStorage while nothing has changed', async () => {
    const { origin, server } = await signedInTab();
    const before = origin.local.get(KEY);
    const events: Event[] = [];
    const tab = origin.openTab();
    tab.window.addEventListener('storage', (event) => events.push(event));
    const { clock } = open(origin, { server });
    await pass(clock, 1000);
    expect([origin.local.get(KEY), events.length]).toEqual([before, 0]);
  });

  it('removes its entry, and nothing else, at a sign-out', async () => {
    const { origin, here } = await signedInTab();
    origin.local.set('theirs', 'kept');
    here.session.signOut();
    expect([...origin.local]).toEqual([['theirs', 'kept']]);
    await here.clock.settle();
    const { ended, credential } = origin.database.entries.get('session') as Record<string, unknown>;
    expect([ended, credential]).toEqual([true, undefined]);
  });

  it('leaves the record of a newer release in the database alone', async () => {
    const origin = new FakeOrigin();
    const { session, clock, server, get } = open(origin);
    await clock.settle();
    const newer = { format: 2, sealed: 'tokens' };
    origin.database.entries.set('session', newer);
    session.signIn(server.issueTokens());
    await clock.settle();
    get('/orders');
    expect([origin.database.entries.get('session'), server.call.token]).toEqual([newer, 'a0']);
  });

  it('replaces what it cannot read in the database', async () => {
    const { origin, server } = await signedInTab();
    origin.database.entries.set('session', 'unreadable');
    const reloaded = open(origin, { server });
    await reloaded.clock.settle();
    reloaded.session.signIn({ accessToken: 'c0' });
    await reloaded.clock.settle();
    expect(kept(origin)).toEqual({ accessToken: 'c0' });
  });
});

describe('another tab', () => {
  it('is signed in at once if one signs in', async () => {
    const origin = new FakeOrigin();
    const server = new FakeServer();
    const [here, there] = [open(origin, { server }), open(origin, { server })];
    await here.clock.settle();
    here.session.signIn(server.issueTokens());
    there.get('/orders');
    expect([there.events, server.call.token]).toEqual([[SIGNED_IN], 'a0']);
    await pass(here.clock, 1000);
    expect(there.events).toEqual([SIGNED_IN]);
  });

  it('is signed out at once if one signs out', async () => {
    const { origin, here, server } = await signedInTab();
    const there = open(origin, { server });
    here.session.signOut();
    there.get('/orders');
    expect([there.events, server.call.token]).toEqual([[SIGNED_OUT], null]);
  });

  it('goes over to the other user, and replays nothing as them', async () => {
    const { origin, here, server } = await signedInTab();
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
    const { origin, here, server } = await signedInTab();
    const there = open(origin, { server });
    await here.refresh();
    there.get('/orders');
    expect([there.events, server.call.token]).toEqual([[REFRESHED], 'a1']);
  });

  it('emits only its own tokens if it refreshes itself', async () => {
    const { here } = await signedInTab();
    await here.refresh();
    await pass(here.clock, 1000);
    expect(here.events).toEqual([{ type: 'refreshed', origin: 'this-tab' }]);
  });

  it('emits only its own tokens, whenever the page resumes while they are stored', async () => {
    const { origin, server } = await signedInTab();
    const there = open(origin, { server });
    const forced = there.session.refresh();
    await there.clock.settle();
    server.answer(server.refresh);
    for (let turn = 0; turn < 30; turn++) {
      await Promise.resolve();
      there.tab.undergo('pageshow');
    }
    await forced;
    expect(there.events).toEqual([{ type: 'refreshed', origin: 'this-tab' }]);
  });

  it('adopts what is newer also while it stores its own tokens', async () => {
    const { origin, here, server } = await signedInTab();
    const there = open(origin, { server });
    const forced = there.session.refresh();
    await there.clock.settle();
    origin.database.manner = 'never answers';
    server.answer(server.refresh);
    const shown = JSON.parse(origin.local.get(KEY) ?? '') as { readonly credential: object };
    const credential = { ...shown.credential, tokens: { accessToken: 'a9' } };
    origin.put(KEY, JSON.stringify({ ...shown, version: 9, credential }), origin.openTab());
    for (const { get } of [here, there]) get('/orders');
    expect(server.calls.map(String)).toEqual(['GET /orders a9', 'GET /orders a9']);
    expect(there.events).toEqual([REFRESHED]);
    await pass(there.clock, 4_000);
    await forced;
  });

  it('adopts a sign-in that comes while it signs out', async () => {
    const { origin, here, server } = await signedInTab();
    const there = open(origin, { server });
    origin.isQuiet = true;
    there.session.signIn(OTHER_USER);
    await there.clock.settle();
    here.session.signOut();
    await here.clock.settle();
    expect([there.session.signedIn(), kept(origin)]).toEqual([true, OTHER_USER]);
  });

  for (const event of ['pageshow', 'online', 'visibilitychange'] as const) {
    it(`is followed after ${event}, if the storage event was missed`, async () => {
      const { origin, here, server } = await signedInTab();
      const there = open(origin, { server });
      origin.isQuiet = true;
      here.session.signOut();
      there.tab.undergo(event);
      expect(there.events).toEqual([SIGNED_OUT]);
    });
  }

  it('does not look at the storage when its page becomes hidden', async () => {
    const { origin, here, server } = await signedInTab();
    const there = open(origin, { server });
    await there.clock.settle();
    origin.isQuiet = true;
    here.session.signOut();
    there.tab.hide();
    expect(there.events).toEqual([]);
  });

  it('ends with all others if the user clears localStorage', async () => {
    const { origin, here, server } = await signedInTab();
    const there = open(origin, { server });
    origin.clear(origin.openTab());
    expect([here.events, there.events]).toEqual([[SIGNED_OUT], [SIGNED_OUT]]);
    await here.clock.settle();
    expect(kept(origin)).toBeUndefined();
  });

  it('wins over another if it signs in a moment later, though no event was dispatched yet', async () => {
    for (let round = 0; round < 10; round++) {
      const { origin, here, server } = await signedInTab();
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
    }
  });

  it('brings no session back that ended while a refresh was stored', async () => {
    const { origin, here, server } = await signedInTab();
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

describe('a page load that finds localStorage empty', () => {
  it('ends a session of the database after 750 ms, as a sign-out of the user', async () => {
    const { origin, here, server } = await signedInTab();
    here.leave();
    origin.local.clear();
    const reloaded = open(origin, { server });
    await pass(reloaded.clock, 740);
    expect(kept(origin)).not.toBeUndefined();
    await pass(reloaded.clock, 50);
    expect([kept(origin), reloaded.session.signedIn(), origin.local.size]).toEqual([undefined, false, 0]);
  });

  it('follows another tab that is signing in, and whose entry shows late', async () => {
    const { origin, here, server } = await signedInTab();
    const entry = origin.local.get(KEY) ?? '';
    origin.isQuiet = true;
    origin.local.delete(KEY);
    const reloaded = open(origin, { server });
    await pass(reloaded.clock, 100);
    origin.local.set(KEY, entry);
    await pass(reloaded.clock, 1000);
    expect([reloaded.session.signedIn(), here.session.signedIn()]).toEqual([true, true]);
    expect(kept(origin)).toEqual({ accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 });
  });

  it('reads localStorage again if it may not read it at first', async () => {
    const { origin, here, server } = await signedInTab();
    here.leave();
    const tab = origin.openTab();
    const area = tab.window.localStorage as { getItem: (key: string) => string | null };
    const { getItem } = area;
    const reloaded = openIn(tab, { server });
    area.getItem = () => {
      throw new DOMException('The storage is busy.', 'UnknownError');
    };
    tab.undergo('pageshow');
    await pass(reloaded.clock, 1000);
    area.getItem = getItem;
    expect([reloaded.session.signedIn(), kept(origin)]).toEqual([
      true,
      { accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 },
    ]);
  });
});
