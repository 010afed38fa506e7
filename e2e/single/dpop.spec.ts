import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { join } from 'node:path';
import { generateKeyPair, generateProof } from 'dpop';
import { decodeJwt } from 'jose';
import type { Page } from 'playwright-core';
import { eventually } from '../stage/eventually.ts';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { DpopServers, type Seen } from './dpop/servers.ts';
import { openSite, type Site } from './open-site.ts';
import './page/dpop-contract.ts';

const SCRIPT = join(import.meta.dirname, 'page', 'dpop.ts');
const SIX = ['/1', '/2', '/3', '/4', '/5', '/6'];

const opened: { site: Site; servers: DpopServers }[] = [];

function stage(): { site: Site; servers: DpopServers } {
  const [one] = opened;
  if (!one) throw new Error('The stage is not open.');
  return one;
}

describe('DPoP against oidc-provider, which requires nonces', () => {
  before(async () => {
    const urls = { text: '' };
    const site = await openSite(SCRIPT, () => urls.text);
    const servers = await DpopServers.open(site.origin);
    urls.text = JSON.stringify({ issuer: servers.issuer, api: servers.api });
    opened.push({ site, servers });
  });

  beforeEach(() => {
    const { check } = stage().servers;
    Object.assign(check, { aheadSeconds: 0, asksForNonces: true });
    forget();
  });

  after(async () => {
    const { site, servers } = stage();
    await Promise.all([site.close(), servers.close()]);
    await disconnectBrowser();
  });

  for (const backend of ['', '?xhr'] as const) {
    it(`heals six parallel 401s by one refresh and six replays, ${backend ? 'by XMLHttpRequest' : 'by Fetch'}`, async () => {
      const { servers } = stage();
      const page = await visit(backend);
      assert.deepEqual(await call(page, ['/first']), [200]);
      await servers.expire();
      servers.check.rotate();
      forget();
      assert.deepEqual(await call(page, SIX), Array(6).fill(200));
      assert.deepEqual(servers.grants, ['refresh_token: use_dpop_nonce', 'refresh_token']);
      const outcomes = servers.seen.map(({ line }) => line.split(' ')[2]).sort();
      const asked = outcomes.filter((outcome) => outcome === 'use_dpop_nonce').length;
      assert.deepEqual(outcomes, [
        ...Array<string>(6).fill('fine'),
        ...Array<string>(6).fill('invalid_token'),
        ...Array<string>(asked).fill('use_dpop_nonce'),
      ]);
      assert.equal(asked, 6);
      const ids = servers.seen.map(({ proof }) => decodeJwt(proof).jti);
      assert.equal(new Set(ids).size, 18);
    });
  }

  it('heals the requests of injectAuthFetch in the same way', async () => {
    const { servers } = stage();
    const page = await visit();
    await servers.expire();
    assert.deepEqual(
      await page.evaluate((paths) => window.dpopPage.call(paths, 'fetch'), SIX),
      Array(6).fill(200),
    );
    assert.equal(servers.grants.filter((grant) => grant === 'refresh_token').length, 1);
  });

  it('binds the tokens of a sign-in by oidc-client-ts from the start', async () => {
    const { servers } = stage();
    const page = await visit('', 'oidc-client-ts');
    assert.deepEqual(await call(page, ['/orders']), [200]);
    assert.deepEqual(servers.grants, ['authorization_code: use_dpop_nonce', 'authorization_code']);
  });

  it('answers the nonce of the token endpoint with one more sending', async () => {
    const { servers } = stage();
    const page = await visit();
    await servers.expire();
    forget();
    assert.deepEqual(await call(page, ['/orders']), [200]);
    assert.deepEqual(servers.grants, ['refresh_token: use_dpop_nonce', 'refresh_token']);
  });

  it('makes a token that is copied out of the page worthless', async () => {
    const { servers } = stage();
    const page = await visit();
    assert.deepEqual(await call(page, ['/orders']), [200]);
    const { accessToken, refreshToken } = await page.evaluate(() => window.dpopPage.steal());
    const [used] = servers.seen.filter(({ line }) => line.endsWith('fine')) as [Seen];

    const ofThief = await generateKeyPair('ES256');
    const { nonce } = servers.check;
    const forged = await generateProof(ofThief, `${servers.api}/orders`, 'GET', nonce, accessToken);
    assert.equal(await statusElsewhere('/orders', { Authorization: `Bearer ${accessToken}` }), 401);
    assert.equal(await statusElsewhere('/orders', { Authorization: used.authorization, DPoP: forged }), 401);
    assert.equal(
      await statusElsewhere('/orders', { Authorization: used.authorization, DPoP: used.proof }),
      401,
    );
    assert.equal(
      await statusElsewhere('/other', { Authorization: used.authorization, DPoP: used.proof }),
      401,
    );

    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'demo',
      refresh_token: refreshToken,
    });
    const DPoP = await generateProof(ofThief, `${servers.issuer}/token`, 'POST', await nonceOfIssuer());
    for (const headers of [{}, { DPoP }]) {
      const answer = await fetch(`${servers.issuer}/token`, { method: 'POST', body, headers });
      assert.equal(answer.status, 400);
    }
    assert.deepEqual(await call(page, ['/orders']), [200]);
  });

  it('keeps the private key where no script can export it', async () => {
    const page = await visit();
    assert.equal(await page.evaluate(() => window.dpopPage.exportKey()), 'InvalidAccessError');
  });

  it('follows the clock of a server that is an hour ahead', async () => {
    const { servers } = stage();
    const page = await visit();
    Object.assign(servers.check, { aheadSeconds: 3600, asksForNonces: false });
    assert.deepEqual(await call(page, ['/one']), [200]);
    assert.deepEqual(await call(page, ['/two']), [200]);
    assert.deepEqual(
      servers.seen.map(({ line }) => line),
      ['GET /one invalid_dpop_proof', 'GET /one fine', 'GET /two fine'],
    );
  });

  it('shares the key with every tab and every reload, and drops it with the sign-out', async () => {
    const { site } = stage();
    const page = await visit();
    const other = await page.context().newPage();
    await other.goto(site.origin);
    await other.waitForFunction(() => 'page' in window);
    assert.deepEqual(await call(other, ['/other-tab']), [200]);
    await page.reload();
    await page.waitForFunction(() => 'page' in window);
    assert.deepEqual(await call(page, ['/reloaded']), [200]);
    assert.equal(await page.evaluate(() => window.dpopPage.keys()), 1);
    await page.evaluate(() => window.dpopPage.signOut());
    await eventually(() => other.evaluate(() => window.dpopPage.signedIn()), false);
    await eventually(() => other.evaluate(() => window.dpopPage.keys()), 0);
  });

  it('ends a session whose key was deleted when its page loads, and sends nothing', async () => {
    const { servers } = stage();
    const page = await visit();
    await page.evaluate(() => window.dpopPage.loseKeys());
    forget();
    await page.reload();
    await page.waitForFunction(() => 'page' in window);
    assert.deepEqual(await call(page, ['/orders']), [401]);
    assert.deepEqual([servers.seen, servers.grants], [[], []]);
    assert.equal(await page.evaluate(() => window.dpopPage.signedIn()), false);
  });
});

function forget(): void {
  const { seen, grants } = stage().servers;
  seen.length = 0;
  grants.length = 0;
}

/** A page that is signed in. */
async function visit(query = '', library: 'oauth4webapi' | 'oidc-client-ts' = 'oauth4webapi'): Promise<Page> {
  const page = await stage().site.open(query);
  await page.evaluate((name) => window.dpopPage.signIn(name), library);
  return page;
}

function call(page: Page, paths: readonly string[]): Promise<number[]> {
  return page.evaluate((all) => window.dpopPage.call(all), paths);
}

async function statusElsewhere(path: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return (await fetch(`${stage().servers.api}${path}`, { headers })).status;
}

/** As anybody gets it: by a proof of any key without one. */
async function nonceOfIssuer(): Promise<string> {
  const url = `${stage().servers.issuer}/token`;
  const DPoP = await generateProof(await generateKeyPair('ES256'), url, 'POST');
  const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'demo', refresh_token: 'none' });
  const { headers } = await fetch(url, { method: 'POST', body, headers: { DPoP } });
  return headers.get('DPoP-Nonce') ?? '';
}
