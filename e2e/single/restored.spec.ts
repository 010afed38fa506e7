import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { join } from 'node:path';
import { CookieApi } from './cookie-api.ts';
import { openSite, ready } from './open-site.ts';
import './page/restored-contract.ts';
import { useStage } from './use-stage.ts';

const SCRIPT = join(import.meta.dirname, 'page', 'restored.ts');

describe('requireAuth() in a page whose session is in a cookie', () => {
  const stage = useStage(async () => {
    const api = await new CookieApi().listen();
    return { api, site: await openSite(SCRIPT, () => api.url) };
  });

  it('sends nothing if nobody is signed in, and after a reload waits for the session: no 401', async () => {
    const { site, api } = stage();
    const page = await site.open();
    assert.deepEqual(
      await page.evaluate(() => window.restoredPage.whileLoading),
      Array(3).fill('401 not-signed-in'),
    );
    assert.deepEqual(api.seen, ['POST /session without token']);

    await page.evaluate(() => window.restoredPage.logIn());
    api.seen.length = 0;
    await page.reload();
    await ready(page);
    assert.deepEqual(
      await page.evaluate(() => window.restoredPage.whileLoading),
      Array(3).fill('{"token":"a2"}'),
    );
    assert.deepEqual(api.seen, ['POST /session without token', ...Array<string>(3).fill('GET /orders a2')]);
  });
});
