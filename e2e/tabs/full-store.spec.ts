import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { skipIn } from '../stage/engine.ts';
import { eventually } from '../stage/eventually.ts';
import { connectBrowser, disconnectBrowser } from '../stage/shared-browser.ts';
import { holdsOneOf, readStored } from './stored.ts';
import { inWords, reload, type RemoteTab } from './tab.ts';
import { openTabStage, type TabStage } from './tab-stage.ts';

const ROOM_BYTES = 300_000;
const NO_LIMIT = 'only the DevTools of Chromium limit the room of one site';
const NO_QUOTA = skipIn({ firefox: NO_LIMIT, webkit: NO_LIMIT });

after(disconnectBrowser);

describe('a full database', () => {
  it('leaves refreshed tokens to localStorage, and a reload is signed in with them', { skip: NO_QUOTA }, () =>
    onFullTab(ROOM_BYTES, async (stage, tab) => {
      await fillAfterSignIn(stage, tab);
      assert.equal(await callAnew(stage, tab), 200);
      assert.ok(!(await readStored(tab)).databases.includes(newestOf(stage)), 'the database took them');
      await reload(tab);
      assert.equal((await tab.call()).status, 200);
      assert.equal(stage.server.wire.log.refreshes.length, 1);
      assert.equal(await callAnew(stage, tab), 200, 'the next refresh does not go on');
      assert.equal(stage.server.wire.log.refused, 0);
    }),
  );

  it('leaves refreshed tokens to localStorage, and the other tabs go on with them', { skip: NO_QUOTA }, () =>
    onFullTab(ROOM_BYTES, async (stage, tab) => {
      await fillAfterSignIn(stage, tab);
      const other = await stage.open();
      await eventually(() => other.signedIn(), true);
      assert.equal(await callAnew(stage, tab), 200);
      assert.equal((await other.call()).status, 200);
      assert.equal(await callAnew(stage, other), 200);
      assert.deepEqual([stage.server.wire.log.succeeded, stage.server.wire.log.refused], [2, 0]);
    }),
  );

  it('leaves a sign-in to localStorage, and a reload is signed in', { skip: NO_QUOTA }, () =>
    onFullTab(1, async (stage, tab) => {
      await tab.signIn('clerk');
      await eventually(
        async () => JSON.stringify((await readStored(tab)).local).includes(newestOf(stage)),
        true,
      );
      await reload(tab);
      assert.equal(await callAnew(stage, tab), 200);
    }),
  );

  it('keeps no token after a sign-out', { skip: NO_QUOTA }, () =>
    onFullTab(ROOM_BYTES, async (stage, tab) => {
      await fillAfterSignIn(stage, tab);
      await tab.signOut();
      await eventually(() => keepsToken(stage, tab), false);
      await reload(tab);
      assert.equal(await tab.signedIn(), false);
      assert.equal(await keepsToken(stage, tab), false);
    }),
  );
});

describe('a full localStorage', () => {
  it('takes no refreshed tokens, and the session goes on in memory', () =>
    onFullTab(null, async (stage, tab) => {
      await tab.signIn('clerk');
      // The record grows by one character when its version needs a second digit.
      for (let version = 2; version < 10; version++) assert.equal(await callAnew(stage, tab), 200);
      await tab.page.evaluate(fillLocalStorage);
      assert.equal(await callAnew(stage, tab), 200);
      await assertWentOnInMemory(stage, tab);
    }));

  it('takes no sign-in, and the session goes on in memory', () =>
    onFullTab(null, async (stage, tab) => {
      await tab.page.evaluate(fillLocalStorage);
      await tab.signIn('clerk');
      await assertWentOnInMemory(stage, tab);
    }));

  it(
    'beside a full database takes nothing, and the other tabs are signed out: their tokens have been used',
    { skip: NO_QUOTA },
    () =>
      onFullTab(ROOM_BYTES, async (stage, tab) => {
        await fillAfterSignIn(stage, tab);
        const other = await stage.open();
        await eventually(() => other.signedIn(), true);
        await tab.page.evaluate(fillLocalStorage);
        assert.equal(await callAnew(stage, tab), 200);
        await eventually(() => other.signedIn(), false);
        assert.equal((await other.call()).status, 401);
        await assertWentOnInMemory(stage, tab);
        assert.equal(stage.server.wire.log.refused, 0);
      }),
  );
});

async function fillAfterSignIn(stage: TabStage, tab: RemoteTab): Promise<void> {
  await tab.signIn('clerk');
  await eventually(async () => (await readStored(tab)).databases.includes(newestOf(stage)), true);
  await tab.page.evaluate(fillDatabase);
}

/** Opens one tab, whose origin has so much room for databases. */
async function onFullTab(
  roomBytes: number | null,
  walk: (stage: TabStage, tab: RemoteTab) => Promise<void>,
): Promise<void> {
  const context = await (await connectBrowser()).newContext();
  const stage = await openTabStage({ context });
  try {
    if (roomBytes !== null) {
      // Before the first page uses a database: Chromium asks for the room no more than every 30 s.
      const session = await context.newCDPSession(await context.newPage());
      await session.send('Storage.overrideQuotaForOrigin', { origin: stage.origin, quotaSize: roomBytes });
    }
    await walk(stage, await stage.open());
  } finally {
    await stage.close();
    await context.close();
  }
}

async function assertWentOnInMemory(stage: TabStage, tab: RemoteTab): Promise<void> {
  await eventually(async () => inWords(await tab.events()).includes('storage-failed this-tab'), true);
  assert.equal((await tab.call()).status, 200);
  await eventually(() => keepsToken(stage, tab), false);
  assert.equal(await callAnew(stage, tab), 200, 'the next refresh does not go on');
  assert.equal(await tab.signedIn(), true);
}

async function keepsToken(stage: TabStage, tab: RemoteTab): Promise<boolean> {
  const { local, databases } = await readStored(tab);
  return holdsOneOf(JSON.stringify(local) + databases, stage.server.wire.log.tokens);
}

async function callAnew({ server }: TabStage, tab: RemoteTab): Promise<number> {
  await server.expireAll();
  return (await tab.call()).status;
}

function newestOf({ server }: TabStage): string {
  return server.wire.log.newest ?? 'nothing yet';
}

// The page runs the following as text, so that each must stand alone.
async function fillDatabase(): Promise<void> {
  const opening = indexedDB.open('filler');
  opening.onupgradeneeded = () => opening.result.createObjectStore('bytes');
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const put = (size: number): Promise<boolean> =>
    new Promise((resolve) => {
      const transaction = opening.result.transaction('bytes', 'readwrite');
      const bytes = crypto.getRandomValues(new Uint8Array(size));
      transaction.objectStore('bytes').put(bytes, Math.random());
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
    });
  for (let size = 65_536; size >= 16;) if (!(await put(size))) size /= 2;
  opening.result.close();
}

/** To the last character. */
function fillLocalStorage(): void {
  let filled = '';
  for (let length = 1_048_576; length >= 1;) {
    try {
      localStorage.setItem('filler', filled + '.'.repeat(length));
      filled += '.'.repeat(length);
    } catch {
      length = Math.floor(length / 2);
    }
  }
}
