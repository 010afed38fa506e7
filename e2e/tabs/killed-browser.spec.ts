import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { ENGINE } from '../stage/engine.ts';
import { eventually } from '../stage/eventually.ts';
import { startKillableBrowser } from './own-browser.ts';
import { readStored } from './stored.ts';
import { reload, type RemoteTab } from './tab.ts';
import { openTabStage, showTab, type TabStage } from './tab-stage.ts';

const KEY = 'ngx-bearer.session';

// Chromium writes 5 s after the first change of an origin, and then the changes of all origins.
const UNTIL_WRITTEN_MS = 6000;

/** What happens before localStorage is set back, and what holds after it. */
interface Story {
  readonly title: string;
  /** Ends when the database has the change. */
  readonly change: (stage: TabStage, tab: RemoteTab) => Promise<void>;
  readonly check: (stage: TabStage, open: () => Promise<RemoteTab>) => Promise<void>;
}

const STORIES: readonly Story[] = [
  {
    title: 'after a sign-out, all tabs are signed out, and stay so',
    change: async (_, tab) => {
      await tab.signOut();
      await eventually(async () => /"ended":true/.test((await readStored(tab)).databases), true);
    },
    check: async ({ server }, open) => {
      const tabs = await Promise.all([open(), open()]);
      for (const tab of tabs) await eventually(() => tab.signedIn(), false);
      await assertNobodyCalls(server, tabs);
      await eventually(async () => Object.keys((await readStored(tabs[0])).local), []);
      await Promise.all(tabs.map((tab) => reload(tab)));
      await assertNobodyCalls(server, [...tabs, await open()]);
    },
  },
  {
    title: 'after a change of user, all requests go out as the new user',
    change: async ({ server }, tab) => {
      await tab.signOut();
      await tab.signIn('manager');
      await untilDatabaseHasNewest(server, tab);
    },
    check: async ({ server }, open) => {
      const tab = await open();
      await eventually(() => tab.accessToken(), server.wire.log.newest);
      server.wire.log.forget();
      assert.equal((await tab.call()).username, 'manager');
      await reload(tab);
      assert.equal((await tab.call()).username, 'manager');
      assert.equal((await (await open()).call()).username, 'manager');
      assert.deepEqual(server.wire.log.story, Array(3).fill('200 manager'));
      await server.expireAll();
      assert.equal((await tab.call()).username, 'manager');
      assert.equal(server.wire.log.refused, 0);
    },
  },
  {
    title: 'after a refresh, the session goes on with the new tokens',
    change: async ({ server }, tab) => {
      await server.expireAll();
      assert.equal((await tab.call()).status, 200);
      await untilDatabaseHasNewest(server, tab);
    },
    check: async ({ server }, open) => {
      server.wire.log.forget();
      const tabs = await Promise.all([open(), open()]);
      assert.deepEqual(await callAll(tabs), [200, 200]);
      assert.equal(server.wire.log.refreshes.length, 0);
      await server.expireAll();
      assert.deepEqual(await callAll(tabs), [200, 200]);
      assert.deepEqual([server.wire.log.succeeded, server.wire.log.refused], [1, 0]);
      assert.equal(await server.reuseDetections(), 0);
    },
  },
];

const browser = await startKillableBrowser();
// One kill serves all, since it takes Chromium 5 s to write localStorage to the disk.
const played = await Promise.all(
  STORIES.map(async (story) => ({ story, ...(await signIn(browser.context)) })),
);
await setTimeout(UNTIL_WRITTEN_MS);
if (ENGINE === 'chromium')
  await eventually(
    async () => {
      const written = await readLocalStorageFiles(browser.profile);
      return played.map(({ token }) => written.includes(token));
    },
    STORIES.map(() => true),
  );
await Promise.all(played.map(({ story, stage, tab }) => story.change(stage, tab)));
const restarted = await browser.killAndRestart();
const { context } = restarted;

after(async () => {
  await Promise.all(played.map(({ stage }) => stage.close()));
  await restarted.close();
});

describe('a browser that is killed before it has written localStorage to the disk', () => {
  for (const { story, stage, token } of played) {
    it(story.title, async () => {
      const { local } = await readStored({ page: await openBystander(context, stage) });
      // The others write it so soon that a kill is in time only now and then.
      const isSetBack = local[KEY]?.includes(token) === true;
      if (ENGINE === 'chromium')
        assert.ok(isSetBack, 'localStorage does not show what was before the change');
      await story.check(stage, async () => showTab(await context.newPage(), stage.address));
    });
  }
});

describe('a localStorage that shows the moment of the sign-in again', () => {
  for (const { title, change, check } of STORIES) {
    it(title, async () => {
      const { stage, tab, record } = await signIn(context);
      try {
        await change(stage, tab);
        await tab.page.close();
        const bystander = await openBystander(context, stage);
        await bystander.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, record] as const);
        await check(stage, stage.open);
      } finally {
        await stage.close();
      }
    });
  }
});

interface SignedIn {
  readonly stage: TabStage;
  readonly tab: RemoteTab;
  readonly token: string;
  /** What localStorage showed in the moment of the sign-in. */
  readonly record: string;
}

async function signIn(at: BrowserContext): Promise<SignedIn> {
  const stage = await openTabStage({ context: at });
  const { server } = stage;
  const tab = await stage.open();
  const record = await tab.page.evaluate(async (key) => {
    await window.tab.signIn('clerk');
    return localStorage.getItem(key) ?? '';
  }, KEY);
  await untilDatabaseHasNewest(server, tab);
  return { stage, tab, token: server.wire.log.newest ?? '', record };
}

type Server = TabStage['server'];

async function untilDatabaseHasNewest({ wire }: Server, tab: RemoteTab): Promise<void> {
  const token = wire.log.newest ?? '';
  await eventually(async () => (await readStored(tab)).databases.includes(token), true);
}

async function assertNobodyCalls(server: Server, tabs: readonly RemoteTab[]): Promise<void> {
  server.wire.log.forget();
  await callAll(tabs);
  assert.deepEqual(
    server.wire.log.story,
    tabs.map(() => '401 nobody'),
  );
  assert.equal(server.wire.log.refreshes.length, 0);
}

async function callAll(tabs: readonly RemoteTab[]): Promise<number[]> {
  const ends = await Promise.all(tabs.map((tab) => tab.call()));
  return ends.map(({ status }) => status);
}

/** A page of the same origin without the library. */
async function openBystander(at: BrowserContext, { origin }: TabStage) {
  const page = await at.newPage();
  await page.goto(`${origin}/config.json`);
  return page;
}

async function readLocalStorageFiles(profile: string): Promise<string> {
  const entries = await readdir(profile, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.parentPath.includes('Local Storage'));
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')),
  );
  return texts.join('\n');
}
