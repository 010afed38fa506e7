import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cookiesOf, startDepot, type Answer, type DepotCaller } from '../testing/depot-caller.ts';
import { SECOND_MS, TestClock } from '../testing/test-clock.ts';

type Cookies = Readonly<Record<string, string>>;

describe('POST /cookie/refresh', () => {
  it('gives a new access token and rotates the cookie', async (test) => {
    const depot = await startDepot(test);
    const { cookies } = await depot.signIn('cookie');
    const { status, headers, body } = await refresh(depot, cookies);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in']);
    assert.match(headers.getSetCookie()[0] ?? '', /^refresh=.+; Path=\/cookie; HttpOnly; SameSite=Lax$/);
    const rotated = { ...cookies, ...cookiesOf(headers) };
    assert.notEqual(rotated['refresh'], cookies['refresh']);
    assert.equal(rotated['XSRF-TOKEN'], cookies['XSRF-TOKEN']);
    assert.equal((await refresh(depot, rotated)).status, 200);
    assert.equal((await depot.get('/me', String(body['access_token']))).status, 200);
  });

  it('ends the family and clears the cookies when a spent cookie comes again', async (test) => {
    const depot = await startDepot(test);
    const { accessToken, cookies } = await depot.signIn('cookie');
    const { headers } = await refresh(depot, cookies);
    const reuse = await refresh(depot, cookies);
    assert.equal(reuse.status, 401);
    assert.equal(reuse.headers.get('www-authenticate'), null);
    assert.equal(cookiesOf(reuse.headers)['refresh'], '');
    assert.equal((await refresh(depot, { ...cookies, ...cookiesOf(headers) })).status, 401);
    assert.equal((await depot.get('/me', accessToken)).status, 401);
    assert.equal((await depot.counters())['reuseDetected'], 1);
  });

  it('forgives reuse within the grace period', async (test) => {
    const clock = new TestClock();
    const depot = await startDepot(test, { now: clock.now, settings: { graceSeconds: 2 } });
    const { cookies } = await depot.signIn('cookie');
    await refresh(depot, cookies);
    clock.advance(SECOND_MS);
    assert.equal((await refresh(depot, cookies)).status, 200);
    clock.advance(SECOND_MS);
    assert.equal((await refresh(depot, cookies)).status, 401);
  });

  it('answers 401 where there is no cookie, or a foreign one', async (test) => {
    const depot = await startDepot(test);
    const { cookies } = await depot.signIn('cookie');
    assert.equal((await refresh(depot, { 'XSRF-TOKEN': 'x' })).status, 401);
    assert.equal((await refresh(depot, { ...cookies, refresh: 'nonsense' })).status, 401);
    const { refreshToken } = await depot.signIn('oauth');
    assert.equal((await refresh(depot, { ...cookies, refresh: refreshToken })).status, 401);
  });

  it('answers 403 to a missing, wrong or lone CSRF header, and spends nothing', async (test) => {
    const depot = await startDepot(test);
    const { cookies } = await depot.signIn('cookie');
    const { refresh: secret = '', 'XSRF-TOKEN': xsrf = '' } = cookies;
    const forged = [
      await refresh(depot, cookies, {}),
      await refresh(depot, cookies, { 'X-XSRF-TOKEN': `${xsrf}x` }),
      await refresh(depot, cookies, { 'X-XSRF-TOKEN': '' }),
      await refresh(depot, { refresh: secret }, { 'X-XSRF-TOKEN': xsrf }),
    ];
    assert.deepEqual(
      forged.map(({ status }) => status),
      [403, 403, 403, 403],
    );
    assert.equal((await refresh(depot, cookies)).status, 200);
  });
});

function refresh(depot: DepotCaller, cookies: Cookies, headers = repeatXsrf(cookies)): Promise<Answer> {
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  return depot.send('/cookie/refresh', { method: 'POST', headers: { Cookie: pairs.join('; '), ...headers } });
}

function repeatXsrf(cookies: Cookies): Record<string, string> {
  return { 'X-XSRF-TOKEN': cookies['XSRF-TOKEN'] ?? '' };
}
