import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startDepot } from '../testing/depot-caller.ts';

const LISTS = ['/orders', '/customers', '/products', '/shipments', '/invoices', '/stock', '/notifications'];

describe('protected resources', () => {
  for (const path of [...LISTS, '/me', '/orders/o-1001', '/reports/summary']) {
    it(`${path} answers a good token and challenges a missing one`, async (test) => {
      const depot = await startDepot(test);
      const { accessToken } = await depot.signIn();
      assert.equal((await depot.get(path, accessToken)).status, 200);
      const { status, headers, body } = await depot.get(path);
      assert.equal(status, 401);
      assert.equal(headers.get('www-authenticate'), 'Bearer realm="depot"');
      assert.equal(typeof body['message'], 'string');
    });
  }

  for (const path of LISTS) {
    it(`${path} has twenty rows with ids or products of their own`, async (test) => {
      const depot = await startDepot(test);
      const { accessToken } = await depot.signIn();
      const rows = (await depot.get(path, accessToken)).body as unknown as Record<string, unknown>[];
      assert.equal(rows.length, 20);
      assert.equal(new Set(rows.map((row) => row['id'] ?? row['product'])).size, 20);
    });
  }

  for (const path of ['/orders', '/documents']) {
    it(`POST ${path} asks for a token before it looks at anything`, async (test) => {
      const depot = await startDepot(test);
      assert.equal((await depot.post(path, {})).status, 401);
    });
  }

  it('say who is signed in', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn('oauth', 'manager');
    const { body } = await depot.get('/me', accessToken);
    assert.deepEqual(body, { username: 'manager', subject: 'user-2', name: 'Manager', mayAudit: true });
  });

  it('tell an expired, a spent and a foreign token apart', async (test) => {
    const depot = await startDepot(test);
    const [expired, spent] = [await depot.signIn(), await depot.signIn()];
    await depot.post('/auth', undefined, spent.accessToken);
    await depot.post('/control/expire');
    for (const [token, description] of [
      [expired.accessToken, 'The token has expired'],
      [spent.accessToken, 'The token was used up by a refresh'],
      ['nonsense', 'The token was not issued here'],
      ['two words', 'The token was not issued here'],
    ] as const) {
      const { status, headers, body } = await depot.get('/me', token);
      assert.equal(status, 401);
      assert.equal(
        headers.get('www-authenticate'),
        `Bearer realm="depot", error="invalid_token", error_description="${description}"`,
      );
      assert.deepEqual(body, { message: `${description}.` });
    }
  });

  it('read the scheme in any case, and no other scheme', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    const send = (Authorization: string) => depot.send('/me', { headers: { Authorization } });
    assert.equal((await send(`bearer ${accessToken}`)).status, 200);
    assert.equal(
      (await send(`Token ${accessToken}`)).headers.get('www-authenticate'),
      'Bearer realm="depot"',
    );
    assert.equal((await send('Bearer')).headers.get('www-authenticate'), 'Bearer realm="depot"');
  });
});
