import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { CookieApi } from './cookie-api.ts';
import { openSite, ready, type Site } from './open-site.ts';
import './page/restored-contract.ts';

const SCRIPT = join(import.meta.dirname, 'page', 'restored.ts');

const opened: { site: Site; api: CookieApi }[] = [];

function stage(): { site: Site; api: CookieApi } {
  const [one] = opened;
  if (!one) throw new Error('The stage is not open.');
  return one;
}

describe('requireAuth() in a page whose session is in a cookie', () => {
  before(async () => {
    const api = await new CookieApi().listen();
    opened.push({ site: await openSite(SCRIPT, () => api.url), api });
  });

  after(async () => {
    const { site, api } = stage();
    await Promise.all([site.close(), api.close()]);
    await disconnectBrowser();
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
