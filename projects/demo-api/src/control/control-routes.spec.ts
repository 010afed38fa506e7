import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { startDepot } from '../testing/depot-caller.ts';
import { readStream } from '../testing/read-stream.ts';

const START = {
  accessTokenLifeSeconds: 60,
  latencyMs: 0,
  refreshLatencyMs: 0,
  graceSeconds: 0,
  refreshAnswer: 'tokens',
};
const NOTHING_SEEN = {
  requests: 0,
  rejections: 0,
  refreshes: 0,
  refreshesRefused: 0,
  reuseDetected: 0,
  applications: 0,
  uploads: 0,
  logins: 0,
};

describe('the control endpoints', () => {
  it('expire every access token so far, and no refresh token', async (test) => {
    const depot = await startDepot(test);
    const { accessToken, refreshToken } = await depot.signIn('oauth');
    await depot.post('/control/expire');
    assert.equal((await depot.get('/me', accessToken)).status, 401);
    const form = { grant_type: 'refresh_token', client_id: 'demo', refresh_token: refreshToken };
    const { body } = await depot.send('/oauth/token', { method: 'POST', body: new URLSearchParams(form) });
    assert.equal((await depot.get('/me', String(body['access_token']))).status, 200);
  });

  it('revoke every family', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    await depot.post('/control/revoke');
    assert.equal((await depot.get('/me', accessToken)).status, 401);
    assert.equal((await depot.post('/auth', undefined, accessToken)).status, 401);
    assert.equal((await depot.counters())['reuseDetected'], 0);
    assert.equal((await depot.get('/me', (await depot.signIn()).accessToken)).status, 200);
  });

  it('reset everything but the sessions', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    await depot.post('/orders', { product: 'p-01', quantity: 1 }, accessToken);
    await depot.patch('/control/settings', { graceSeconds: 5 });
    await depot.post('/control/reset');
    assert.deepEqual(await depot.counters(), NOTHING_SEEN);
    assert.deepEqual(await depot.log(), []);
    assert.deepEqual((await depot.get('/control/settings')).body, START);
    assert.equal((await depot.get('/orders/o-1021', accessToken)).status, 404);
  });

  it('reset the sessions too when told so', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    assert.equal((await depot.post('/control/reset', { sessions: 'yes' })).status, 400);
    assert.equal((await depot.get('/me', accessToken)).status, 200);
    assert.equal((await depot.post('/control/reset', { sessions: true })).status, 204);
    assert.equal((await depot.get('/me', accessToken)).status, 401);
  });

  it('reset to the settings that the server started with', async (test) => {
    const depot = await startDepot(test, { settings: { accessTokenLifeSeconds: 5 } });
    await depot.patch('/control/settings', { accessTokenLifeSeconds: 7 });
    await depot.post('/control/reset');
    assert.equal((await depot.get('/control/settings')).body['accessTokenLifeSeconds'], 5);
  });

  it('change some settings and keep the others', async (test) => {
    const depot = await startDepot(test);
    await depot.patch('/control/settings', { latencyMs: 20 });
    const { status, body } = await depot.patch('/control/settings', { accessTokenLifeSeconds: 2 });
    assert.equal(status, 200);
    assert.deepEqual(body, { ...START, latencyMs: 20, accessTokenLifeSeconds: 2 });
    assert.equal(
      (await depot.post('/login', { username: 'clerk', password: 'clerk-pass' })).body['expires_in'],
      2,
    );
  });

  for (const [change, message] of [
    [{ latencyMs: -1 }, '"latencyMs" is -1. Allowed: a whole number from 0 to 60000.'],
    [{ latencyMs: '5' }, '"latencyMs" is a text. Allowed: a whole number from 0 to 60000.'],
    [{ refreshLatencyMs: 60_001 }, '"refreshLatencyMs" is 60001. Allowed: a whole number from 0 to 60000.'],
    [
      { accessTokenLifeSeconds: 0 },
      '"accessTokenLifeSeconds" is 0. Allowed: a whole number from 1 to 86400.',
    ],
    [{ graceSeconds: null }, '"graceSeconds" is null. Allowed: a whole number from 0 to 3600.'],
    [
      { refreshAnswer: 'maybe' },
      '"refreshAnswer" is "maybe". Allowed: tokens, unavailable, too-many, hang, malformed, refused.',
    ],
    [
      { graceSeconds: 3, latency: 5 },
      '"latency" is not a setting. Allowed: accessTokenLifeSeconds, latencyMs, refreshLatencyMs, graceSeconds, refreshAnswer.',
    ],
    [[], 'The body is a list. Send a JSON object such as {"latencyMs":500}.'],
  ] as const) {
    it(`refuse the settings ${JSON.stringify(change)} and change nothing`, async (test) => {
      const depot = await startDepot(test);
      const { status, body } = await depot.patch('/control/settings', change);
      assert.equal(status, 400);
      assert.equal(body['message'], message);
      assert.deepEqual((await depot.get('/control/settings')).body, START);
    });
  }

  it('stream the counters at once and after a change, in few messages', async (test) => {
    const depot = await startDepot(test);
    const arrivals: { atMs: number; requests: number }[] = [];
    for await (const counts of readStream(`${depot.address}/control/stream`)) {
      const { requests } = counts as { requests: number };
      arrivals.push({ atMs: performance.now(), requests });
      if (arrivals.length === 1) {
        void Promise.all(Array.from({ length: 40 }, () => depot.get('/me')));
      }
      if (requests === 40) {
        break;
      }
    }
    assert.equal(arrivals[0]?.requests, 0);
    assert.ok(arrivals.length <= 3 + elapsedMs(arrivals) / 50, `${arrivals.length} messages are too many`);
  });

  it('stream a single change without waiting for another', async (test) => {
    const depot = await startDepot(test);
    const stream = readStream(`${depot.address}/control/stream`);
    await stream.next();
    await setTimeout(80);
    await depot.signIn();
    assert.equal(((await stream.next()).value as { logins: number }).logins, 1);
    await stream.return(undefined);
  });
});

function elapsedMs(arrivals: readonly { atMs: number }[]): number {
  return (arrivals.at(-1)?.atMs ?? 0) - (arrivals[0]?.atMs ?? 0);
}
