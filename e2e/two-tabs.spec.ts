import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DemoPage } from './stage/demo-page.ts';
import { eventually } from './stage/eventually.ts';
import { type DemoStage, journey } from './stage/journey.ts';

describe('the demo, opened twice', () => {
  it(
    'shows the refresh in the tab that makes it, and as adopted in the other',
    journey({}, async (stage) => {
      const { demo, depot } = stage;
      const other = await openSecond(stage);
      await depot.forget();
      await depot.set({ refreshAnswer: 'hang' });
      await demo.expireTokens();
      await demo.send(6);
      await demo.movesOn({ refreshes: ['running'], lanes: { held: 6 } });
      await other.send(6);
      await other.movesOn({ refreshes: ['running'], lanes: { held: 6 } });
      await depot.set({ refreshAnswer: 'tokens' });

      await demo.settlesOn({ headline: '6 requests · 6 rejections · 1 refresh · 6 replays' });
      await other.settlesOn({
        headline: '6 requests · 6 rejections · 0 refreshes · 1 adopted · 6 replays',
        refreshes: [],
      });
      assert.equal(await other.part('adopted-bar').count(), 1);
      assert.deepEqual(await depot.counters(), { requests: 24, rejections: 12, refreshes: 1 });
    }),
  );

  it(
    'signs out in both',
    journey({}, async (stage) => {
      const other = await openSecond(stage);
      await stage.demo.part('sign-out').click();
      await eventually(() => other.events().then((events) => events.at(-1)), 'signed-out');
      assert.equal(await other.part('sign-in').count(), 1);
    }),
  );
});

/** The same page once more, with its own six requests done. */
async function openSecond({ page, origin }: DemoStage): Promise<DemoPage> {
  const other = new DemoPage(await page.context().newPage(), origin);
  await other.open();
  await other.settlesOn({ lanes: { done: 6 } });
  return other;
}
