import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { eventually } from '../stage/eventually.ts';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { holdsOneOf, readStored } from './stored.ts';
import { inWords, type RemoteTab } from './tab.ts';
import { openTabStage, type TabStage } from './tab-stage.ts';

const ROOM_BYTES = 300_000;

after(disconnectBrowser);

describe('a full store', () => {
  it('takes no refreshed tokens into its database, and the session goes on in memory', () =>
    onFullTab(ROOM_BYTES, async (stage, tab) => {
      await tab.signIn('clerk');
      await eventually(async () => (await readStored(tab)).databases.includes(newestOf(stage)), true);
      await tab.page.evaluate(fillDatabase);
      assert.equal(await callAnew(stage, tab), 200);
      await assertWentOnInMemory(stage, tab);
    }));

  it('takes no refreshed tokens into localStorage, and the session goes on in memory', () =>
    onFullTab(null, async (stage, tab) => {
      await tab.signIn('clerk');
      // The record grows by one character when its version needs a second digit.
      for (let version = 2; version < 10; version++) assert.equal(await callAnew(stage, tab), 200);
      await tab.page.evaluate(fillLocalStorage);
      assert.equal(await callAnew(stage, tab), 200);
      await assertWentOnInMemory(stage, tab);
    }));

  it('signs the other tabs out, for the tokens they have are spent', () =>
    onFullTab(ROOM_BYTES, async (stage, tab) => {
      await tab.signIn('clerk');
      const other = await stage.open();
      await eventually(() => other.signedIn(), true);
      await tab.page.evaluate(fillDatabase);
      assert.equal(await callAnew(stage, tab), 200);
      await eventually(() => other.signedIn(), false);
      assert.equal((await other.call()).status, 401);
      assert.equal((await tab.call()).status, 200);
      assert.equal(stage.server.wire.log.refreshes.length, 1);
    }));

  it('takes no sign-in into its database, and the session goes on in memory', () =>
    onFullTab(1, async (stage, tab) => {
      await tab.signIn('clerk');
      await assertWentOnInMemory(stage, tab);
    }));

  it('takes no sign-in into localStorage, and the session goes on in memory', () =>
    onFullTab(null, async (stage, tab) => {
      await tab.page.evaluate(fillLocalStorage);
      await tab.signIn('clerk');
      await assertWentOnInMemory(stage, tab);
    }));
});

/** Opens one tab, whose origin has so much room for databases. */
async function onFullTab(
  roomBytes: number | null,
  walk: (stage: TabStage, tab: RemoteTab) => Promise<void>,
): Promise<void> {
  const stage = await openTabStage();
  try {
    const tab = await stage.open();
    if (roomBytes !== null) {
      // Before the first use: later Chromium goes on with the room it knew of.
      const session = await tab.page.context().newCDPSession(tab.page);
      await session.send('Storage.overrideQuotaForOrigin', { origin: stage.origin, quotaSize: roomBytes });
    }
    await walk(stage, tab);
  } finally {
    await stage.close();
  }
}

async function assertWentOnInMemory(stage: TabStage, tab: RemoteTab): Promise<void> {
  await eventually(async () => inWords(await tab.events()).includes('storage-failed this-tab'), true);
  assert.equal((await tab.call()).status, 200);
  const { local, databases } = await readStored(tab);
  const { tokens } = stage.server.wire.log;
  assert.ok(!holdsOneOf(JSON.stringify(local), tokens), 'localStorage still holds a token');
  assert.ok(!holdsOneOf(databases, tokens), 'the database still holds a token');
  assert.equal(await callAnew(stage, tab), 200, 'the next refresh does not go on');
  assert.equal(await tab.signedIn(), true);
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
