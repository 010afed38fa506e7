import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { onTabs } from './on-tabs.ts';
import { inWords, type RemoteTab, tabOn } from './tab.ts';

after(disconnectBrowser);

describe('a duplicated tab, with the tokens in sessionStorage,', () => {
  it(
    'ends alone and unsent when the other has used its refresh token',
    onTabs({ tabs: 1, storage: 'session' }, async ({ server }, [original]) => {
      const copy = await duplicate(original);
      assert.equal((await copy.call()).status, 200);
      await server.expireAll();
      assert.equal((await original.call()).status, 200);
      assert.equal((await copy.call()).status, 401);
      assert.deepEqual(inWords(await copy.events()), ['signed-out other-tab (other-tab)']);
      assert.equal(server.wire.log.refreshes.length, 1);
      await server.expireAll();
      assert.equal((await original.call()).status, 200);
      assert.equal(await server.isAlive(), true);
    }),
  );

  it(
    'refreshes once when both call at the same moment, and one goes on',
    onTabs({ tabs: 1, storage: 'session' }, async ({ server }, [original]) => {
      const copy = await duplicate(original);
      await server.expireAll();
      server.wire.meet(2);
      const ends = await Promise.all([original.call(), copy.call()]);
      assert.deepEqual(ends.map(({ status }) => status).sort(), [200, 401]);
      assert.equal(server.wire.log.refreshes.length, 1);
      assert.equal(await server.isAlive(), true);
    }),
  );
});

/** As "Duplicate tab" does it: the copy begins with the same sessionStorage. */
async function duplicate({ page }: RemoteTab): Promise<RemoteTab> {
  const opened = page.waitForEvent('popup');
  await page.evaluate(() => void window.open(location.href));
  return tabOn(await opened);
}
