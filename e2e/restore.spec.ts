import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from './stage/eventually.ts';
import { journey } from './stage/journey.ts';
import { eachOf, SIX } from './stage/resources.ts';

const KEPT = [
  { protocol: 'exchange', storage: 'local', costs: {} },
  { protocol: 'oauth', storage: 'local', costs: {} },
  { protocol: 'oauth', storage: 'session', costs: {} },
  { protocol: 'cookie', storage: 'memory', costs: { refreshes: 1 } },
] as const;

describe('a reload', () => {
  for (const { costs, ...address } of KEPT) {
    it(
      `keeps the session with ${address.protocol} and ${address.storage} storage`,
      journey({ address }, async ({ demo, depot, page }) => {
        await page.reload();
        await demo.settlesOn({ lanes: { done: 6 } });
        assert.equal(await demo.textOf('signed-in-as'), 'Clerk');
        assert.deepEqual(await demo.cards(), { loaded: 6 });
        assert.deepEqual(await depot.counters(), { requests: 6, ...costs });

        await depot.forget();
        await demo.expireTokens();
        await demo.send(6);
        await demo.settlesOn({ headline: '6 requests · 6 rejections · 1 refresh · 6 replays' });
        assert.deepEqual(await depot.counters(), { requests: 12, rejections: 6, refreshes: 1 });
      }),
    );
  }

  it(
    'loses the session with memory storage, and says nothing of a session that ended',
    journey({ address: { storage: 'memory' } }, async ({ demo, depot, page }) => {
      assert.deepEqual(await demo.stored(), []);
      await page.reload();
      await demo.part('sign-in').waitFor();
      assert.equal(await demo.part('sign-in-reason').count(), 0);
      assert.deepEqual(await depot.log(), []);
    }),
  );

  for (const protocol of ['oauth', 'cookie']) {
    it(
      `after a sign-out brings nobody back, with ${protocol}`,
      journey({ address: { protocol } }, async ({ demo, depot, page }) => {
        await demo.part('sign-out').click();
        await eventually(async () => (await depot.log()).map(({ status }) => status), [204]);
        await eventually(() => demo.stored(), []);
        await page.reload();
        await demo.part('sign-in').waitFor();
        assert.deepEqual((await depot.counters()).requests, undefined);
      }),
    );
  }

  it(
    'heals by itself when the token died meanwhile',
    journey({}, async ({ demo, depot, page }) => {
      await depot.expireTokens();
      await page.reload();
      await demo.settlesOn({
        headline: '6 requests · 6 rejections · 1 refresh · 6 replays',
        lanes: { done: 6 },
      });
      assert.deepEqual(await demo.cards(), { loaded: 6 });
      const { 'POST /auth': refreshes, ...resources } = await depot.story();
      assert.deepEqual(resources, eachOf(SIX, ['401 user-1 v1', '200 user-1 v2']));
      assert.deepEqual(refreshes, ['200 user-1 v1']);
    }),
  );
});
