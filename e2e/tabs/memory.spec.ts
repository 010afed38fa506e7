import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { eventually } from '../stage/eventually.ts';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { openTabStage } from './tab-stage.ts';
import { inWords, type RemoteTab } from './tab.ts';

const TABS = 6;

after(disconnectBrowser);

describe('tabs that share a cookie, and keep their tokens in memory,', () => {
  for (const condition of ['quiet', 'lockless'] as const) {
    it(`refresh one at a time, one per tab, ${condition}`, async () => {
      const stage = await openTabStage({ protocol: 'cookie', storage: 'memory', condition });
      try {
        const { wire } = stage.server;
        const tabs: RemoteTab[] = [];
        while (tabs.length < TABS) tabs.push(await stage.open());
        await tabs[0]?.signIn('clerk');
        assert.deepEqual(await callTogether(tabs), Array(TABS).fill(200));
        assert.equal(wire.log.refreshes.length, TABS - 1, 'the others are restored');
        wire.log.forget();
        await stage.server.expireAll();
        wire.meet(TABS);
        assert.deepEqual(await callTogether(tabs), Array(TABS).fill(200));
        assert.deepEqual([wire.log.succeeded, wire.log.refused, wire.log.mostAtOnce], [TABS, 0, 1]);
        assert.equal(await stage.server.reuseDetections(), 0);
      } finally {
        await stage.close();
      }
    });
  }

  it('are all signed out where one is', async () => {
    const stage = await openTabStage({ protocol: 'cookie', storage: 'memory', condition: 'quiet' });
    try {
      const [here, there] = [await stage.open(), await stage.open()];
      await here.signIn('clerk');
      await there.call();
      assert.equal(await there.signedIn(), true);
      await here.signOut();
      await eventually(() => there.signedIn(), false);
      assert.equal(inWords(await there.events()).at(-1), 'signed-out other-tab (other-tab)');
    } finally {
      await stage.close();
    }
  });
});

async function callTogether(tabs: readonly RemoteTab[]): Promise<number[]> {
  const ends = await Promise.all(tabs.map((tab) => tab.call()));
  return ends.map(({ status }) => status);
}
