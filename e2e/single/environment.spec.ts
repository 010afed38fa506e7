import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { openSite, type Site } from './open-site.ts';
import './page/environment-contract.ts';
import { TokenApi } from './token-api.ts';

const SCRIPT = join(import.meta.dirname, 'page', 'environment.ts');
const six = (text: string) => Array<string>(6).fill(text);

interface Stage {
  readonly site: Site;
  readonly staging: TokenApi;
  readonly production: TokenApi;
  /** What `/config.json` names. */
  readonly target: { api: TokenApi };
}

const opened: Stage[] = [];

function stage(): Stage {
  const [one] = opened;
  if (!one) throw new Error('The stage is not open.');
  return one;
}

describe('one build in two environments', () => {
  before(async () => {
    const [staging, production] = [await new TokenApi().listen(), await new TokenApi().listen()];
    const target = { api: staging };
    opened.push({ site: await openSite(SCRIPT, () => target.api.url), staging, production, target });
  });

  after(async () => {
    const { site, staging, production } = stage();
    await Promise.all([site.close(), staging.close(), production.close()]);
    await disconnectBrowser();
  });

  it('refreshes and sends tokens where the loaded configuration says', async () => {
    const { site, staging, production, target } = stage();
    const first = await site.open();
    await first.evaluate(() => window.environmentPage.signIn());
    staging.expire();
    const answers = await first.evaluate(() => window.environmentPage.callSix());
    assert.deepEqual(answers, six('{"token":"a1"}'));
    assert.deepEqual(staging.seen.toSorted(), [
      ...six('GET /orders a0'),
      ...six('GET /orders a1'),
      'POST /token without token',
    ]);
    assert.deepEqual(production.seen, []);

    staging.seen.length = 0;
    target.api = production;
    const second = await site.open();
    await second.evaluate(() => window.environmentPage.signIn());
    await second.evaluate(() => window.environmentPage.callSix());
    assert.deepEqual(production.seen, six('GET /orders a0'));
    assert.deepEqual(staging.seen, []);
  });
});
