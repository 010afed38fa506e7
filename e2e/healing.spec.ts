import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { skipIn } from './stage/engine.ts';
import { eventually, eventuallyMatches } from './stage/eventually.ts';
import { journey } from './stage/journey.ts';
import { eachOf, SIX } from './stage/resources.ts';

describe('six parallel rejections', () => {
  it(
    'wait at the gate for one refresh and are all replayed',
    journey({}, async ({ demo, depot }) => {
      await depot.set({ refreshAnswer: 'hang' });
      await demo.expireTokens();
      await demo.send(6);
      await demo.movesOn({
        headline: '6 requests · 6 rejections · 1 refresh · 0 replays',
        lanes: { held: 6 },
        refreshes: ['running'],
      });
      await eventually(() => depot.counters(), { requests: 6, rejections: 6, refreshes: 1 });

      await depot.set({ refreshAnswer: 'tokens' });
      await demo.settlesOn({
        headline: '6 requests · 6 rejections · 1 refresh · 6 replays',
        lanes: { done: 6 },
        refreshes: ['refreshed'],
      });
      assert.deepEqual(await depot.counters(), { requests: 12, rejections: 6, refreshes: 1 });
      assert.deepEqual(await depot.story(), {
        ...eachOf(SIX, ['401 user-1 v1', '200 user-1 v2']),
        'POST /auth': ['200 user-1 v1'],
      });
      assert.deepEqual(
        await demo.phases(),
        eachOf(SIX, ['sent', 'rejected', 'held', 'replayed', 'done (200)']),
      );
      assert.deepEqual(await demo.events(), ['signed-in', 'refreshed']);
      assert.equal(await demo.textOf('message'), '');
      const figures = { requests: '12', rejections: '6', refreshes: '1', applications: '0' };
      await eventually(() => demo.counters(), figures);
    }),
  );

  it(
    'load the dashboard that sent them',
    journey({}, async ({ demo, depot }) => {
      await demo.expireTokens();
      await demo.part('load-dashboard').click();
      await demo.settlesOn({
        headline: '6 requests · 6 rejections · 1 refresh · 6 replays',
        lanes: { done: 6 },
      });
      assert.deepEqual(await depot.counters(), { requests: 12, rejections: 6, refreshes: 1 });
      assert.deepEqual(await demo.cards(), { loaded: 6 });
    }),
  );
});

describe('a rejection', () => {
  it(
    'of a single request is healed too',
    journey({}, async ({ demo, depot }) => {
      await demo.expireTokens();
      await demo.send(1);
      await demo.settlesOn({
        headline: '1 request · 1 rejection · 1 refresh · 1 replay',
        lanes: { done: 1 },
      });
      assert.deepEqual(await depot.counters(), { requests: 2, rejections: 1, refreshes: 1 });
    }),
  );

  it(
    'of the old token that comes late is replayed without a second refresh',
    { skip: skipIn({ webkit: 'its inspector holds no answer back' }) },
    journey({}, async ({ demo, depot, page }) => {
      const held = Promise.withResolvers<undefined>();
      // The server's own answer to the old token, which the network delivers only once we say so.
      await page.route('**/notifications', async (route) => {
        const answer = await route.fetch();
        if (answer.status() === 401) await held.promise;
        await route.fulfill({ response: answer });
      });
      await demo.expireTokens();
      await demo.send(6);
      await demo.movesOn({ lanes: { done: 5, sent: 1 }, refreshes: ['refreshed'] });
      await eventually(() => depot.counters(), { requests: 11, rejections: 6, refreshes: 1 });

      held.resolve(undefined);
      await demo.settlesOn({
        headline: '6 requests · 6 rejections · 1 refresh · 6 replays',
        lanes: { done: 6 },
      });
      assert.deepEqual(await depot.counters(), { requests: 12, rejections: 6, refreshes: 1 });
      assert.deepEqual((await depot.story())['GET /notifications'], ['401 user-1 v1', '200 user-1 v2']);
      const phases = await demo.phases();
      assert.deepEqual(phases['GET /notifications'], ['sent', 'rejected', 'replayed', 'done (200)']);
    }),
  );
});

describe('a request', () => {
  it(
    'made during a refresh is held unsent until the new token is there',
    journey({}, async ({ demo, depot }) => {
      await depot.set({ refreshAnswer: 'hang' });
      await demo.expireTokens();
      await demo.send(1);
      await demo.movesOn({ lanes: { held: 1 }, refreshes: ['running'] });
      await demo.send(6);
      await demo.movesOn({ lanes: { held: 7 }, refreshes: ['running'] });
      await eventually(() => depot.counters(), { requests: 1, rejections: 1, refreshes: 1 });

      await depot.set({ refreshAnswer: 'tokens' });
      await demo.settlesOn({
        headline: '7 requests · 1 rejection · 1 refresh · 1 replay',
        lanes: { done: 7 },
      });
      assert.deepEqual(await depot.counters(), { requests: 8, rejections: 1, refreshes: 1 });
    }),
  );

  it(
    'whose token has run out on the clock waits for a new one and is never rejected',
    journey({ server: { accessTokenLifeSeconds: 1 } }, async ({ demo, depot }) => {
      await eventuallyMatches(() => demo.textOf('token-life'), /has run out/);
      await depot.set({ accessTokenLifeSeconds: 60 });
      await demo.send(6);
      await demo.settlesOn({
        headline: '6 requests · 0 rejections · 1 refresh · 0 replays',
        lanes: { done: 6 },
      });
      assert.deepEqual(await depot.counters(), { requests: 6, refreshes: 1 });
    }),
  );
});

describe('many requests', () => {
  it(
    'fifty at once, cost one refresh',
    journey({}, async ({ demo, depot }) => {
      await demo.expireTokens();
      await demo.send(50);
      await demo.settlesOn({
        headline: '50 requests · 50 rejections · 1 refresh · 50 replays',
        lanes: { done: 50 },
        refreshes: ['refreshed'],
      });
      assert.deepEqual(await depot.counters(), { requests: 100, rejections: 50, refreshes: 1 });
    }),
  );

  it(
    'in bursts one after another cost one refresh each',
    journey({}, async ({ demo, depot }) => {
      for (const burst of [1, 2, 3]) {
        await demo.expireTokens();
        await demo.send(6);
        await eventually(async () => (await depot.counters()).requests, 12 * burst);
        await demo.settlesOn({
          headline: '6 requests · 6 rejections · 1 refresh · 6 replays',
          lanes: { done: 6 },
        });
        assert.deepEqual(await depot.counters(), {
          requests: 12 * burst,
          rejections: 6 * burst,
          refreshes: burst,
        });
      }
      const statuses = ['401 user-1 v1', '200 user-1 v2', '401 user-1 v2', '200 user-1 v3'];
      assert.deepEqual((await depot.story())['GET /me'], [...statuses, '401 user-1 v3', '200 user-1 v4']);
      assert.deepEqual(await demo.events(), ['signed-in', 'refreshed', 'refreshed', 'refreshed']);
    }),
  );

  it(
    'with a good token cost no refresh at all',
    journey({}, async ({ demo, depot }) => {
      await demo.send(50);
      await demo.settlesOn({
        headline: '50 requests · 0 rejections · 0 refreshes · 0 replays',
        lanes: { done: 50 },
      });
      assert.deepEqual(await depot.counters(), { requests: 50 });
    }),
  );
});
