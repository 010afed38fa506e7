import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { join } from 'node:path';
import { openSite, ready } from './open-site.ts';
import './page/sessions-contract.ts';
import { TokenApi } from './token-api.ts';
import { useStage } from './use-stage.ts';

const SCRIPT = join(import.meta.dirname, 'page', 'sessions.ts');

describe('two sessions for two APIs', () => {
  const stage = useStage(async () => {
    const [shop, billing] = [await new TokenApi('a').listen(), await new TokenApi('b').listen()];
    return { shop, billing, site: await openSite(SCRIPT, () => `${shop.url} ${billing.url}`) };
  });

  beforeEach(() => {
    for (const api of [stage().shop, stage().billing]) api.seen.length = 0;
  });

  it('sends to each its own token, and refreshes only the one that is rejected, also after a reload', async () => {
    const { site, shop, billing } = stage();
    const page = await site.open();
    await page.evaluate(() => window.sessionsPage.signIn());
    assert.deepEqual(await page.evaluate(() => window.sessionsPage.callBoth(1)), [
      '{"token":"a0"}',
      '{"token":"b0"}',
    ]);

    billing.expire();
    const answers = await page.evaluate(() => window.sessionsPage.callBoth(3));
    assert.deepEqual(answers, Array(3).fill(['{"token":"a0"}', '{"token":"b1"}']).flat());
    await page.reload();
    await ready(page);
    assert.deepEqual(await page.evaluate(() => window.sessionsPage.callBoth(1)), [
      '{"token":"a0"}',
      '{"token":"b1"}',
    ]);
    assert.deepEqual(shop.seen, Array<string>(5).fill('GET /orders a0'));
    assert.deepEqual(billing.seen.toSorted(), [
      ...Array<string>(4).fill('GET /bills b0'),
      ...Array<string>(4).fill('GET /bills b1'),
      'POST /token without token',
    ]);
  });

  it('signs out of one, and stays signed in to the other', async () => {
    const { site, shop, billing } = stage();
    const page = await site.open();
    await page.evaluate(() => window.sessionsPage.signIn());
    await page.evaluate(() => window.sessionsPage.signOutOfBilling());
    assert.deepEqual(await page.evaluate(() => window.sessionsPage.signedIn()), [true, false]);
    assert.deepEqual(await page.evaluate(() => window.sessionsPage.callBoth(1)), ['{"token":"a0"}', '401']);
    assert.deepEqual([shop.seen, billing.seen], [['GET /orders a0'], ['GET /bills without token']]);
  });
});
