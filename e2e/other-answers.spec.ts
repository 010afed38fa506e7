import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createDemoApi } from '../projects/demo-api/src/create-demo-api.ts';
import { callerJourney, type CallerStage } from './stage/caller-journey.ts';
import { DepotWatch } from './stage/depot-watch.ts';

describe('an answer that is no rejection of the token', () => {
  it(
    '403 for want of scope reaches the caller and leaves the session alone',
    callerJourney({ expects: [403] }, async ({ caller, depot }) => {
      const [end] = await caller.send([{ method: 'GET', to: '/reports/audit' }]);
      assert.equal(end?.status, 403);
      assert.equal(end.code, null);
      assert.match(JSON.stringify(end.body), /Sign in as manager/);
      assert.deepEqual(await depot.counters(), { requests: 1 });
      await assertSessionUntouched(caller, ['signed-in']);
    }),
  );

  it(
    '401 for want of a stronger sign-in is told and leaves the session alone',
    callerJourney({}, async ({ caller, depot }) => {
      const [end] = await caller.send([{ method: 'GET', to: '/reports/payroll' }]);
      assert.equal(end?.status, 401);
      assert.equal(end.code, null);
      assert.deepEqual(await depot.counters(), { requests: 1, rejections: 1 });
      await assertSessionUntouched(caller, ['signed-in', 'step-up-required']);
      const { acrValues, maxAge } = { ...(await caller.events()).at(-1) } as Record<string, unknown>;
      assert.deepEqual({ acrValues, maxAge }, { acrValues: ['urn:depot:second-factor'], maxAge: 300 });
    }),
  );
});

describe('a stream of server-sent events', () => {
  for (const backend of ['fetch', 'xhr']) {
    it(
      `that is rejected is opened again and told once, with ${backend}`,
      callerJourney({ address: { backend } }, async ({ caller, depot }) => {
        await depot.expireTokens();
        const [end] = await caller.send([{ method: 'GET', to: '/activity/stream?events=3', answer: 'text' }]);
        assert.equal(end?.status, 200);
        assert.deepEqual(
          [...String(end.body).matchAll(/"number":(\d)/g)].map(String),
          ['1', '2', '3'].map(numbered),
        );
        assert.equal(count(end.received, 'ResponseHeader'), 1);
        assert.equal(count(end.received, 'Response'), 1);
        assert.ok(count(end.received, 'DownloadProgress') > 0);
        assert.deepEqual(await depot.counters(), { requests: 2, rejections: 1, refreshes: 1 });
      }),
    );
  }
});

describe('a request that is not ours', () => {
  it('carries no token to another origin, and its rejection starts nothing', (test) =>
    callerJourney({}, async ({ caller, depot, origin }) => {
      const elsewhere = await startAnotherDepot(test, origin);
      const [end] = await caller.send([{ method: 'GET', to: `${elsewhere.address}/me` }]);
      assert.equal(end?.status, 401);
      assert.deepEqual(await elsewhere.story(), { 'GET /me': ['401'] });
      assert.deepEqual(await depot.log(), []);
      await assertSessionUntouched(caller, ['signed-in']);
    })(test));

  it(
    'goes without a token when told to skip it',
    callerJourney({}, async ({ caller, depot }) => {
      const ends = await caller.send([
        { method: 'GET', to: '/me', auth: 'skip' },
        { method: 'GET', to: '/me' },
      ]);
      assert.deepEqual(
        ends.map(({ status }) => status),
        [401, 200],
      );
      assert.deepEqual((await depot.story())['GET /me']?.toSorted(), ['200 user-1 v1', '401']);
      assert.deepEqual(await depot.counters(), { requests: 2, rejections: 1 });
    }),
  );
});

async function assertSessionUntouched(caller: CallerStage['caller'], events: string[]): Promise<void> {
  assert.equal(await caller.signedIn(), true);
  assert.deepEqual(
    (await caller.events()).map(({ type }) => type),
    events,
  );
  const [next] = await caller.send([{ method: 'GET', to: '/me' }]);
  assert.equal(next?.status, 200);
}

async function startAnotherDepot(test: TestContext, origin: string): Promise<DepotWatch> {
  const api = createDemoApi({ allowedOrigins: [origin] });
  test.after(() => api.close());
  return new DepotWatch(await api.listen());
}

function count(all: readonly string[], wanted: string): number {
  return all.filter((each) => each === wanted).length;
}

function numbered(number: string): string {
  return `"number":${number},${number}`;
}
