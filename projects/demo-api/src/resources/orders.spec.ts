import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startDepot } from '../testing/depot-caller.ts';

describe('orders', () => {
  it('are placed, numbered, counted and found again', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    const placed = await depot.post('/orders', { product: 'p-02', quantity: 3 }, accessToken);
    assert.equal(placed.status, 201);
    assert.equal(placed.body['id'], 'o-1021');
    assert.equal(Object.hasOwn(placed.body, 'callId'), false);
    assert.deepEqual((await depot.get('/orders/o-1021', accessToken)).body, placed.body);
    assert.equal((await depot.counters())['applications'], 1);
  });

  it('echo the call id and write it into the log, also when the token is rejected', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    const order = { product: 'p-02', quantity: 1, callId: 'call-7' };
    await depot.post('/orders', order, 'nonsense');
    assert.equal((await depot.post('/orders', order, accessToken)).body['callId'], 'call-7');
    const sendings = (await depot.log()).filter(({ callId }) => callId === 'call-7');
    assert.deepEqual(
      sendings.map(({ status }) => status),
      [401, 201],
    );
  });

  for (const [order, message] of [
    [{ quantity: 1 }, /^"product" is missing/],
    [{ product: 5, quantity: 1 }, /^"product" is a number/],
    [{ product: 'p-01' }, /^"quantity" is missing\. Allowed: a whole number from 1 to 1000\.$/],
    [{ product: 'p-01', quantity: 0 }, /^"quantity" is 0\./],
    [{ product: 'p-01', quantity: 1.5 }, /^"quantity" is 1\.5\./],
    [{ product: 'p-01', quantity: '2' }, /^"quantity" is a text\./],
    [[], /^The body is a list/],
  ] as const) {
    it(`refuse ${JSON.stringify(order)}`, async (test) => {
      const depot = await startDepot(test);
      const { accessToken } = await depot.signIn();
      const { status, body } = await depot.post('/orders', order, accessToken);
      assert.equal(status, 400);
      assert.match(String(body['message']), message);
      assert.equal((await depot.counters())['applications'], 0);
    });
  }

  it('say where to look when there is none of this number', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    for (const path of ['/orders/o-9999', '/orders/__proto__']) {
      const { status, body } = await depot.get(path, accessToken);
      assert.equal(status, 404);
      assert.match(String(body['message']), /GET \/orders lists them/);
    }
  });
});
