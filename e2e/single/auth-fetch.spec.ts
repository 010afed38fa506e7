import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { join } from 'node:path';
import { openSite } from './open-site.ts';
import './page/auth-fetch-contract.ts';
import { StreamServer } from './stream-server.ts';
import { useStage } from './use-stage.ts';

const SCRIPT = join(import.meta.dirname, 'page', 'auth-fetch.ts');

describe('injectAuthFetch in a page', () => {
  const stage = useStage(async () => {
    const server = await new StreamServer().listen();
    return { server, site: await openSite(SCRIPT, () => server.url) };
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
