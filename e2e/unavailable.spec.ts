import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RefreshAnswer } from '../projects/demo-api/src/control/settings-board.ts';
import { skipIn } from './stage/engine.ts';
import { eventuallyMatches } from './stage/eventually.ts';
import { journey, type DemoStage } from './stage/journey.ts';

interface Trouble {
  readonly answer: RefreshAnswer;
  readonly protocol: 'exchange' | 'oauth' | 'cookie';
  readonly endpoint: string;
  /** How the server logs the refresh that came to nothing. */
  readonly logged: string;
  /** What each of the six calls ends with. */
  readonly end: string;
  readonly told: RegExp;
  readonly expects: readonly number[];
}

const CLOSED = { answer: 'unavailable', logged: '503', end: 'failed (503)', expects: [503] } as const;

const TROUBLES: Readonly<Record<string, Trouble>> = {
  '503 with exchange': { ...CLOSED, protocol: 'exchange', endpoint: '/auth', told: /answered with an error/ },
  '503 with oauth': {
    ...CLOSED,
    protocol: 'oauth',
    endpoint: '/oauth/token',
    told: /answered with an error/,
  },
  '503 with cookie': {
    ...CLOSED,
    protocol: 'cookie',
    endpoint: '/cookie/refresh',
    told: /answered with an error/,
  },
  '429': {
    answer: 'too-many',
    protocol: 'exchange',
    endpoint: '/auth',
    logged: '429',
    end: 'failed (429)',
    told: /answered with an error/,
    expects: [429],
  },
  'a page of HTML': {
    answer: 'malformed',
    protocol: 'oauth',
    endpoint: '/oauth/token',
    logged: '200',
    end: 'failed',
    told: /answered something unreadable/,
    expects: [],
  },
  nothing: {
    answer: 'hang',
    protocol: 'oauth',
    endpoint: '/oauth/token',
    logged: '499',
    end: 'failed',
    told: /took too long/,
    expects: [],
  },
};

describe('a refresh that is answered with', () => {
  for (const [answer, trouble] of Object.entries(TROUBLES)) {
    const { protocol, expects } = trouble;
    it(
      `${answer} keeps the session, and the next try succeeds`,
      journey({ address: { protocol }, expects }, async (stage) => {
        const { demo, depot } = stage;
        await depot.set({ refreshAnswer: trouble.answer });
        await demo.expireTokens();
        await demo.send(6);
        await demo.settlesOn({
          headline: '6 requests · 6 rejections · 1 refresh · 0 replays · 6 failed',
          lanes: { failed: 6 },
          refreshes: ['unavailable'],
        });
        await assertSessionKept(stage, trouble.told);
        for (const phases of Object.values(await demo.phases())) assert.equal(phases.at(-1), trouble.end);

        await depot.set({ refreshAnswer: 'tokens' });
        await assertNextTrySucceeds(stage);
        assert.deepEqual(await depot.counters(), { requests: 12, rejections: 6, refreshes: 2 });
        const refreshes = (await depot.story())[`POST ${trouble.endpoint}`];
        assert.deepEqual(refreshes, [trouble.logged, '200 user-1 v1']);
      }),
    );
  }
});

describe('a refresh that fails on the way', () => {
  it(
    'keeps the session, and the next try succeeds',
    { skip: skipIn({ webkit: 'its inspector breaks off no request' }) },
    journey({ expects: ['net::ERR_FAILED'] }, async (stage) => {
      const { demo, depot, page } = stage;
      await page.route(`${depot.address}/auth`, (route) => route.abort(), { times: 1 });
      await demo.expireTokens();
      await demo.send(6);
      await demo.settlesOn({
        headline: '6 requests · 6 rejections · 1 refresh · 0 replays · 6 failed',
        refreshes: ['unavailable'],
      });
      await assertSessionKept(stage, /does not answer/);
      await assertNextTrySucceeds(stage);
      assert.deepEqual(await depot.counters(), { requests: 12, rejections: 6, refreshes: 1 });
    }),
  );

  it(
    'is not tried again before the time that the server named',
    journey({ expects: [429] }, async ({ demo, depot }) => {
      await depot.set({ refreshAnswer: 'too-many' });
      await demo.expireTokens();
      await demo.send(6);
      await demo.settlesOn({ lanes: { failed: 6 }, refreshes: ['unavailable'] });
      await demo.send(6);
      const unsent = '6 requests · 0 rejections · 0 refreshes · 0 replays · 6 failed';
      await demo.settlesOn({ headline: unsent, lanes: { failed: 6 }, refreshes: [] });
      assert.match(await demo.textOf('message'), /cannot be reached; next try in \d s\. 6 calls$/);
      assert.deepEqual(await depot.counters(), { requests: 6, rejections: 6, refreshes: 1 });
    }),
  );
});

async function assertSessionKept({ demo }: DemoStage, told: RegExp): Promise<void> {
  assert.equal(await demo.textOf('signed-in-as'), 'Clerk');
  assert.deepEqual(await demo.events(), ['signed-in', 'refresh-unavailable']);
  assert.match(await demo.textOf('event'), told);
  assert.match(await demo.textOf('message'), /^The sign-in server cannot be reached; .*\. 6 calls$/);
}

async function assertNextTrySucceeds({ demo }: DemoStage): Promise<void> {
  await eventuallyMatches(() => demo.textOf('message'), /the next call tries again/);
  await demo.send(6);
  await demo.settlesOn({
    headline: '6 requests · 0 rejections · 1 refresh · 0 replays',
    lanes: { done: 6 },
    refreshes: ['refreshed'],
  });
  assert.equal(await demo.textOf('message'), '');
  assert.deepEqual(await demo.events(), ['signed-in', 'refresh-unavailable', 'refreshed']);
}
