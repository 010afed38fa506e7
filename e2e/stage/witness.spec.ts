import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { DemoPage } from './demo-page.ts';
import { disconnectBrowser } from './shared-browser.ts';
import { allowedLines, openStage } from './stage.ts';

after(disconnectBrowser);

const LEAKS: Readonly<Record<string, (page: Page, token: string) => Promise<unknown>>> = {
  'the console': (page, token) => page.evaluate((text) => console.debug(text), token),
  'an object in the console': (page, token) =>
    page.evaluate((text) => console.debug({ deep: { text } }), token),
  'the document': (page, token) => page.evaluate((text) => document.body.append(text), token),
  'a field': (page, token) => page.getByTestId('username').fill(token),
  'an address': (page, token) => page.evaluate((text) => fetch(`/?token=${text}`).then(() => null), token),
  'the history': (page, token) => page.evaluate((text) => history.replaceState({ text }, ''), token),
};

describe('the witness', () => {
  for (const [place, leak] of Object.entries(LEAKS)) {
    it(`finds any token in ${place}`, async () => {
      const stage = await openStage({});
      try {
        await new DemoPage(stage.page, stage.origin).open({ protocol: 'oauth' });
        await stage.page.evaluate(signIn, stage.depot.address);
        await stage.witness.assertNoTokenShown();
        const tokens = await stage.witness.tokens();
        assert.equal(tokens.length, 2);
        for (const token of tokens) {
          await leak(stage.page, token);
          await assert.rejects(stage.witness.assertNoTokenShown(), /a token stands in/);
        }
      } finally {
        await stage.close();
      }
    });
  }

  it('hears whatever else the console says', async () => {
    const stage = await openStage({});
    try {
      await new DemoPage(stage.page, stage.origin).open();
      stage.witness.assertQuietConsole(allowedLines({}));
      await stage.page.evaluate(() => console.warn('something is odd'));
      assert.throws(() => stage.witness.assertQuietConsole(allowedLines({})), /something is odd/);
    } finally {
      await stage.close();
    }
  });
});

async function signIn(address: string): Promise<void> {
  await fetch(`${address}/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'clerk', password: 'clerk-pass', protocol: 'oauth' }),
  });
}
