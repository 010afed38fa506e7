import { Generator } from '@angular/service-worker/config';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { configurationOf } from '../servers/docs-block.ts';
import { openSite, type Site } from './open-site.ts';
import './page/service-worker-contract.ts';
import { TokenApi } from './token-api.ts';
import { useStage } from './use-stage.ts';

const SCRIPT = join(import.meta.dirname, 'page', 'service-worker.ts');
const HEADING = 'Or forget them when the user changes';
const WORKER = createRequire(import.meta.url).resolve('@angular/service-worker/ngsw-worker.js');

describe('the Angular service worker with a data group of answers that need a token', () => {
  const stage = useStage(async () => {
    const api = await new TokenApi().listen();
    const block = await configurationOf({ page: 'service-worker.md', heading: HEADING });
    const site = await openSite(SCRIPT, () => api.url, {
      blocks: [{ id: 'service-worker', block, url: '' }],
      files: { 'ngsw-worker.js': await readFile(WORKER, 'utf8'), 'ngsw.json': await manifest(api.url) },
    });
    return { site, api };
  });

  it('gives the next user the answers of the last one, until they are forgotten', async () => {
    const { page, first, second, seen } = await changeUser(stage());
    assert.equal(await call(page), answerTo(first));
    assert.deepEqual(seen(), []);

    await page.evaluate(() => window.workerPage.forgetAnswers());
    assert.equal(await call(page), answerTo(second));
    assert.deepEqual(seen(), [`GET /me ${second}`]);
  });

  it('still does after its caches were deleted by name', async () => {
    const { page, first, seen } = await changeUser(stage());
    await page.evaluate(() => window.workerPage.deleteCaches());
    assert.equal(await call(page), answerTo(first));
    assert.deepEqual(seen(), []);
  });
});

/** Opens the page: the first user asks the API, then the second one signs in. */
async function changeUser({ site, api }: { site: Site; api: TokenApi }) {
  const page = await site.open();
  const signIn = async () => {
    const tokens = (await (await fetch(`${api.url}/token`)).json()) as { access_token: string };
    await page.evaluate((token) => window.workerPage.signIn(token), tokens.access_token);
    return tokens.access_token;
  };
  const first = await signIn();
  assert.equal(await call(page), answerTo(first));
  const second = await signIn();
  api.seen.length = 0;
  return { page, first, second, seen: () => api.seen };
}

function answerTo(token: string): string {
  return JSON.stringify({ token });
}

function call(page: Page): Promise<string> {
  return page.evaluate(() => window.workerPage.call());
}

/** What `ng build` makes of an `ngsw-config.json` with one data group. */
async function manifest(apiUrl: string): Promise<string> {
  const noFiles = { list: () => Promise.resolve([]), read: noFile, hash: noFile, write: noFile };
  const generated = await new Generator(noFiles, '/').process({
    index: '/index.html',
    dataGroups: [
      {
        name: 'api',
        urls: [`${apiUrl}/**`],
        cacheConfig: { maxSize: 10, maxAge: '1h', strategy: 'performance' },
      },
    ],
  });
  return JSON.stringify(generated);
}

function noFile(path: string): Promise<never> {
  return Promise.reject(new Error(`There is no ${path}.`));
}
