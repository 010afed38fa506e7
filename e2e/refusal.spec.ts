import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from './stage/eventually.ts';
import { journey, type DemoStage } from './stage/journey.ts';
import { eachOf, SIX } from './stage/resources.ts';

const REFUSALS = {
  exchange: { endpoint: 'POST /auth', status: '401', expects: [] },
  oauth: { endpoint: 'POST /oauth/token', status: '400', expects: [400] },
  cookie: { endpoint: 'POST /cookie/refresh', status: '401', expects: [] },
} as const;

describe('a refresh that is refused', () => {
  for (const [protocol, { endpoint, status, expects }] of Object.entries(REFUSALS)) {
    it(
      `signs out once and settles all six calls, with ${protocol}`,
      journey({ address: { protocol }, expects }, async (stage) => {
        const { demo, depot } = stage;
        await depot.set({ refreshAnswer: 'refused' });
        await demo.expireTokens();
        await demo.send(6);
        await demo.settlesOn({
          headline: '6 requests · 6 rejections · 1 refresh · 0 replays · 6 failed',
          lanes: { failed: 6 },
          refreshes: ['refused'],
        });
        await assertSignedOut(stage);
        assert.deepEqual(
          await demo.textOf('message'),
          'The session has ended. Please sign in again. 6 calls',
        );
        const sixRejected = { requests: 6, rejections: 6, refreshes: 1, refreshesRefused: 1 };
        assert.deepEqual(await depot.counters(), sixRejected);
        assert.deepEqual(await depot.story(), { ...eachOf(SIX, ['401 user-1 v1']), [endpoint]: [status] });
        for (const phases of Object.values(await demo.phases())) assert.equal(phases.at(-1), 'failed (401)');
      }),
    );
  }

  it(
    'ends the calls that were held and never sent',
    journey({}, async (stage) => {
      const { demo, depot } = stage;
      await depot.set({ refreshAnswer: 'hang' });
      await demo.expireTokens();
      await demo.send(1);
      await demo.movesOn({ lanes: { held: 1 }, refreshes: ['running'] });
      await demo.send(6);
      await demo.movesOn({ lanes: { held: 7 } });

      await depot.set({ refreshAnswer: 'refused' });
      await demo.settlesOn({
        headline: '7 requests · 1 rejection · 1 refresh · 0 replays · 7 failed',
        lanes: { failed: 7 },
        refreshes: ['refused'],
      });
      await assertSignedOut(stage);
      assert.deepEqual(await demo.textOf('message'), 'The session has ended. Please sign in again. 7 calls');
      const oneRejected = { requests: 1, rejections: 1, refreshes: 1, refreshesRefused: 1 };
      assert.deepEqual(await depot.counters(), oneRejected);
    }),
  );

  it(
    'leaves nothing behind that a reload or the next person would meet',
    journey({}, async (stage) => {
      const { demo, depot, page } = stage;
      await depot.revokeSessions();
      await demo.send(6);
      await demo.settlesOn({ lanes: { failed: 6 }, refreshes: ['refused'] });
      await assertSignedOut(stage);
      await depot.forget();

      await page.reload();
      await demo.signIn('manager');
      await demo.settlesOn({ headline: '6 requests · 0 rejections · 0 refreshes · 0 replays' });
      assert.equal(await demo.textOf('signed-in-as'), 'Manager');
      assert.deepEqual(await depot.story(), {
        'POST /login': ['200 user-2'],
        ...eachOf(SIX, ['200 user-2 v1']),
      });
    }),
  );
});

async function assertSignedOut({ demo, page }: DemoStage): Promise<void> {
  await demo.part('sign-in').waitFor();
  const reason = 'The server refused to renew the session. Please sign in again.';
  assert.equal(await demo.textOf('sign-in-reason'), reason);
  assert.deepEqual(await demo.events(), ['signed-in', 'signed-out']);
  assert.equal(await demo.part('signed-in-as').count(), 0);
  await eventually(() => demo.stored(), []);
  // Somebody who reads with a screen reader is taken to the reason.
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), reason);
}
