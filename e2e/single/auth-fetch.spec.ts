import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { openSite, type Site } from './open-site.ts';
import './page/auth-fetch-contract.ts';
import { StreamServer } from './stream-server.ts';

const SCRIPT = join(import.meta.dirname, 'page', 'auth-fetch.ts');

const opened: { site: Site; server: StreamServer }[] = [];

function stage(): { site: Site; server: StreamServer } {
  const [one] = opened;
  if (!one) throw new Error('The stage is not open.');
  return one;
}

describe('injectAuthFetch in a page', () => {
  before(async () => {
    const server = await new StreamServer().listen();
    opened.push({ server, site: await openSite(SCRIPT, () => server.url) });
  });

  after(async () => {
    const { site, server } = stage();
    await Promise.all([site.close(), server.close()]);
    await disconnectBrowser();
  });

  it('keeps server-sent events coming over tokens that expire, and serves a generated client', async () => {
    const { site, server } = stage();
    const page = await site.open();
    const events = await page.evaluate(() => window.fetchPage.listen(6));
    assert.deepEqual(
      events,
      [1, 2, 3, 4, 5, 6].map((index) => `event ${index}`),
    );
    assert.deepEqual(server.seen, [
      'GET /events a0',
      'GET /events a0',
      'POST /token without token',
      'GET /events a1',
      'GET /events a1',
      'POST /token without token',
      'GET /events a2',
    ]);

    server.seen.length = 0;
    assert.equal(await page.evaluate(() => window.fetchPage.order('tea')), '200 tea');
    assert.deepEqual(server.seen, ['POST /orders a2', 'POST /token without token', 'POST /orders a3']);
  });
});
