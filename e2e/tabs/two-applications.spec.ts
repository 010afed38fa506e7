import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { eventually } from '../stage/eventually.ts';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { onTabs } from './on-tabs.ts';
import { holdsOneOf, readStored } from './stored.ts';
import { openSecond, reload, type RemoteTab } from './tab.ts';
import { openTabStage } from './tab-stage.ts';

after(disconnectBrowser);

for (const storage of ['local', 'session'] as const) {
  describe(`two applications in one window, with ${storage}Storage,`, () => {
    it(
      'are signed out at once by a sign-out in one: the next request of the other has no token',
      onTabs({ tabs: 1, storage }, async ({ server }, [tab]) => {
        const second = await openSecond(tab);
        assert.equal((await second.call()).username, 'clerk');
        server.wire.log.forget();
        const { isSignedIn, status } = await tab.page.evaluate(async () => {
          window.tab.signOut();
          return { isSignedIn: window.second.signedIn(), status: (await window.second.call()).status };
        });
        assert.deepEqual([isSignedIn, status], [false, 401]);
        assert.deepEqual(server.wire.log.story, ['401 nobody']);
        assert.equal(server.wire.log.refreshes.length, 0);
        await reload(tab);
        assert.deepEqual(await signedIn(tab, await openSecond(tab)), [false, false]);
      }),
    );

    it('are signed in by a sign-in in one', async () => {
      const stage = await openTabStage({ storage });
      try {
        const tab = await stage.open();
        await openSecond(tab);
        const { isSignedIn, username } = await tab.page.evaluate(async () => {
          await window.second.signIn('clerk');
          return { isSignedIn: window.tab.signedIn(), username: (await window.tab.call()).username };
        });
        assert.deepEqual([isSignedIn, username], [true, 'clerk']);
        await reload(tab);
        const second = await openSecond(tab);
        assert.deepEqual(await signedIn(tab, second), [true, true]);
        await stage.server.expireAll();
        assert.equal((await second.call()).status, 200);
      } finally {
        await stage.close();
      }
    });

    it(
      'change their user together',
      onTabs({ tabs: 1, storage }, async ({ server }, [tab]) => {
        const second = await openSecond(tab);
        const { username } = await tab.page.evaluate(async () => {
          await window.second.signIn('manager');
          return window.tab.call();
        });
        assert.equal(username, 'manager');
        assert.equal((await second.call()).username, 'manager');
        assert.deepEqual(server.wire.log.story, ['200 manager', '200 manager']);
      }),
    );

    it(
      'adopt the refreshed tokens of one another',
      onTabs({ tabs: 1, storage }, async ({ server }, [tab]) => {
        const second = await openSecond(tab);
        for (const [refreshing, adopting] of [
          [tab, second],
          [second, tab],
          [second, tab],
        ] as const) {
          await server.expireAll();
          server.wire.log.forget();
          assert.equal((await refreshing.call()).status, 200);
          await eventually(() => adopting.accessToken(), server.wire.log.newest);
          assert.equal((await adopting.call()).status, 200);
          assert.deepEqual(server.wire.log.story, ['401 clerk', '200 clerk', '200 clerk']);
          assert.equal(server.wire.log.refreshes.length, 1);
        }
        assert.equal(await server.reuseDetections(), 0);
      }),
    );

    for (const condition of ['quiet', 'lockless'] as const) {
      it(
        `refresh once when both are rejected at the same moment, ${condition}`,
        onTabs({ tabs: 1, storage, condition }, async ({ server }, [tab]) => {
          const second = await openSecond(tab);
          await server.expireAll();
          server.wire.meet(2);
          const ends = await Promise.all([tab.call(), second.call()]);
          assert.deepEqual(
            ends.map(({ status }) => status),
            [200, 200],
          );
          assert.deepEqual(server.wire.log.story, ['401 clerk', '401 clerk', '200 clerk', '200 clerk']);
          assert.equal(server.wire.log.refreshes.length, 1);
        }),
      );
    }

    it(
      'are both signed out when one signs out while the other refreshes',
      onTabs({ tabs: 1, storage }, async ({ server }, [tab]) => {
        const second = await openSecond(tab);
        await server.expireAll();
        const stop = server.wire.stopAt('answered');
        const called = tab.call();
        await stop.reached;
        await second.signOut();
        assert.equal((await called).status, 401);
        stop.open();
        assert.deepEqual(await signedIn(tab, second), [false, false]);
        await eventually(async () => holdsOneOf(await storedText(tab), server.wire.log.tokens), false);
        await reload(tab);
        assert.deepEqual(await signedIn(tab, await openSecond(tab)), [false, false]);
      }),
    );
  });
}

describe('two applications in one window that share a cookie', () => {
  it('are signed out at once by a sign-out in one', async () => {
    const stage = await openTabStage({ protocol: 'cookie', storage: 'memory' });
    try {
      const tab = await stage.open();
      await tab.signIn('clerk');
      const second = await openSecond(tab);
      assert.equal((await second.call()).username, 'clerk');
      stage.server.wire.log.forget();
      const status = await tab.page.evaluate(async () => {
        window.tab.signOut();
        return (await window.second.call()).status;
      });
      assert.equal(status, 401);
      assert.equal(await second.signedIn(), false);
      assert.ok(!stage.server.wire.log.story.includes('200 clerk'));
    } finally {
      await stage.close();
    }
  });
});

function signedIn(...tabs: readonly RemoteTab[]): Promise<boolean[]> {
  return Promise.all(tabs.map((tab) => tab.signedIn()));
}

async function storedText(tab: RemoteTab): Promise<string> {
  return JSON.stringify(await readStored(tab));
}
