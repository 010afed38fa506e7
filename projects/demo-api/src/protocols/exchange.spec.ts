import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startDepot } from '../testing/depot-caller.ts';
import { DAY_MS, SECOND_MS, TestClock } from '../testing/test-clock.ts';

describe('POST /auth', () => {
  it('gives a new token for the old one, which is worth nothing from then on', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    const { status, body } = await depot.post('/auth', undefined, accessToken);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in']);
    assert.equal((await depot.get('/me', String(body['access_token']))).status, 200);

    for (const answer of [
      await depot.get('/me', accessToken),
      await depot.post('/auth', undefined, accessToken),
    ]) {
      assert.equal(answer.status, 401);
      assert.equal(
        answer.headers.get('www-authenticate'),
        'Bearer realm="depot", error="invalid_token", error_description="The token was used up by a refresh"',
      );
    }
    const { refreshes, refreshesRefused, reuseDetected } = await depot.counters();
    assert.deepEqual(
      { refreshes, refreshesRefused, reuseDetected },
      { refreshes: 2, refreshesRefused: 1, reuseDetected: 1 },
    );
  });

  it('keeps the session alive when a spent token comes again', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    const { body } = await depot.post('/auth', undefined, accessToken);
    await depot.post('/auth', undefined, accessToken);
    assert.equal((await depot.get('/me', String(body['access_token']))).status, 200);
  });

  it('gives one new token to one of five that ask at once', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => depot.post('/auth', undefined, accessToken)),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401, 401, 401]);
  });

  it('takes an expired token until 14 days after its sign-in', async (test) => {
    const clock = new TestClock();
    const depot = await startDepot(test, { now: clock.now });
    const [early, late] = [await depot.signIn(), await depot.signIn()];
    // The clock starts 900 ms after the whole second that `iat` names.
    clock.advance(14 * DAY_MS - 900 - 1);
    assert.equal((await depot.post('/auth', undefined, early.accessToken)).status, 200);
    clock.advance(1);
    assert.equal((await depot.post('/auth', undefined, late.accessToken)).status, 401);
  });

  it('accepts a spent token for the grace period, everywhere', async (test) => {
    const clock = new TestClock();
    const depot = await startDepot(test, { now: clock.now, settings: { graceSeconds: 5 } });
    const { accessToken } = await depot.signIn();
    await depot.post('/auth', undefined, accessToken);
    clock.advance(4 * SECOND_MS);
    assert.equal((await depot.get('/me', accessToken)).status, 200);
    assert.equal((await depot.post('/auth', undefined, accessToken)).status, 200);
    clock.advance(SECOND_MS);
    assert.equal((await depot.get('/me', accessToken)).status, 401);
    assert.equal((await depot.post('/auth', undefined, accessToken)).status, 401);
  });

  it('refuses a missing token, a foreign one and one of another protocol', async (test) => {
    const depot = await startDepot(test);
    const missing = await depot.post('/auth');
    assert.equal(missing.status, 401);
    assert.equal(missing.headers.get('www-authenticate'), 'Bearer realm="depot"');
    assert.equal((await depot.post('/auth', undefined, 'nonsense')).status, 401);
    const { accessToken } = await depot.signIn('oauth');
    assert.equal((await depot.post('/auth', undefined, accessToken)).status, 401);
  });
});
