import { of } from 'rxjs';
import { FakeOrigin } from '../spec/fake-origin';
import { buildForProduction } from '../spec/production';
import { afterwards, setup } from '../spec/setup';
import { kept, mirrored, open, pass, signedInTab, type TabPage } from '../spec/tab-pages';

const WHOLE = { accessToken: 'a1', refreshToken: 'r1', expiresIn: 3600 };

const MOMENTS = ['before the refresh', 'after the refresh'] as const;
const MIRROR = { accessToken: 'a1', expiresIn: 3600 };

describe('a database that is slow once,', () => {
  for (const moment of MOMENTS) {
    it(`${moment} is written again by the next refresh, and keeps no used token`, async () => {
      const { origin, here } = await signedInTab();
      await refreshSlowly(here, origin, moment);
      await here.refresh();
      expect([kept(origin), mirrored(origin)]).toEqual([
        { accessToken: 'a2', refreshToken: 'r2', expiresIn: 3600 },
        { accessToken: 'a2', expiresIn: 3600 },
      ]);
      await late(here, origin);
      expect(kept(origin)).toEqual({ accessToken: 'a2', refreshToken: 'r2', expiresIn: 3600 });
    });

    it(`${moment} counts as soon as it answers`, async () => {
      const { origin, here } = await signedInTab();
      await refreshSlowly(here, origin, moment);
      await late(here, origin);
      expect([kept(origin), mirrored(origin)]).toEqual([WHOLE, MIRROR]);
    });

    it(`${moment} leaves a page load with the new tokens`, async () => {
      const { origin, here, server } = await signedInTab();
      await refreshSlowly(here, origin, moment);
      here.leave();
      const reloaded = open(origin, { server });
      await reloaded.refresh();
      expect([server.seen.at(-1), kept(origin)]).toEqual([
        'refresh r1',
        { accessToken: 'a2', refreshToken: 'r2', expiresIn: 3600 },
      ]);
    });
  }

  it('at the commit counts as soon as it answers', async () => {
    const { origin, here } = await signedInTab();
    await refreshSlowly(here, origin, 'at the commit');
    expect(mirrored(origin)).toEqual(WHOLE);
    await late(here, origin);
    expect([kept(origin), mirrored(origin)]).toEqual([WHOLE, MIRROR]);
  });

  it('after the refresh, is written to when the page resumes', async () => {
    const { origin, here } = await signedInTab();
    await refreshSlowly(here, origin, 'after the refresh');
    here.tab.undergo('pageshow');
    await here.clock.settle();
    expect(kept(origin)).toEqual(WHOLE);
  });

  it('after the refresh, emits nothing, and warns nobody', async () => {
    const { origin, here } = await signedInTab();
    await refreshSlowly(here, origin, 'after the refresh');
    await late(here, origin);
    expect([here.events, here.printed]).toEqual([[{ type: 'refreshed', origin: 'this-tab' }], []]);
  });
});

describe('a database that cannot be opened', () => {
  it('leaves all tokens in localStorage, and the next page goes on with them', async () => {
    const origin = new FakeOrigin();
    origin.database.manner = 'fails to open';
    const { session, server, clock, leave } = open(origin);
    session.signIn(server.issueTokens());
    await pass(clock, 600);
    expect(mirrored(origin)).toEqual({ accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 });
    leave();
    const reloaded = open(origin, { server });
    await refreshIn(reloaded);
    expect([server.seen, mirrored(origin)]).toEqual([['refresh r0'], WHOLE]);
  });

  it('ends the session everywhere at a sign-out', async () => {
    const origin = new FakeOrigin();
    origin.database.manner = 'fails to open';
    const [here, there] = [open(origin), open(origin)];
    here.session.signIn({ accessToken: 'a0', refreshToken: 'r0' });
    await pass(here.clock, 100);
    here.session.signOut();
    await pass(here.clock, 100);
    expect([there.session.signedIn(), origin.local.size]).toEqual([false, 0]);
  });

  it('is not asked again after two failures, and one warning says so', async () => {
    const origin = new FakeOrigin();
    origin.database.manner = 'fails to open';
    const { session, server, clock, printed } = open(origin);
    session.signIn(server.issueTokens());
    await pass(clock, 1000);
    const openDatabase = origin.database.open.bind(origin.database);
    let opened = 0;
    origin.database.open = (name) => {
      opened++;
      return openDatabase(name);
    };
    session.signIn(server.issueTokens());
    await pass(clock, 1000);
    expect(opened).toBe(0);
    expect([printed.length, printed[0]]).toEqual([1, expectedWarning(printed)]);
  });

  it('emits storage-failed if localStorage cannot keep the tokens either, and keeps none', async () => {
    const { origin, here } = await signedInTab();
    origin.database.manner = 'fails to open';
    origin.isFull = true;
    await refreshIn(here);
    expect(here.events.map(({ type }) => type).sort()).toEqual(['refreshed', 'storage-failed']);
    expect([origin.local.size, here.session.signedIn()]).toEqual([0, true]);
  });

  it('ends no session because the refresh token cannot be read', async () => {
    const { origin, server } = await signedInTab();
    origin.database.manner = 'fails to open';
    const reloaded = open(origin, { server });
    const caller = reloaded.get('/orders');
    server.call.reject();
    await pass(reloaded.clock, 2500);
    expect([caller.got, reloaded.session.signedIn(), server.refreshes.length]).toEqual([
      { status: 0, code: 'refresh-unavailable' },
      true,
      0,
    ]);
  });
});

describe('a database that loses its connection once', () => {
  it('is asked again, and nothing fails', async () => {
    const { origin, here } = await signedInTab();
    origin.database.lostConnections = 1;
    await here.refresh();
    expect([kept(origin), mirrored(origin)]).toEqual([WHOLE, MIRROR]);
    expect([here.events.length, here.printed]).toEqual([1, []]);
  });
});

describe('a page without IndexedDB', () => {
  const has = { locks: true, database: false };

  it('keeps the whole session in localStorage, and warns once', () => {
    const origin = new FakeOrigin(has);
    const { session, server, printed } = open(origin);
    session.signIn(server.issueTokens());
    expect(mirrored(origin)).toEqual({ accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 });
    expect([printed.length, printed[0]]).toEqual([1, expectedWarning(printed)]);
  });

  it('warns nobody in a production build', () => {
    buildForProduction();
    expect(open(new FakeOrigin(has)).printed).toEqual([]);
  });

  it('warns nobody if its tabs share nothing', () => {
    const { provider } = new FakeOrigin({ locks: false, database: false }).openTab();
    expect(setup({ signedIn: false, providers: [provider] }).printed).toEqual([]);
  });

  it('refreshes once for two tabs', async () => {
    const { origin, here, server } = await signedInTab({ has });
    const there = open(origin, { server });
    const both = [here, there].map(({ session }) => session.refresh());
    await pass(here.clock, 200);
    server.answer(server.refresh);
    await pass(here.clock, 200);
    await Promise.all(both);
    expect([server.refreshes.length, there.events]).toEqual([
      1,
      [{ type: 'refreshed', origin: 'other-tab' }],
    ]);
  });
});

describe('one refresh with localTokenStorage()', () => {
  it('takes two transactions, and parses or writes JSON twice', async () => {
    const refresh = () => of({ accessToken: 'a1', refreshToken: 'r1' });
    const { origin, here } = await signedInTab({ refresh });
    const before = origin.database.transactions;
    const calls = countJson();
    await here.session.refresh();
    await here.clock.settle();
    expect(kept(origin)).toEqual({ accessToken: 'a1', refreshToken: 'r1' });
    expect(origin.database.transactions - before).toBe(2);
    expect(calls.length).toBeLessThan(3);
  });
});

/** A refresh during which the database is slow once. */
async function refreshSlowly(
  page: TabPage,
  { database }: FakeOrigin,
  moment: (typeof MOMENTS)[number] | 'at the commit',
) {
  const { session, server, clock } = page;
  if (moment === 'before the refresh') database.manner = 'opens on demand';
  const forced = session.refresh();
  await pass(clock, 1900);
  database.manner = 'works';
  await pass(clock, 1000);
  if (moment === 'after the refresh') database.manner = 'opens on demand';
  if (moment === 'at the commit') database.manner = 'commits on demand';
  server.answer(server.refresh);
  await pass(clock, 2500);
  await forced;
  database.manner = 'works';
  expect(await session.accessToken()).toBe('a1');
}

/** The database answers what it was asked before. */
async function late({ clock }: TabPage, { database }: FakeOrigin): Promise<void> {
  database.proceed();
  await pass(clock, 500);
}

async function refreshIn({ session, server, clock }: TabPage): Promise<void> {
  const forced = session.refresh();
  await pass(clock, 1200);
  server.answer(server.refresh);
  await pass(clock, 1200);
  await forced;
}

/** The first warning, if it is about IndexedDB. */
function expectedWarning([first = '']: readonly string[]): string {
  return /^warn: .*IndexedDB/.test(first) ? first : 'a warning about IndexedDB';
}

function countJson(): string[] {
  const calls: string[] = [];
  const { parse, stringify } = JSON;
  const counting =
    (method: (...parts: never[]) => unknown, name: string) =>
    (...parts: never[]): unknown => {
      calls.push(name);
      return method(...parts);
    };
  Object.assign(JSON, { parse: counting(parse, 'parse'), stringify: counting(stringify, 'stringify') });
  afterwards(() => {
    Object.assign(JSON, { parse, stringify });
  });
  return calls;
}
