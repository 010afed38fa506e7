import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../stage/eventually.ts';
import { openOidc } from '../tabs/servers/oidc.ts';
import type { Upstream } from '../tabs/servers/token-server.ts';
import { type HangingServer, openHangingServer } from './hanging-server.ts';
import { openSite } from './open-site.ts';
import './page/sign-out-contract.ts';
import { useStage } from './use-stage.ts';

const SCRIPT = join(import.meta.dirname, 'page', 'sign-out.ts');
const REFRESH_TIMEOUT_MS = 1000;

describe('a sign-out that revokes', () => {
  const target = { url: '' };
  const stage = useStage(async () => {
    const site = await openSite(SCRIPT, () => target.url);
    return { site, oidc: await openOidc(site.origin), hanging: await openHangingServer() };
  });
  /** Opens the page, configured for this server. */
  const visit = (server: Upstream | HangingServer): Promise<Page> => {
    target.url = server.url;
    return stage().site.open();
  };

  it('ends the refresh token and the access token at a certified server', async () => {
    const { oidc } = stage();
    const page = await visit(oidc);
    const tokens = await page.evaluate(() => window.page.logIn('alice'));
    assert.equal(await page.evaluate(() => window.page.call()), '{"username":"alice"}');
    assert.deepEqual(await statuses(oidc.url, tokens), { call: 200 });

    const { signedIn } = await page.evaluate(() => window.page.signOut());
    assert.equal(signedIn, false);
    assert.equal(await page.evaluate(() => window.page.call()), '401');
    assert.deepEqual(await statuses(oidc.url, tokens, 'and refresh'), { call: 401, refresh: 400 });
  });

  it('reaches the server also if the page is left at once', async () => {
    const { oidc } = stage();
    const page = await visit(oidc);
    const tokens = await page.evaluate(() => window.page.logIn('alice'));
    await page.evaluate(() => window.page.signOutAndLeave('about:blank'));
    await eventually(() => statuses(oidc.url, tokens), { call: 401 });
  });

  it('is not held up by a server that hangs', async () => {
    const { hanging } = stage();
    const page = await visit(hanging);
    await page.evaluate(() => window.page.use({ access_token: 'a0', refresh_token: 'r0' }));
    const { signedIn, tookMs } = await page.evaluate(() => window.page.signOut());
    assert.equal(signedIn, false);
    assert.ok(tookMs >= REFRESH_TIMEOUT_MS - 50 && tookMs < 5 * REFRESH_TIMEOUT_MS, `${tookMs} ms`);
    // A request with `keepalive` outlives whoever calls it off.
    assert.deepEqual(hanging.seen(), ['POST /token/revocation']);
  });
});

/** What the server says to the tokens of the page, asked by nobody's page. */
async function statuses(
  url: string,
  tokens: Readonly<Record<string, string>>,
  also?: 'and refresh',
): Promise<Readonly<Record<string, number>>> {
  const headers = { Authorization: `Bearer ${tokens['access_token']}` };
  const call = (await fetch(`${url}/me`, { headers })).status;
  if (!also) return { call };
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'demo',
    refresh_token: tokens['refresh_token'] ?? '',
  });
  return { call, refresh: (await fetch(`${url}/token`, { method: 'POST', body })).status };
}
