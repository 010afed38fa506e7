import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startDepot } from './testing/depot-caller.ts';

describe('the demo API', () => {
  it('lists its routes at the root', async (test) => {
    const depot = await startDepot(test);
    const { status, body } = await depot.get('/');
    assert.equal(status, 200);
    const routes = body['routes'] as string[];
    assert.ok(routes.includes('POST /login') && routes.includes('GET /reports/payroll'));
  });

  it('answers its public status without a token', async (test) => {
    const depot = await startDepot(test);
    assert.equal((await depot.get('/public/status')).body['status'], 'open');
  });

  it('shares nothing with a second instance', async (test) => {
    const [first, second] = [await startDepot(test), await startDepot(test)];
    const { accessToken } = await first.signIn();
    await first.patch('/control/settings', { graceSeconds: 9 });
    assert.equal((await first.get('/me', accessToken)).status, 200);
    assert.equal((await second.get('/me', accessToken)).status, 401);
    assert.equal((await second.counters())['logins'], 0);
    assert.equal((await second.get('/control/settings')).body['graceSeconds'], 0);
  });

  it('forbids every cache to keep an answer', async (test) => {
    const depot = await startDepot(test);
    const login = await depot.post('/login', { username: 'clerk', password: 'clerk-pass' });
    assert.equal(login.headers.get('cache-control'), 'no-store');
  });

  it('names the routes nearby for an unknown route', async (test) => {
    const depot = await startDepot(test);
    const near = await depot.get('/order');
    assert.equal(near.status, 404);
    assert.match(String(near.body['message']), /Nearby: .*GET \/orders\/:id/);
    const far = await depot.get('/zebra');
    assert.match(String(far.body['message']), /GET \/ lists every route/);
  });

  it('answers 405 with the allowed methods where only the method is wrong', async (test) => {
    const depot = await startDepot(test);
    const answer = await depot.get('/auth');
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.get('allow'), 'POST');
    assert.equal((await depot.send('/orders/o-1001', { method: 'DELETE' })).headers.get('allow'), 'GET');
  });

  it('explains broken JSON without repeating it', async (test) => {
    const depot = await startDepot(test);
    const answer = await depot.send('/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"password":"secret"',
    });
    assert.equal(answer.status, 400);
    assert.equal(
      answer.body['message'],
      'The body is 20 bytes that do not parse as JSON. Send one JSON object.',
    );
  });

  it('refuses a body of a foreign type, an empty one and one that is too large', async (test) => {
    const depot = await startDepot(test);
    const send = (contentType: string, body: string) =>
      depot.send('/login', { method: 'POST', headers: { 'Content-Type': contentType }, body });
    const foreign = await send('application/xml', '<a/>');
    assert.equal(foreign.status, 415);
    assert.match(String(foreign.body['message']), /application\/xml.*Send application\/json/);
    assert.equal((await send('application/json', '')).status, 400);
    assert.equal((await send('application/json', `"${'x'.repeat(200_000)}"`)).status, 413);
  });

  it('says nothing but "unexpected" when the server itself fails, and tells its operator', async (test) => {
    const told: string[] = [];
    const clock = { broken: false };
    const now = () => {
      if (clock.broken) {
        throw new Error('the clock has stopped');
      }
      return Date.now();
    };
    const depot = await startDepot(test, {
      now,
      onUnexpected: (error, where) => told.push(`${where} ${String(error)}`),
    });
    clock.broken = true;
    const answer = await depot.get('/public/status');
    assert.equal(answer.status, 500);
    assert.deepEqual(answer.body, { message: 'unexpected' });
    assert.deepEqual(told, ['GET /public/status Error: the clock has stopped']);
  });
});
