import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { skipIn } from '../stage/engine.ts';
import { eventually } from '../stage/eventually.ts';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { holdsOneOf, readStored } from './stored.ts';
import { reload, type RemoteTab } from './tab.ts';
import { onTabs } from './on-tabs.ts';

const NO_DEVTOOLS = 'only the DevTools of Chromium clear the data of one site';

after(disconnectBrowser);

describe('the store of many tabs', () => {
  it(
    'keeps the refresh token out of localStorage, and the access token in the mirror alone',
    onTabs({ tabs: 6 }, async ({ server }, tabs) => {
      for (let round = 0; round < 3; round++) {
        await server.expireAll();
        await Promise.all(tabs.map((tab) => tab.call()));
      }
      const [accessToken, stored] = [server.wire.log.newest ?? '', await readStored(tabs[0])];
      const holding = Object.entries(stored.local).filter(([, value]) =>
        holdsOneOf(value, server.wire.log.tokens),
      );
      assert.deepEqual(
        holding.map(([key]) => key),
        ['ngx-bearer.session'],
      );
      assert.ok(holding.every(([, value]) => value.includes(accessToken)));
      const refreshTokens = server.wire.log.tokens.filter((token) => stored.databases.includes(token));
      assert.ok(refreshTokens.length === 2, 'the database holds one pair');
      const secret = refreshTokens.find((token) => token !== accessToken) ?? '';
      assert.ok(!JSON.stringify(stored.local).includes(secret));
      assert.deepEqual(stored.session, {});
    }),
  );

  it(
    'counts the versions of sessionStorage without a token',
    onTabs({ tabs: 1, storage: 'session' }, async ({ server }, [tab]) => {
      await server.expireAll();
      assert.equal((await tab.call()).status, 200);
      const stored = await readStored(tab);
      assert.ok(!holdsOneOf(stored.databases, server.wire.log.tokens));
      assert.deepEqual(stored.local, {});
      assert.match(stored.databases, /"version":2/);
    }),
  );

  it(
    'brings six tabs to one version within two seconds of a refresh',
    onTabs({ tabs: 6 }, async ({ server }, tabs) => {
      await server.expireAll();
      assert.equal((await tabs[3]?.call())?.status, 200);
      const startedAt = performance.now();
      const newest = server.wire.log.newest;
      await eventually(() => tokensOf(tabs), Array(6).fill(newest));
      assert.ok(performance.now() - startedAt < 2000);
      assert.equal(server.wire.log.refreshes.length, 1);
    }),
  );

  it(
    'signs every tab out when somebody clears localStorage, and nothing comes back',
    onTabs({ tabs: 3 }, async ({ server }, tabs) => {
      const [first, ...others] = tabs;
      await first.page.evaluate(() => localStorage.clear());
      await eventually(() => signedIn(others), [false, false]);
      // The tab it was cleared in hears of it when it next asks.
      await server.expireAll();
      assert.equal((await first.call()).status, 401);
      assert.deepEqual(await signedIn(tabs), [false, false, false]);
      assert.equal(server.wire.log.refreshes.length, 0);
      await assertNothingComesBack(tabs);
    }),
  );

  it(
    'signs every tab out when the data of the site are cleared, and nothing comes back',
    { skip: skipIn({ firefox: NO_DEVTOOLS, webkit: NO_DEVTOOLS }) },
    onTabs({ tabs: 3 }, async ({ server, origin }, tabs) => {
      const session = await tabs[0].page.context().newCDPSession(tabs[0].page);
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
      await server.expireAll();
      const ends = await Promise.all(tabs.map((tab) => tab.call()));
      assert.deepEqual(
        ends.map(({ status }) => status),
        [401, 401, 401],
      );
      assert.deepEqual(await signedIn(tabs), [false, false, false]);
      assert.equal(server.wire.log.refreshes.length, 0);
      await assertNothingComesBack(tabs);
    }),
  );
});

async function assertNothingComesBack(tabs: readonly RemoteTab[]): Promise<void> {
  await Promise.all(tabs.map((tab) => reload(tab)));
  assert.deepEqual(
    await signedIn(tabs),
    tabs.map(() => false),
  );
}

function signedIn(tabs: readonly RemoteTab[]): Promise<boolean[]> {
  return Promise.all(tabs.map((tab) => tab.signedIn()));
}

function tokensOf(tabs: readonly RemoteTab[]): Promise<(string | null)[]> {
  return Promise.all(tabs.map((tab) => tab.accessToken()));
}
