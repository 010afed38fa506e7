import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startDepot } from '../testing/depot-caller.ts';

describe('POST /logout', () => {
  it('ends every token of the family and leaves other sessions alone', async (test) => {
    const depot = await startDepot(test);
    const [left, stays] = [await depot.signIn('oauth'), await depot.signIn('oauth')];
    assert.equal((await depot.post('/logout', undefined, left.accessToken)).status, 204);
    const rejected = await depot.get('/me', left.accessToken);
    assert.match(rejected.headers.get('www-authenticate') ?? '', /The session of this token has ended/);
    assert.equal((await depot.get('/me', stays.accessToken)).status, 200);
  });

  it('works with an expired token', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    await depot.post('/control/expire');
    assert.equal((await depot.post('/logout', undefined, accessToken)).status, 204);
    assert.equal((await depot.post('/auth', undefined, accessToken)).status, 401);
  });

  it('clears both cookies, also without a token', async (test) => {
    const depot = await startDepot(test);
    const { status, headers } = await depot.post('/logout');
    assert.equal(status, 204);
    const [refresh = '', xsrf = ''] = headers.getSetCookie();
    assert.match(refresh, /^refresh=; .*Path=\/cookie; Expires=Thu, 01 Jan 1970/);
    assert.match(xsrf, /^XSRF-TOKEN=; .*Path=\/; Expires=Thu, 01 Jan 1970/);
  });

  it('shrugs at a token that is not ours', async (test) => {
    const depot = await startDepot(test);
    assert.equal((await depot.post('/logout', undefined, 'nonsense')).status, 204);
  });
});
