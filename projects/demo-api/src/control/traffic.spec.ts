import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { bearer, startDepot } from '../testing/depot-caller.ts';
import { until } from '../testing/until.ts';

describe('the traffic', () => {
  it('is counted by what it was', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    await depot.get('/me', accessToken);
    await depot.get('/me');
    await depot.get('/public/status');
    await depot.get('/no/such/route');
    await depot.post('/auth', undefined, accessToken);
    await depot.post('/auth');
    const { requests, rejections, refreshes, refreshesRefused, logins } = await depot.counters();
    assert.deepEqual(
      { requests, rejections, refreshes, refreshesRefused, logins },
      { requests: 2, rejections: 1, refreshes: 2, refreshesRefused: 1, logins: 1 },
    );
  });

  it('is counted by the time its answer arrives', async (test) => {
    const depot = await startDepot(test);
    await Promise.all(Array.from({ length: 50 }, () => depot.get('/orders')));
    assert.equal((await depot.counters())['rejections'], 50);
    assert.equal((await depot.log()).length, 50);
  });

  it('is logged in order of arrival, with user and token version', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    const { body } = await depot.post('/auth', undefined, accessToken);
    await depot.get('/stock?callId=late', accessToken);
    await depot.get('/stock?page=2', String(body['access_token']));
    await depot.get('/nowhere');
    const entries = (await depot.log()).map(({ at, ...entry }) => ({ ...entry, timed: typeof at }));
    const timed = 'number';
    assert.deepEqual(entries, [
      { method: 'POST', path: '/login', status: 200, subject: 'user-1', timed },
      { method: 'POST', path: '/auth', status: 200, subject: 'user-1', version: 1, timed },
      { method: 'GET', path: '/stock', status: 401, subject: 'user-1', version: 1, callId: 'late', timed },
      { method: 'GET', path: '/stock', status: 200, subject: 'user-1', version: 2, timed },
      { method: 'GET', path: '/nowhere', status: 404, timed },
    ]);
  });

  it('is remembered for a thousand calls', async (test) => {
    const depot = await startDepot(test);
    for (let round = 0; round < 26; round += 1) {
      await Promise.all(
        Array.from({ length: 40 }, (_, index) => depot.get(`/nowhere/${round * 40 + index}`)),
      );
    }
    const log = await depot.log();
    assert.equal(log.length, 1000);
    assert.equal(
      log.some(({ path }) => path === '/nowhere/0'),
      false,
    );
  });

  it('never shows a token in the log, wherever a caller puts one', async (test) => {
    const depot = await startDepot(test);
    const { accessToken, refreshToken } = await depot.signIn('oauth');
    for (const token of [accessToken, refreshToken]) {
      await depot.get(`/orders/${token}?token=${token}&callId=${token}`, token);
      await depot.post('/orders', { product: token, quantity: 1, callId: token }, accessToken);
      await depot.get(`/${token}`);
    }
    const log = JSON.stringify(await depot.log());
    assert.ok(log.includes('/orders/…'));
    for (const secret of [accessToken, refreshToken, ...accessToken.split('.'), ...refreshToken.split('.')]) {
      assert.equal(log.includes(secret), false);
    }
  });

  it('is delayed, and a change of the settings moves only what comes later', async (test) => {
    const depot = await startDepot(test, { settings: { latencyMs: 1000 } });
    const { accessToken } = await depot.signIn();
    const startedAtMs = performance.now();
    const slow = depot.get('/me', accessToken);
    const slowRejection = depot.get('/me');
    await until(async () => (await depot.counters())['requests'] === 2);
    // A call that is counted has yet to be decided, which takes a signature check.
    await setTimeout(50);
    await depot.patch('/control/settings', { latencyMs: 0 });
    assert.equal((await depot.get('/me', accessToken)).status, 200);
    assert.ok(performance.now() - startedAtMs < 900, 'the later call is slow as well');
    assert.deepEqual([(await slow).status, (await slowRejection).status], [200, 401]);
    assert.ok(performance.now() - startedAtMs >= 995, 'the earlier calls are not slow');
  });

  it('is judged at arrival: a delayed refresh has spent its token already', async (test) => {
    const depot = await startDepot(test, { settings: { refreshLatencyMs: 200 } });
    const { accessToken } = await depot.signIn();
    const startedAtMs = performance.now();
    const refresh = depot.post('/auth', undefined, accessToken);
    await until(async () => (await depot.counters())['refreshes'] === 1);
    assert.equal((await depot.get('/me', accessToken)).status, 401);
    assert.equal((await refresh).status, 200);
    assert.ok(performance.now() - startedAtMs >= 195, 'the refresh is not slow');
  });

  it('is logged as 499 when the caller leaves before the answer', async (test) => {
    const depot = await startDepot(test, { settings: { latencyMs: 5000 } });
    const caller = new AbortController();
    const answer = fetch(`${depot.address}/me`, { headers: bearer('nonsense'), signal: caller.signal });
    await until(async () => (await depot.counters())['requests'] === 1);
    caller.abort();
    await assert.rejects(answer);
    await until(async () => (await depot.log()).length === 1);
    assert.deepEqual(
      (await depot.log()).map(({ status }) => status),
      [499],
    );
    assert.equal((await depot.counters())['rejections'], 0);
  });
});
