import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { createDemoApi } from '../create-demo-api.ts';
import { bearer, DepotCaller, startDepot, type Answer } from '../testing/depot-caller.ts';
import { until } from '../testing/until.ts';

const REFRESHES = {
  exchange: (depot, signedIn) => depot.post('/auth', undefined, signedIn.accessToken),
  oauth: (depot, signedIn) =>
    depot.send('/oauth/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'demo',
        refresh_token: signedIn.refreshToken,
      }),
    }),
  cookie: (depot, { cookies }) =>
    depot.send('/cookie/refresh', {
      method: 'POST',
      headers: {
        Cookie: `refresh=${cookies['refresh']}; XSRF-TOKEN=${cookies['XSRF-TOKEN']}`,
        'X-XSRF-TOKEN': String(cookies['XSRF-TOKEN']),
      },
    }),
} as const satisfies Record<
  string,
  (depot: DepotCaller, signedIn: Awaited<ReturnType<DepotCaller['signIn']>>) => Promise<Answer>
>;

for (const [protocol, refresh] of Object.entries(REFRESHES)) {
  describe(`the refresh answer of ${protocol}`, () => {
    for (const [refreshAnswer, status, refused] of [
      ['unavailable', 503, 0],
      ['too-many', 429, 0],
      ['malformed', 200, 0],
      ['refused', protocol === 'oauth' ? 400 : 401, 1],
    ] as const) {
      it(`is ${status} when it is "${refreshAnswer}", and the token stays good`, async (test) => {
        const depot = await startDepot(test);
        const signedIn = await depot.signIn(protocol);
        await depot.patch('/control/settings', { refreshAnswer });
        const answer = await refresh(depot, signedIn);
        assert.equal(answer.status, status);
        assert.equal(answer.headers.get('retry-after'), refreshAnswer === 'too-many' ? '2' : null);
        assert.equal(answer.body['access_token'], undefined);
        const { refreshes, refreshesRefused } = await depot.counters();
        assert.deepEqual({ refreshes, refreshesRefused }, { refreshes: 1, refreshesRefused: refused });

        await depot.patch('/control/settings', { refreshAnswer: 'tokens' });
        assert.equal((await refresh(depot, signedIn)).status, 200);
      });
    }

    it('waits while it is "hang", and comes when that ends', async (test) => {
      const depot = await startDepot(test);
      const signedIn = await depot.signIn(protocol);
      await depot.patch('/control/settings', { refreshAnswer: 'hang' });
      const answer = refresh(depot, signedIn);
      assert.equal(await Promise.race([answer, setTimeout(150, 'still hanging')]), 'still hanging');
      await depot.patch('/control/settings', { refreshAnswer: 'tokens' });
      assert.equal((await answer).status, 200);
    });
  });
}

describe('a refresh that hangs', () => {
  it('spends no token when the caller leaves', async (test) => {
    const depot = await startDepot(test, { settings: { refreshAnswer: 'hang' } });
    const { accessToken } = await depot.signIn();
    const caller = new AbortController();
    const init = { method: 'POST', headers: bearer(accessToken), signal: caller.signal };
    const answer = fetch(`${depot.address}/auth`, init);
    await until(async () => (await depot.counters())['refreshes'] === 1);
    caller.abort();
    await assert.rejects(answer);
    await until(async () => (await depot.log()).length === 2);
    await depot.patch('/control/settings', { refreshAnswer: 'tokens' });
    assert.equal((await depot.post('/auth', undefined, accessToken)).status, 200);
    const statuses = (await depot.log()).filter(({ path }) => path === '/auth').map(({ status }) => status);
    assert.deepEqual(statuses, [499, 200]);
  });

  it('ends when the server closes', async () => {
    const api = createDemoApi({ settings: { refreshAnswer: 'hang' } });
    const depot = new DepotCaller(await api.listen());
    const { accessToken } = await depot.signIn();
    const ended = assert.rejects(depot.post('/auth', undefined, accessToken));
    await until(async () => (await depot.counters())['refreshes'] === 1);
    await api.close();
    await ended;
  });

  it('ends with a reset of the settings', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    await depot.patch('/control/settings', { refreshAnswer: 'hang' });
    const answer = depot.post('/auth', undefined, accessToken);
    await until(async () => (await depot.counters())['refreshes'] === 1);
    await depot.post('/control/reset');
    assert.equal((await answer).status, 200);
  });
});
