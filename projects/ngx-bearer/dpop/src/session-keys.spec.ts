import { localTokenStorage, provideAuth, sessionTokenStorage } from 'ngx-bearer';
import { FakeOrigin, type FakeTab } from '../../src/spec/fake-origin';
import { FakeServer } from '../../src/spec/fake-server';
import { pass } from '../../src/spec/tab-pages';
import { dpop } from './public-api';
import { keyOf, readProof } from './spec/read-proof';
import { type DpopSetup, openDpop } from './spec/setup';

const DATABASE = 'ngx-bearer.dpop';

describe('the key of a session', () => {
  it('is the one that dpopKey gave to the sign-in', async () => {
    const { world, page } = await signedIn();
    expect(await keyOfRequest(page)).toBe(await keyOf(world.pair));
    expect(storedKeys(world).length).toBe(1);
  });

  it('cannot be exported, and is ECDSA on P-256', async () => {
    const { world } = await signedIn();
    const { privateKey } = world.pair;
    expect([privateKey.extractable, privateKey.algorithm, privateKey.usages]).toEqual([
      false,
      Object.assign(Object.create(Object.getPrototypeOf(privateKey.algorithm) as object), {
        name: 'ECDSA',
        namedCurve: 'P-256',
      }),
      ['sign'],
    ]);
  });

  it('is made if nobody asked for one', async () => {
    const world = openWorld();
    const page = open(world);
    page.session.signIn(world.server.issueTokens());
    const key = await keyOfRequest(page);
    await pass(page.clock, 100);
    const reloaded = reload(world, page);
    expect(await keyOfRequest(reloaded)).toBe(key);
  });

  it('is the same after a reload, in another tab and after a refresh there', async () => {
    const { world, page } = await signedIn();
    const key = await keyOf(world.pair);
    const other = open(world, world.origin.openTab());
    expect(await keyOfRequest(other)).toBe(key);
    await refresh(other);
    expect(await keyOfRequest(reload(world, page))).toBe(key);
  });

  it('is that of the sign-in also if the page was left between dpopKey and signIn', async () => {
    const world = openWorld();
    const before = open(world);
    const key = await keyOf(await before.keyForSignIn());
    const after = reload(world, before);
    expect(await keyOf(await after.keyForSignIn())).toBe(key);
    const again = reload(world, after);
    again.session.signIn(world.server.issueTokens());
    expect(await keyOfRequest(again)).toBe(key);
  });

  it('is found by a tab that learns of the sign-in before its key is stored', async () => {
    const world = openWorld();
    const other = open(world, world.origin.openTab());
    const page = open(world);
    const key = await keyOf(await page.keyForSignIn());
    page.session.signIn(world.server.issueTokens());
    expect(other.session.signedIn()).toBe(true);
    expect(await keyOfRequest(other)).toBe(key);
    expect([page.session.signedIn(), other.session.signedIn()]).toEqual([true, true]);
  });

  it('is another one for each sign-in; the one of the session before is removed with it', async () => {
    const { world, page } = await signedIn();
    const other = open(world, world.origin.openTab());
    const next = await page.keyForSignIn();
    expect(await keyOfRequest(page)).toBe(await keyOf(world.pair));
    page.session.signIn(world.server.issueTokens());
    await pass(page.clock, 100);
    const keys = await Promise.all([keyOfRequest(page), keyOfRequest(other)]);
    expect(new Set(keys)).toEqual(new Set([await keyOf(next)]));
    expect((await keyOf(next)) === (await keyOf(world.pair))).toBe(false);
    expect(storedKeys(world).length).toBe(1);
  });

  it('stays if a refresh brings another user, whose tokens are bound to it', async () => {
    const { world, page } = await signedIn({ server: new FakeServer({ mint: userToken }) });
    const refreshed = page.session.refresh().catch(() => 'another user');
    await page.until(() => world.server.refreshes.length === 1);
    world.server.refresh.succeed(world.server.issueTokens());
    expect(await refreshed).toBe('another user');
    expect(page.session.claims()).toEqual({ sub: 'user 1' });
    expect(await keyOfRequest(page)).toBe(await keyOf(world.pair));
  });

  it('is gone after a sign-out, in every tab', async () => {
    const { world, page } = await signedIn();
    const other = open(world, world.origin.openTab());
    await keyOfRequest(other);
    void page.session.signOut();
    await pass(page.clock, 1000);
    expect([other.session.signedIn(), storedKeys(world)]).toEqual([false, []]);
  });

  it('is gone after a refusal', async () => {
    const { world, page } = await signedIn();
    const refreshed = page.session.refresh().catch(() => 'refused');
    await page.until(() => world.server.refreshes.length === 1);
    world.server.refresh.fail(400, { body: { error: 'invalid_grant' } });
    await pass(page.clock, 100);
    expect([await refreshed, storedKeys(world)]).toEqual(['refused', []]);
  });

  it('stays when the page is left', async () => {
    const { world, page } = await signedIn();
    page.leave();
    await pass(page.clock, 100);
    expect(storedKeys(world).length).toBe(1);
  });

  it('is shared with a duplicated tab', async () => {
    const { world, page } = await signedIn({ storage: sessionTokenStorage() });
    const copy = open(world, world.origin.duplicate(world.tab));
    expect(await keyOfRequest(copy)).toBe(await keyOf(world.pair));
    expect(await keyOfRequest(page)).toBe(await keyOf(world.pair));
  });

  it('of each named session is its own', async () => {
    const world = openWorld();
    const billing = provideAuth({
      name: 'billing',
      allow: ['https://billing.example.com'],
      refresh: () => [],
      proof: dpop({ key: 'shop' }),
    });
    const page = open(world, world.tab, { providers: [world.tab.provider, billing] });
    const keys = await Promise.all(
      [page.keyForSignIn(), page.keyForSignIn('billing')].map(async (pair) => keyOf(await pair)),
    );
    expect(new Set(keys).size).toBe(2);
    expect(world.origin.database.opened).toContain('shop.billing.dpop');
  });
});

describe('a session whose key is lost', () => {
  it('ends at once when the page loads, with one warning, and nothing is sent', async () => {
    const { world, page } = await signedIn();
    page.leave();
    world.origin.database.deleteDatabase(DATABASE);
    const after = open(world);
    const caller = after.get('/orders');
    await pass(after.clock, 1000);
    await after.until(() => caller.failures.length > 0);
    expect(caller.got).toEqual({ status: 401, code: 'session-ended' });
    expect([after.session.signedIn(), world.server.calls.length]).toEqual([false, 0]);
    expect(after.events).toEqual([{ type: 'signed-out', reason: 'refused', origin: 'this-tab' }]);
    expect(after.printed.filter((line) => line.includes('has lost the key')).length).toBe(1);
  });

  it('takes no key that was made beside it for the next sign-in', async () => {
    const { world, page } = await signedIn();
    const next = await page.keyForSignIn();
    dropKeysOfSessions(world);
    const after = reload(world, page);
    await pass(after.clock, 1000);
    await after.until(() => !after.session.signedIn());
    after.session.signIn(world.server.issueTokens());
    expect(await keyOfRequest(after)).toBe(await keyOf(next));
  });

  it('goes on in a tab that has the key in memory', async () => {
    const { world, page } = await signedIn();
    world.origin.database.deleteDatabase(DATABASE);
    expect(await keyOfRequest(page)).toBe(await keyOf(world.pair));
  });
});

describe('without a database that works', () => {
  it('the key is in memory, and the session ends with the page', async () => {
    const world = openWorld({ origin: new FakeOrigin({ locks: true, database: false }) });
    const page = open(world);
    const key = await keyOf(await page.keyForSignIn());
    expect(await keyOf(await page.keyForSignIn())).toBe(key);
    page.session.signIn(world.server.issueTokens());
    expect(await keyOfRequest(page)).toBe(key);
    const after = reload(world, page);
    await pass(after.clock, 1000);
    expect(after.session.signedIn()).toBe(false);
  });

  it('a sign-in goes on, and a warning says what will happen', async () => {
    const world = openWorld();
    world.origin.database.manner = 'fails to open';
    const page = open(world);
    const key = await keyOf(await page.keyForSignIn());
    page.session.signIn(world.server.issueTokens());
    expect(await keyOfRequest(page)).toBe(key);
    expect(page.printed.filter((line) => line.includes('cannot be stored')).length).toBe(1);
  });

  it('a key that cannot be read now fails the request, and is read again for the next one', async () => {
    const { world, page } = await signedIn();
    world.origin.database.manner = 'fails to open';
    const after = reload(world, page);
    const caller = after.get('/now');
    await after.until(() => caller.failures.length > 0);
    expect(caller.got).toEqual({ status: 0, code: 'refresh-unavailable' });
    expect(after.session.signedIn()).toBe(true);
    world.origin.database.manner = 'works';
    expect(await keyOfRequest(after)).toBe(await keyOf(world.pair));
  });

  it('that hangs, the request fails after two seconds', async () => {
    const { world, page } = await signedIn();
    world.origin.database.manner = 'never answers';
    const after = reload(world, page);
    const caller = after.get('/now');
    await pass(after.clock, 2500);
    expect(caller.got).toEqual({ status: 0, code: 'refresh-unavailable' });
  });
});

describe('dpopKey', () => {
  it('rejects with bad-config for a session without dpop()', async () => {
    const { keyForSignIn } = openDpop({ proof: undefined as never });
    expect(String(await keyForSignIn().catch((error: unknown) => error))).toContain('bad-config');
  });

  it('rejects with bad-config for a name that no session has', async () => {
    const { keyForSignIn } = openDpop();
    expect(String(await keyForSignIn('billing').catch((error: unknown) => error))).toContain('bad-config');
  });

  it('gives one key to two calls at once', async () => {
    const { keyForSignIn } = openDpop({ signedIn: false });
    const [one, two] = await Promise.all([keyForSignIn(), keyForSignIn()]);
    expect(one).toBe(two);
  });
});

interface World {
  readonly origin: FakeOrigin;
  readonly server: FakeServer;
  readonly tab: FakeTab;
  readonly storage: NonNullable<DpopSetup['storage']>;
}

function openWorld(given: Partial<World> = {}): World {
  const origin = given.origin ?? new FakeOrigin();
  const { server = new FakeServer(), storage = localTokenStorage() } = given;
  return { origin, server, storage, tab: origin.openTab() };
}

function open({ server, storage, tab }: World, by = tab, more: DpopSetup = {}) {
  return openDpop({ signedIn: false, server, storage, providers: [by.provider], ...more });
}

type Page = ReturnType<typeof open>;

function reload(world: World, page: Page): Page {
  page.leave();
  return open(world);
}

/** One tab, signed in with the key of `dpopKey`, all of it stored. */
async function signedIn(given: Partial<World> = {}) {
  const world = openWorld(given);
  const page = open(world);
  const pair = await page.keyForSignIn();
  page.session.signIn(world.server.issueTokens());
  await pass(page.clock, 100);
  return { world: { ...world, pair }, page };
}

/** The key in the proof of a new request. */
async function keyOfRequest({ get, until, server }: Page): Promise<string> {
  const before = server.calls.length;
  get('/key');
  await until(() => server.calls.length > before);
  const { key } = await readProof(server.call);
  server.call.succeed();
  return key;
}

async function refresh({ session, until, server, clock }: Page): Promise<void> {
  const refreshed = session.refresh();
  await pass(clock, 100);
  await until(() => server.refreshes.length > 0);
  server.refresh.succeed(server.issueTokens());
  await pass(clock, 100);
  await refreshed;
}

function storedKeys({ origin }: World): readonly { readonly id: string }[] {
  return (origin.database.entriesOf(DATABASE).get('keys') ?? []) as { readonly id: string }[];
}

function dropKeysOfSessions(world: World): void {
  const kept = storedKeys(world).filter(({ id }) => id === '');
  world.origin.database.entriesOf(DATABASE).set('keys', kept);
}

function userToken(index: number): string {
  return ['{}', JSON.stringify({ sub: `user ${String(index)}` }), ''].map(btoa).join('.');
}
