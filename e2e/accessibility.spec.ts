import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { skipIn } from './stage/engine.ts';
import { journey, type DemoStage } from './stage/journey.ts';
import { tabTo } from './stage/keyboard.ts';

const NO_HANDS = 'its inspector presses no key and changes no screen';
const NARROW = { width: 390, height: 844 };
const SCREENS = { 'a desk screen': { width: 1280, height: 900 }, 'a phone': NARROW };

describe('somebody with other eyes', { skip: skipIn({ webkit: NO_HANDS }) }, () => {
  for (const [screen, viewport] of Object.entries(SCREENS)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const browser = { viewport, colorScheme };
      it(
        `can use the sign-in page and the dashboard on ${screen}, ${colorScheme}`,
        journey({ browser, signedInAs: null }, async ({ page, demo, depot }) => {
          await demo.part('sign-in').waitFor();
          await assertAccessible(page);

          await demo.signIn('clerk');
          await demo.settlesOn({ lanes: { done: 6 } });
          await page.getByText('The same as a table').click();
          await depot.set({ refreshAnswer: 'hang' });
          await demo.expireTokens();
          await demo.send(6);
          await demo.movesOn({ lanes: { held: 6 } });
          // Leaves lanes of both ends, a refresh, and a message side by side.
          await demo.part('change-user').click();
          await demo.settlesOn({ lanes: { failed: 6, done: 6 } });
          await assertAccessible(page);
        }),
      );
    }
  }

  it(
    'is told the outcome of a burst in one sentence',
    journey({}, async ({ page, demo }) => {
      await demo.expireTokens();
      await demo.send(6);
      await demo.settlesOn({ lanes: { done: 6 }, refreshes: ['refreshed'] });
      const headline = page.locator('[aria-live=polite][aria-busy=false]', { hasText: '6 replays' });
      const sentence = (await headline.innerText()).replaceAll(/\s+/g, ' ');
      assert.equal(sentence, '6 requests · 6 rejections · 1 refresh · 6 replays');
    }),
  );
});

describe('a phone', { skip: skipIn({ webkit: NO_HANDS }) }, () => {
  it(
    'never scrolls sideways',
    journey(
      { browser: { viewport: NARROW }, signedInAs: null, expects: [503] },
      async ({ page, demo, depot }) => {
        await demo.part('sign-in').waitFor();
        await assertFits(page);
        await demo.signIn('clerk');
        await demo.settlesOn({ lanes: { done: 6 } });
        await assertFits(page);
        await demo.expireTokens();
        await demo.send(50);
        await demo.settlesOn({ headline: '50 requests · 50 rejections · 1 refresh · 50 replays' });
        await page.getByText('The same as a table').click();
        await assertFits(page);
        await depot.set({ refreshAnswer: 'unavailable' });
        await demo.expireTokens();
        await demo.send(50);
        await demo.settlesOn({ lanes: { failed: 50 } });
        await assertFits(page);
      },
    ),
  );
});

describe('somebody without a mouse', { skip: skipIn({ webkit: NO_HANDS }) }, () => {
  it(
    'signs in, expires the token and heals a burst',
    { skip: skipIn({ firefox: 'pages side by side share one focus' }) },
    journey({ signedInAs: null }, async ({ page, demo, depot }) => {
      await tabTo(page, 'username');
      await page.keyboard.type('manager');
      await tabTo(page, 'password');
      await page.keyboard.type('manager-pass');
      await page.keyboard.press('Enter');
      await demo.settlesOn({ lanes: { done: 6 } });
      assert.equal(await demo.textOf('signed-in-as'), 'Manager');

      await tabTo(page, 'expire');
      await page.keyboard.press('Space');
      await demo.part('lever-pulled').filter({ hasText: 'Expired at the server' }).waitFor();
      await tabTo(page, 'send-6');
      await page.keyboard.press('Enter');
      await demo.settlesOn({
        headline: '6 requests · 6 rejections · 1 refresh · 6 replays',
        lanes: { done: 6 },
      });
      assert.deepEqual(await depot.counters(), { logins: 1, requests: 18, rejections: 6, refreshes: 1 });
    }),
  );
});

describe('the drawing', { skip: skipIn({ webkit: NO_HANDS }) }, () => {
  it(
    'moves with every frame while something moves',
    { skip: skipIn({ firefox: 'of pages side by side one is drawn with every frame' }) },
    journey({}, async (stage) => {
      const { frames, movements } = await watchRefresh(stage);
      assert.ok(movements > frames / 2, `${movements} movements in ${frames} frames`);
    }),
  );

  it(
    'hardly moves for somebody who asked for less motion',
    { skip: skipIn({ firefox: 'Playwright cannot ask a stock Firefox for less motion' }) },
    journey({ browser: { reducedMotion: 'reduce' } }, async (stage) => {
      const { frames, movements } = await watchRefresh(stage);
      assert.ok(movements < frames / 2, `${movements} movements in ${frames} frames`);
    }),
  );
});

async function assertAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
  const found = violations.map(({ id, impact, nodes }) => ({
    id,
    impact,
    where: nodes.map(({ html }) => html),
  }));
  assert.deepEqual(found, []);
}

async function assertFits(page: Page): Promise<void> {
  const widths = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  assert.equal(widths.scrollWidth, widths.clientWidth);
}

/** Counts in how many of the next frames the bar of a running refresh has another length. */
async function watchRefresh({ demo, depot }: DemoStage): Promise<{ frames: number; movements: number }> {
  await depot.set({ refreshAnswer: 'hang' });
  await demo.expireTokens();
  await demo.send(6);
  await demo.movesOn({ refreshes: ['running'] });
  const frames = 20;
  const movements = await demo.part('refresh-bar').evaluate(async (bar, count) => {
    const look = () =>
      new Promise((seen) => requestAnimationFrame(() => seen(bar.style.width + bar.style.left)));
    const looks: unknown[] = [];
    while (looks.length <= count) looks.push(await look());
    return looks.filter((each, index) => index > 0 && each !== looks[index - 1]).length;
  }, frames);
  await depot.set({ refreshAnswer: 'tokens' });
  await demo.settlesOn({ lanes: { done: 6 }, refreshes: ['refreshed'] });
  return { frames, movements };
}
