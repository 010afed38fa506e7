import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { join } from 'node:path';
import { configurationOf } from '../servers/docs-block.ts';
import { openSite, ready } from './open-site.ts';
import './page/sdk-contract.ts';
import { SignInServer } from './sign-in-server.ts';
import { useStage } from './use-stage.ts';

const SCRIPT = join(import.meta.dirname, 'page', 'sdk.ts');
const SDK = 'oidc-client-ts';
const SIX = Array<string>(6).fill('GET /me 200');

describe('oidc-client-ts at a certified server', () => {
  const stage = useStage(async () => {
    const target = { url: '' };
    const block = await configurationOf({ page: 'identity-sdk.md', heading: SDK });
    const site = await openSite(SCRIPT, () => target.url, { blocks: [{ id: SDK, block, url: '' }] });
    const server = await SignInServer.open(site.origin);
    target.url = server.url;
    return { site, server };
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
