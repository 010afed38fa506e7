import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from './stage/eventually.ts';
import { journey, type DemoStage } from './stage/journey.ts';
import { eachOf, SIX } from './stage/resources.ts';

const REFRESHES = { exchange: 'POST /auth', oauth: 'POST /oauth/token', cookie: 'POST /cookie/refresh' };

describe('signing out during a refresh', () => {
  for (const [protocol, refresh] of Object.entries(REFRESHES)) {
    it(
      `brings no session back, with ${protocol}`,
      journey({ address: { protocol } }, async (stage) => {
        const { demo, depot, page } = stage;
        await holdSixAtTheGate(stage);
        await demo.part('sign-out').click();
        await demo.settlesOn({ lanes: { failed: 6 }, refreshes: ['stopped'] });
        await demo.part('sign-in').waitFor();
        assert.equal(await demo.textOf('sign-in-reason'), 'You have signed out.');

        await depot.set({ refreshAnswer: 'tokens' });
        await eventually(async () => (await depot.story())[refresh], ['499']);
        assert.deepEqual(await demo.events(), ['signed-in', 'signed-out']);
        assert.deepEqual(await demo.stored(), []);
        const { [refresh]: _gone, 'POST /logout': _told, ...resources } = await depot.story();
        assert.deepEqual(resources, eachOf(SIX, ['401 user-1 v1']));

        await page.reload();
        await demo.part('sign-in').waitFor();
        assert.equal(await demo.part('signed-in-as').count(), 0);
        const withToken = (await depot.log()).filter(({ version }) => version !== undefined);
        assert.equal(withToken.length, SIX.length);
      }),
    );
  }

  it(
    'brings no session back when the server had already renewed it',
    journey({ address: { protocol: 'oauth' } }, async ({ demo, depot, page }) => {
      await depot.set({ refreshLatencyMs: 2_000 });
      await demo.expireTokens();
      await demo.send(6);
      await demo.movesOn({ lanes: { held: 6 }, refreshes: ['running'] });
      await demo.part('sign-out').click();
      await demo.part('sign-in').waitFor();
      await eventually(async () => (await depot.story())['POST /oauth/token'], ['499 user-1 v1']);
      await page.reload();
      await demo.part('sign-in').waitFor();
      assert.deepEqual(await demo.stored(), []);
      assert.deepEqual(await depot.counters(), { requests: 6, rejections: 6, refreshes: 1 });
    }),
  );
});

describe('signing in as another user during a refresh', () => {
  for (const [protocol, refresh] of Object.entries(REFRESHES)) {
    it(
      `replays no call as the other, with ${protocol}`,
      journey({ address: { protocol } }, async (stage) => {
        const { demo, depot } = stage;
        await holdSixAtTheGate(stage);
        await demo.part('change-user').click();
        // The six of the clerk end with their own rejection; the manager's dashboard loads its own six.
        await demo.settlesOn({ lanes: { failed: 6, done: 6 }, refreshes: ['stopped'] });
        assert.equal(await demo.textOf('signed-in-as'), 'Manager');
        assert.match(await demo.textOf('card-me'), /Manager/);
        assert.match(await demo.textOf('message'), /\(401\)\. 6 calls$/);

        await depot.set({ refreshAnswer: 'tokens' });
        await eventually(async () => (await depot.story())[refresh], ['499']);
        const { [refresh]: _gone, 'POST /login': logins, ...resources } = await depot.story();
        assert.deepEqual(logins, ['200 user-2']);
        assert.deepEqual(resources, eachOf(SIX, ['401 user-1 v1', '200 user-2 v1']));

        await demo.expireTokens();
        await demo.send(6);
        await demo.settlesOn({ headline: '6 requests · 6 rejections · 1 refresh · 6 replays' });
        assert.deepEqual((await depot.story())[refresh], ['499', '200 user-2 v1']);
        assert.deepEqual(await demo.events(), ['signed-in', 'signed-in', 'refreshed']);
      }),
    );
  }
});

async function holdSixAtTheGate({ demo, depot }: DemoStage): Promise<void> {
  await depot.set({ refreshAnswer: 'hang' });
  await demo.expireTokens();
  await demo.send(6);
  await demo.movesOn({ lanes: { held: 6 }, refreshes: ['running'] });
}
