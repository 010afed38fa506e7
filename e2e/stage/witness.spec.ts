import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { DemoPage } from './demo-page.ts';
import { disconnectBrowser } from './shared-browser.ts';
import { allowedLines, openStage } from './stage.ts';

after(disconnectBrowser);

interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

const LEAKS: Readonly<Record<string, (page: Page, tokens: Tokens) => Promise<unknown>>> = {
  'a refresh token in the console': (page, { refresh }) =>
    page.evaluate((token) => console.debug(token), refresh),
  // Too long for the preview that Chromium makes of an object.
  'an access token deep in an object in the console': (page, { access }) =>
    page.evaluate((token) => console.debug({ deep: { token } }), access),
  'a refresh token in the document': (page, { refresh }) =>
    page.evaluate((token) => document.body.append(token), refresh),
  'a refresh token in a field': (page, { refresh }) => page.getByTestId('username').fill(refresh),
  'an access token in an address': (page, { access }) =>
    page.evaluate((token) => fetch(`/?token=${token}`).then(() => null), access),
  'a refresh token in the history': (page, { refresh }) =>
    page.evaluate((token) => history.replaceState({ token }, ''), refresh),
};

describe('the witness', () => {
  for (const [what, leak] of Object.entries(LEAKS)) {
    it(`finds ${what}`, async () => {
      const stage = await openStage({});
      try {
        await new DemoPage(stage.page, stage.origin).open({ protocol: 'oauth' });
        const tokens = await stage.page.evaluate(signIn, stage.depot.address);
        assert.deepEqual(await stage.witness.tokens(), Object.values(tokens));
        await stage.witness.assertNoTokenShown();
        await leak(stage.page, tokens);
        await assert.rejects(stage.witness.assertNoTokenShown(), /a token stands in/);
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

async function signIn(address: string): Promise<Tokens> {
  const answer = await fetch(`${address}/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'clerk', password: 'clerk-pass', protocol: 'oauth' }),
  });
  const body = (await answer.json()) as Record<string, string>;
  return { access: String(body['access_token']), refresh: String(body['refresh_token']) };
}
