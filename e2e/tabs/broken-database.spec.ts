import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { eventually } from '../stage/eventually.ts';
import { connectBrowser, disconnectBrowser } from '../stage/shared-browser.ts';
import { type Fault, faultCount, type FaultPlan, release, setFaults, withFaults } from './database-faults.ts';
import type { TokenServer } from './servers/token-server.ts';
import { holdsOneOf, readStored } from './stored.ts';
import { reload, type RemoteTab } from './tab.ts';
import { openTabStage } from './tab-stage.ts';

// Each waits for the time limit of the library, more than it works.
const AT_ONCE = 4;

// The tab tries six times to open it, each for 300 ms.
const UNTIL_GIVEN_UP_MS = 3000;

const LASTING: Readonly<Record<string, Fault>> = {
  'fails each time it is opened': 'failing',
  'throws in each transaction': 'closing',
  'never answers': 'held',
};

after(disconnectBrowser);

describe('if IndexedDB answers too late, once,', { concurrency: AT_ONCE }, () => {
  it('while tokens are stored, the refresh succeeds, and the late answer stores them', () =>
    onOrigin(async (origin) => {
      const tab = await signInStored(origin);
      await refreshWith('held', origin, tab);
      assert.equal(await isStored(origin), false);
      await release(tab);
      await eventually(() => isStored(origin), true);
      await assertGoesOn(origin, tab);
    }));

  it('while tokens are stored, a reload before the answer goes on with them', () =>
    onOrigin(async (origin) => {
      const tab = await signInStored(origin);
      await refreshWith('held', origin, tab);
      await assertGoesOn(origin, tab);
    }));

  it('while tokens are stored, the next refresh of the page stores its tokens', () =>
    onOrigin(async (origin) => {
      const tab = await signInStored(origin);
      await refreshWith('held', origin, tab);
      await assertRefreshes(origin, tab);
      await eventually(() => isStored(origin), true);
    }));

  it('while tokens are stored, the late answer replaces no newer tokens of another tab', () =>
    onOrigin(async (origin) => {
      const tab = await signInStored(origin);
      const other = await origin.open();
      await refreshWith('held', origin, tab);
      await assertCallsUnrefreshed(origin, other);
      await assertRefreshes(origin, other);
      await release(tab);
      await assertCallsUnrefreshed(origin, tab);
      await assertGoesOn(origin, tab);
      await assertCallsUnrefreshed(origin, other);
    }));

  it('at the start of a refresh, the refresh succeeds', () =>
    onOrigin(async (origin) => {
      const tab = await signInStored(origin);
      await setFaults(tab, { next: 'held' });
      await assertRefreshes(origin, tab);
      assert.equal(await faultCount(tab), 1);
      await release(tab);
      await assertGoesOn(origin, tab);
    }));

  it('at a sign-in, a reload is signed in', () =>
    onOrigin(async (origin) => {
      const tab = await origin.open();
      await setFaults(tab, { next: 'held' });
      await tab.signIn('clerk');
      assert.equal(await faultCount(tab), 1);
      await assertGoesOn(origin, tab);
    }));

  it('at a sign-out, a reload is signed out, and no token is left', () =>
    onOrigin(async (origin) => {
      const tab = await signInStored(origin);
      await setFaults(tab, { next: 'held' });
      await tab.signOut();
      assert.equal(await faultCount(tab), 1);
      await assertSignedOut(origin, tab);
    }));
});

describe('if IndexedDB throws in one transaction,', { concurrency: AT_ONCE }, () => {
  it('at a page load, the session goes on', () =>
    onOrigin(async (origin) => {
      await signInStored(origin);
      const tab = await origin.open({ next: 'closing' });
      await eventually(() => faultCount(tab), 1);
      await assertGoesOn(origin, tab);
    }));

  it('at a sign-in, a reload is signed in', () =>
    onOrigin(async (origin) => {
      const tab = await origin.open();
      await setFaults(tab, { next: 'closing' });
      await tab.signIn('clerk');
      await eventually(() => isStored(origin), true);
      assert.equal(await faultCount(tab), 1);
      await assertGoesOn(origin, tab);
    }));

  it('while tokens are stored, the refresh succeeds', () =>
    onOrigin(async (origin) => {
      const tab = await signInStored(origin);
      await refreshWith('closing', origin, tab);
      await eventually(() => isStored(origin), true);
      await assertGoesOn(origin, tab);
    }));

  it('at a sign-out, a reload is signed out, and no token is left', () =>
    onOrigin(async (origin) => {
      const tab = await signInStored(origin);
      await setFaults(tab, { next: 'closing' });
      await tab.signOut();
      await eventually(() => faultCount(tab), 1);
      await assertSignedOut(origin, tab);
    }));

  it('its connection is closed, so that another page can delete the database', () =>
    onOrigin(async (origin) => {
      const tab = await origin.open({ next: 'closing' });
      await tab.signIn('clerk');
      await eventually(() => isStored(origin), true);
      assert.equal(await faultCount(tab), 1);
      assert.equal(await origin.bystander.evaluate(deleteDatabase), 'success');
    }));
});

describe('if IndexedDB fails late in the tab that signs out', () => {
  it('the sign-in of another tab is kept', () =>
    onOrigin(async (origin) => {
      const tab = await signInStored(origin);
      const other = await origin.open();
      await setFaults(tab, { all: 'failing-late' });
      await tab.signOut();
      // It has failed to store the sign-out, and tries to remove the tokens.
      await eventually(async () => (await faultCount(tab)) >= 3, true);
      await other.signIn('manager');
      await eventually(() => isStored(origin), true);
      await setTimeout(UNTIL_GIVEN_UP_MS);
      await assertGoesOn(origin, other);
    }));
});

for (const [title, all] of Object.entries(LASTING)) {
  describe(`if IndexedDB ${title},`, { concurrency: AT_ONCE }, () => {
    it('a sign-in survives a reload, and can be refreshed', () =>
      onOrigin(async (origin) => {
        const tab = await origin.open({ all });
        await tab.signIn('clerk');
        await reload(tab);
        await assertCallsUnrefreshed(origin, tab);
        await assertRefreshes(origin, tab);
        assert.notEqual(await faultCount(tab), 0);
        await reload(tab);
        await assertCallsUnrefreshed(origin, tab);
      }));

    it('tabs adopt the sign-in, the refresh and the sign-out of one another', () =>
      onOrigin(async (origin) => {
        const [tab, other] = [await origin.open({ all }), await origin.open({ all })];
        await tab.signIn('clerk');
        await eventually(() => other.signedIn(), true);
        await assertRefreshes(origin, other);
        await eventually(() => tab.accessToken(), origin.server.wire.log.newest);
        await assertCallsUnrefreshed(origin, tab);
        await other.signOut();
        await eventually(() => tab.signedIn(), false);
        await assertSignedOut(origin, tab);
      }));

    it('tabs that are rejected at the same moment refresh once', () =>
      onOrigin(async (origin) => {
        const [tab, other] = [await origin.open({ all }), await origin.open({ all })];
        await tab.signIn('clerk');
        await eventually(() => other.signedIn(), true);
        await origin.server.expireAll();
        origin.server.wire.meet(2);
        const ends = await Promise.all([tab.call(), other.call()]);
        assert.deepEqual(
          ends.map(({ status }) => status),
          [200, 200],
        );
        assert.equal(origin.server.wire.log.refreshes.length, 1);
      }));

    it('in one tab, the others refresh for it', () =>
      onOrigin(async (origin) => {
        const [tab, other] = [await origin.open({ all }), await origin.open()];
        await tab.signIn('clerk');
        await eventually(() => other.signedIn(), true);
        await assertRefreshes(origin, tab);
        await assertCallsUnrefreshed(origin, other);
        await assertRefreshes(origin, other);
        await eventually(() => isStored(origin), true);
        await assertCallsUnrefreshed(origin, tab);
        await other.signOut();
        await eventually(() => tab.signedIn(), false);
        await assertSignedOut(origin, other);
      }));

    it('since a page load, the session is kept, and can be refreshed by another page', () =>
      onOrigin(async (origin) => {
        await signInStored(origin);
        const tab = await origin.open({ all });
        await assertCallsUnrefreshed(origin, tab);
        await origin.server.expireAll();
        assert.equal((await tab.call()).code, 'refresh-unavailable');
        assert.equal(await tab.signedIn(), true);
        assert.equal(origin.server.wire.log.refreshes.length, 0);
        await assertRefreshes(origin, await origin.open());
        await assertCallsUnrefreshed(origin, tab);
      }));

    it('since a page load, a sign-out is one for the pages that can read it', () =>
      onOrigin(async (origin) => {
        await signInStored(origin);
        const tab = await origin.open({ all });
        await tab.signOut();
        await assertSignedOut(origin, tab);
      }));
  });
}

/** One origin of the browser, and the server that its pages call. */
interface Origin {
  readonly server: TokenServer;
  open(plan?: FaultPlan): Promise<RemoteTab>;
  /** A page without the library, where no fault occurs. */
  readonly bystander: Page;
}

/** Walks, and asserts that no page has thrown, and that the server has accepted each refresh token. */
async function onOrigin(walk: (origin: Origin) => Promise<void>): Promise<void> {
  const context = await (await connectBrowser()).newContext();
  const errors: string[] = [];
  context.on('weberror', (thrown) => errors.push(thrown.error().message));
  const stage = await openTabStage({ context });
  const { server } = stage;
  try {
    const bystander = await context.newPage();
    await bystander.goto(`${stage.origin}/config.json`);
    await walk({
      server,
      open: (plan = {}) => stage.open(withFaults(plan)),
      bystander,
    });
    assert.deepEqual(errors, []);
    assert.deepEqual([server.wire.log.refused, await server.reuseDetections()], [0, 0]);
  } finally {
    await stage.close();
    await context.close();
  }
}

async function signInStored(origin: Origin): Promise<RemoteTab> {
  const tab = await origin.open();
  await tab.signIn('clerk');
  await eventually(() => isStored(origin), true);
  return tab;
}

/** Refreshes, with one fault when the new tokens are stored. */
async function refreshWith(fault: Fault, { server }: Origin, tab: RemoteTab): Promise<void> {
  await tab.holdRefreshes(true);
  await server.expireAll();
  const called = tab.call();
  await eventually(() => tab.heldRefreshes(), 1);
  await setFaults(tab, { next: fault });
  await tab.holdRefreshes(false);
  assert.equal((await called).status, 200);
  assert.equal(await faultCount(tab), 1);
}

/** Whether the database has the newest tokens, and localStorage no refresh token any more. */
async function isStored({ server, bystander }: Origin): Promise<boolean> {
  const { databases, local } = await readStored({ page: bystander });
  const { newest, tokens } = server.wire.log;
  const isMirrored = tokens.every((token) => token === newest || !JSON.stringify(local).includes(token));
  return newest !== null && databases.includes(newest) && isMirrored;
}

async function assertCallsUnrefreshed({ server }: Origin, tab: RemoteTab): Promise<void> {
  const { length } = server.wire.log.refreshes;
  assert.equal(await tab.signedIn(), true);
  assert.equal((await tab.call()).status, 200);
  assert.equal(server.wire.log.refreshes.length, length);
}

async function assertRefreshes({ server }: Origin, tab: RemoteTab): Promise<void> {
  const { length } = server.wire.log.refreshes;
  await server.expireAll();
  assert.equal((await tab.call()).status, 200);
  assert.equal(server.wire.log.refreshes.length, length + 1);
}

/** A reload is signed in, refreshes, and brings the new tokens to the database. */
async function assertGoesOn(origin: Origin, tab: RemoteTab): Promise<void> {
  await reload(tab);
  await assertCallsUnrefreshed(origin, tab);
  await assertRefreshes(origin, tab);
  await eventually(() => isStored(origin), true);
}

/** In that tab, and in one that is opened later. */
async function assertSignedOut(origin: Origin, tab: RemoteTab): Promise<void> {
  await reload(tab);
  const later = await origin.open();
  const { tokens } = origin.server.wire.log;
  const stored = () => readStored({ page: origin.bystander });
  await eventually(async () => holdsOneOf(JSON.stringify(await stored()), tokens), false);
  await reload(later);
  assert.deepEqual([await tab.signedIn(), await later.signedIn()], [false, false]);
  assert.equal((await later.call()).status, 401);
}

// The page runs this as text, so that it must stand alone. An open connection blocks.
function deleteDatabase(): Promise<string> {
  const deleting = indexedDB.deleteDatabase('ngx-bearer.session');
  return new Promise((resolve) => {
    for (const name of ['success', 'error', 'blocked'])
      deleting.addEventListener(name, () => resolve(name), { once: true });
  });
}
