import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { journey } from './stage/journey.ts';
import { eachOf, SIX } from './stage/resources.ts';

const REFRESH_ENDPOINTS = { exchange: '/auth', oauth: '/oauth/token', cookie: '/cookie/refresh' } as const;

const COMBINATIONS = Object.entries(REFRESH_ENDPOINTS).flatMap(([protocol, endpoint]) =>
  (['fetch', 'xhr'] as const).flatMap((backend) =>
    (['functional', 'module'] as const).map((registration) => ({
      address: { protocol, backend, registration },
      endpoint,
    })),
  ),
);

describe('six parallel rejections give one refresh and six replays', () => {
  for (const { address, endpoint } of COMBINATIONS) {
    const { protocol, backend, registration } = address;
    it(
      `with ${protocol}, ${backend} and ${registration} registration`,
      journey({ address }, async ({ demo, depot, witness }) => {
        await demo.expireTokens();
        await demo.send(6);
        await demo.settlesOn({
          headline: '6 requests · 6 rejections · 1 refresh · 6 replays',
          lanes: { done: 6 },
          refreshes: ['refreshed'],
        });
        assert.deepEqual(await depot.counters(), { requests: 12, rejections: 6, refreshes: 1 });
        const { [`POST ${endpoint}`]: refreshes, ...resources } = await depot.story();
        assert.deepEqual(resources, eachOf(SIX, ['401 user-1 v1', '200 user-1 v2']));
        assert.deepEqual(refreshes, ['200 user-1 v1']);
        // A refresh goes by fetch in any case, since that can be told not to follow a redirect.
        assert.deepEqual(witness.kindsOfRequest(depot.address), [...new Set(['fetch', backend])]);
        assert.equal(await demo.part('registration').inputValue(), registration);
      }),
    );
  }
});
