import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from './stage/eventually.ts';
import { journey } from './stage/journey.ts';

const ANSWERS = {
  slow: { refreshAnswer: 'tokens', refreshLatencyMs: 1_500 },
  unavailable: { refreshAnswer: 'unavailable', refreshLatencyMs: 0 },
  'too-many': { refreshAnswer: 'too-many', refreshLatencyMs: 0 },
  hang: { refreshAnswer: 'hang', refreshLatencyMs: 0 },
  malformed: { refreshAnswer: 'malformed', refreshLatencyMs: 0 },
  refused: { refreshAnswer: 'refused', refreshLatencyMs: 0 },
  tokens: { refreshAnswer: 'tokens', refreshLatencyMs: 0 },
} as const;

describe('the settings panel', () => {
  it(
    'puts its choices into the address, and the page together anew',
    journey({ signedInAs: null }, async ({ demo, depot, page, witness }) => {
      const choices = { protocol: 'oauth', storage: 'session', backend: 'xhr', registration: 'module' };
      for (const [name, value] of Object.entries(choices)) await demo.part(name).selectOption(value);
      await demo.part('apply-settings').click();
      await page.waitForURL((url) => url.searchParams.get('protocol') === 'oauth');
      assert.deepEqual(Object.fromEntries(new URL(page.url()).searchParams), choices);

      await demo.signIn('clerk');
      await demo.settlesOn({ lanes: { done: 6 } });
      await demo.expireTokens();
      await demo.send(6);
      await demo.settlesOn({ headline: '6 requests · 6 rejections · 1 refresh · 6 replays' });
      assert.deepEqual((await depot.story())['POST /oauth/token'], ['200 user-1 v1']);
      assert.deepEqual(witness.kindsOfRequest(depot.address), ['fetch', 'xhr']);
    }),
  );
});

describe('the control desk', () => {
  it(
    'has the server answer a refresh as chosen, and still shows the choice after a reload',
    journey({}, async ({ demo, depot, page }) => {
      for (const [choice, { refreshAnswer, refreshLatencyMs }] of Object.entries(ANSWERS)) {
        await demo.part('refresh-answer').selectOption(choice);
        const told = async () => {
          const settings = await depot.settings();
          return [settings.refreshAnswer, settings.refreshLatencyMs];
        };
        await eventually<unknown[]>(told, [refreshAnswer, refreshLatencyMs]);
        await page.reload();
        await eventually(() => demo.part('refresh-answer').inputValue(), choice);
      }
    }),
  );
});

describe('the sign-in form', () => {
  it(
    'says what is wrong with a password, and refreshes nothing',
    journey({ signedInAs: null }, async ({ demo, depot }) => {
      await demo.part('password').fill('manager-pass');
      await demo.part('sign-in').click();
      await eventually(() => demo.textOf('sign-in-problem'), 'No user has this name and password.');
      assert.deepEqual(await depot.story(), { 'POST /login': ['401'] });
      assert.deepEqual(await demo.events(), []);

      await demo.signIn('manager');
      await eventually(() => demo.textOf('signed-in-as'), 'Manager');
    }),
  );
});
