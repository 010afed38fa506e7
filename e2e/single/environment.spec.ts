import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { join } from 'node:path';
import { openSite } from './open-site.ts';
import './page/environment-contract.ts';
import { TokenApi } from './token-api.ts';
import { useStage } from './use-stage.ts';

const SCRIPT = join(import.meta.dirname, 'page', 'environment.ts');
const six = (text: string) => Array<string>(6).fill(text);

describe('one build in two environments', () => {
  /** What `/config.json` names. */
  const target = { url: '' };
  const stage = useStage(async () => ({
    site: await openSite(SCRIPT, () => target.url),
    staging: await new TokenApi().listen(),
    production: await new TokenApi().listen(),
  }));

  it('refreshes and sends tokens where the loaded configuration says', async () => {
    const { site, staging, production } = stage();
    target.url = staging.url;
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
    target.url = production.url;
    const second = await site.open();
    await second.evaluate(() => window.environmentPage.signIn());
    await second.evaluate(() => window.environmentPage.callSix());
    assert.deepEqual(production.seen, six('GET /orders a0'));
    assert.deepEqual(staging.seen, []);
  });
});
