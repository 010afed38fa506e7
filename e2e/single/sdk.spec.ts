import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { blockUnder } from '../servers/docs-block.ts';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { openSite, ready, type Site } from './open-site.ts';
import './page/sdk-contract.ts';
import { SignInServer } from './sign-in-server.ts';

const SCRIPT = join(import.meta.dirname, 'page', 'sdk.ts');
const PAGE = 'docs/identity-sdk.md';
const SDK = 'oidc-client-ts';
const SIX = Array<string>(6).fill('GET /me 200');

const opened: { site: Site; server: SignInServer }[] = [];

function stage(): { site: Site; server: SignInServer } {
  const [one] = opened;
  if (!one) throw new Error('The stage is not open.');
  return one;
}

describe('oidc-client-ts at a certified server', () => {
  before(async () => {
    const target = { url: '' };
    const text = await readFile(join(import.meta.dirname, '..', '..', PAGE), 'utf8');
    const block = blockUnder(text, { file: PAGE, heading: SDK });
    const site = await openSite(SCRIPT, () => target.url, { blocks: [{ id: SDK, block, url: '' }] });
    const server = await SignInServer.open(site.origin);
    target.url = server.url;
    opened.push({ site, server });
  });

  after(async () => {
    const { site, server } = stage();
    await Promise.all([site.close(), server.close()]);
    await disconnectBrowser();
  });

  it('signs in by code and PKCE, and heals six rejections by one refresh of the SDK', async () => {
    const { site, server } = stage();
    const page = await site.open();
    const asked = page.waitForRequest(/\/auth\?/);
    await page.evaluate(() => window.sdkPage.signIn());
    const query = new URL((await asked).url()).searchParams;
    assert.deepEqual([query.get('response_type'), query.get('code_challenge_method')], ['code', 'S256']);

    await page.fill('input[name=user]', 'alice');
    await page.click('button');
    await page.waitForURL(`${site.origin}/`);
    await ready(page);
    const answers = Array<string>(6).fill('{"sub":"alice"}');
    assert.deepEqual(await page.evaluate(() => window.sdkPage.whileLoading), answers);
    assert.deepEqual(server.seen, ['POST /token 200', ...SIX]);
    assert.equal(await page.evaluate(() => window.sdkPage.signedIn()), true);

    await server.expireAll();
    server.seen.length = 0;
    assert.deepEqual(await page.evaluate(() => window.sdkPage.callSix()), answers);
    assert.deepEqual(server.seen.toSorted(), [
      ...SIX,
      ...Array<string>(6).fill('GET /me 401'),
      'POST /token 200',
    ]);

    server.seen.length = 0;
    await page.reload();
    await ready(page);
    assert.deepEqual(await page.evaluate(() => window.sdkPage.whileLoading), answers);
    assert.deepEqual(server.seen, SIX);
  });

  it('asks for no token at the server while nobody is signed in', async () => {
    const { site, server } = stage();
    server.seen.length = 0;
    const page = await site.open();
    assert.deepEqual(await page.evaluate(() => window.sdkPage.callSix()), Array<string>(6).fill('401'));
    assert.equal(await page.evaluate(() => window.sdkPage.signedIn()), false);
    assert.deepEqual(server.seen, Array<string>(6).fill('GET /me 401'));
  });
});
