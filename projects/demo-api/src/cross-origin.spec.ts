import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDemoApi } from './create-demo-api.ts';
import { startDepot, type DepotCaller } from './testing/depot-caller.ts';

const DEMO = 'http://127.0.0.1:4200';

describe('cross-origin access', () => {
  for (const origin of [DEMO, 'http://localhost:4200']) {
    it(`answers the preflight of ${origin}`, async (test) => {
      const depot = await startDepot(test);
      const { status, headers } = await preflight(depot, origin);
      assert.equal(status, 204);
      assert.equal(headers.get('access-control-allow-origin'), origin);
      assert.equal(headers.get('access-control-allow-credentials'), 'true');
      assert.match(
        headers.get('access-control-allow-headers') ?? '',
        /Authorization, Content-Type, X-XSRF-TOKEN/,
      );
      assert.match(headers.get('access-control-allow-methods') ?? '', /PATCH/);
      assert.equal(headers.get('access-control-max-age'), '600');
      assert.equal(headers.get('vary'), 'Origin');
    });
  }

  for (const origin of [
    'http://127.0.0.1:4200.evil.example',
    'http://127.0.0.1:42000',
    'https://127.0.0.1:4200',
    'null',
  ]) {
    it(`gives ${origin} nothing`, async (test) => {
      const depot = await startDepot(test);
      const answers = [
        await preflight(depot, origin),
        await depot.send('/public/status', { headers: { origin } }),
      ];
      for (const { headers } of answers) {
        assert.equal(headers.get('access-control-allow-origin'), null);
        assert.equal(headers.get('access-control-allow-credentials'), null);
        assert.equal(headers.get('vary'), 'Origin');
      }
    });
  }

  it('counts no preflight', async (test) => {
    const depot = await startDepot(test);
    await preflight(depot, DEMO);
    await preflight(depot, 'http://evil.example');
    assert.equal((await depot.counters())['requests'], 0);
    assert.deepEqual(await depot.log(), []);
  });

  for (const path of ['/me', '/reports/nothing', '/auth', '/orders/nothing']) {
    it(`lets the page read the failure of ${path}`, async (test) => {
      const depot = await startDepot(test);
      const { status, headers } = await depot.send(path, { headers: { origin: DEMO } });
      assert.ok(status >= 400);
      assert.equal(headers.get('access-control-allow-origin'), DEMO);
      assert.equal(headers.get('access-control-expose-headers'), 'WWW-Authenticate, Retry-After, Date');
    });
  }

  it('lets the page read a stream', async (test) => {
    const depot = await startDepot(test);
    const response = await fetch(`${depot.address}/control/stream`, { headers: { origin: DEMO } });
    assert.equal(response.headers.get('access-control-allow-origin'), DEMO);
    await response.body?.cancel();
  });

  it('allows the origins it is given, and only those', async (test) => {
    const depot = await startDepot(test, { allowedOrigins: ['http://127.0.0.1:5000'] });
    assert.equal((await preflight(depot, 'http://127.0.0.1:5000')).status, 204);
    assert.notEqual((await preflight(depot, DEMO)).status, 204);
  });

  it('refuses to start with something that is no origin', () => {
    assert.throws(() => createDemoApi({ allowedOrigins: ['http://127.0.0.1:4200/'] }), /is not an origin/);
  });
});

function preflight(depot: DepotCaller, origin: string) {
  const headers = {
    origin,
    'Access-Control-Request-Method': 'GET',
    'Access-Control-Request-Headers': 'authorization',
  };
  return depot.send('/me', { method: 'OPTIONS', headers });
}
