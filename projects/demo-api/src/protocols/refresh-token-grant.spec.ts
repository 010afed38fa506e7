import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startDepot, type Answer, type DepotCaller } from '../testing/depot-caller.ts';
import { DAY_MS, SECOND_MS, TestClock } from '../testing/test-clock.ts';

describe('POST /oauth/token', () => {
  it('gives new tokens and rotates the refresh token', async (test) => {
    const depot = await startDepot(test);
    const signedIn = await depot.signIn('oauth');
    const { status, headers, body } = await grant(depot, signedIn.refreshToken);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in', 'refresh_token']);
    assert.notEqual(body['refresh_token'], signedIn.refreshToken);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal((await depot.get('/me', String(body['access_token']))).status, 200);
    assert.equal((await grant(depot, String(body['refresh_token']))).status, 200);
  });

  it('leaves the old access token alone', async (test) => {
    const depot = await startDepot(test);
    const { accessToken, refreshToken } = await depot.signIn('oauth');
    await grant(depot, refreshToken);
    assert.equal((await depot.get('/me', accessToken)).status, 200);
  });

  it('ends the whole family when a spent refresh token comes again', async (test) => {
    const depot = await startDepot(test);
    const { accessToken, refreshToken } = await depot.signIn('oauth');
    const { body } = await grant(depot, refreshToken);
    const reuse = await grant(depot, refreshToken);
    assertGrantProblem(reuse, '400 invalid_grant', /used up/);
    assertGrantProblem(await grant(depot, String(body['refresh_token'])), '400 invalid_grant', /ended/);
    for (const token of [accessToken, String(body['access_token'])]) {
      assert.equal((await depot.get('/me', token)).status, 401);
    }
    assert.equal((await depot.counters())['reuseDetected'], 1);
  });

  it('counts five parallel uses as one refresh and four reuses', async (test) => {
    const depot = await startDepot(test);
    const { refreshToken } = await depot.signIn('oauth');
    const answers = await Promise.all(Array.from({ length: 5 }, () => grant(depot, refreshToken)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400, 400, 400]);
    const winner = answers.find(({ status }) => status === 200);
    assert.equal((await depot.get('/me', String(winner?.body['access_token']))).status, 401);
    assert.equal((await depot.counters())['reuseDetected'], 4);
  });

  it('forgives reuse within the grace period', async (test) => {
    const clock = new TestClock();
    const depot = await startDepot(test, { now: clock.now, settings: { graceSeconds: 3 } });
    const { refreshToken } = await depot.signIn('oauth');
    await grant(depot, refreshToken);
    clock.advance(2 * SECOND_MS);
    const { status, body } = await grant(depot, refreshToken);
    assert.equal(status, 200);
    clock.advance(SECOND_MS);
    assert.equal((await grant(depot, refreshToken)).status, 400);
    assert.equal((await depot.get('/me', String(body['access_token']))).status, 401);
  });

  it('lets a refresh token run out after 14 days', async (test) => {
    const clock = new TestClock();
    const depot = await startDepot(test, { now: clock.now });
    const { refreshToken } = await depot.signIn('oauth');
    clock.advance(14 * DAY_MS);
    assertGrantProblem(await grant(depot, refreshToken), '400 invalid_grant', /expired/);
  });

  it('refuses the refresh token of a cookie', async (test) => {
    const depot = await startDepot(test);
    const { cookies } = await depot.signIn('cookie');
    assertGrantProblem(
      await grant(depot, String(cookies['refresh'])),
      '400 invalid_grant',
      /not issued here/,
    );
  });

  for (const [form, expected] of [
    ['client_id=demo&refresh_token=x', '400 invalid_request'],
    ['grant_type=refresh_token&refresh_token=x', '400 invalid_request'],
    ['grant_type=refresh_token&client_id=demo', '400 invalid_request'],
    ['grant_type=refresh_token&client_id=demo&refresh_token=', '400 invalid_request'],
    ['grant_type=refresh_token&client_id=demo&refresh_token=x&refresh_token=y', '400 invalid_request'],
    ['grant_type=password&client_id=demo&refresh_token=x', '400 unsupported_grant_type'],
    ['grant_type=refresh_token&client_id=other&refresh_token=x', '401 invalid_client'],
    ['grant_type=refresh_token&client_id=demo&refresh_token=x', '400 invalid_grant'],
    ['', '400 invalid_request'],
  ] as const) {
    it(`answers "${form}" with ${expected}`, async (test) => {
      const depot = await startDepot(test);
      assertGrantProblem(await sendForm(depot, form), expected, /./);
    });
  }

  it('asks for a form when it gets JSON', async (test) => {
    const depot = await startDepot(test);
    const answer = await depot.post('/oauth/token', { grant_type: 'refresh_token' });
    assertGrantProblem(answer, '400 invalid_request', /application\/x-www-form-urlencoded/);
  });
});

function grant(depot: DepotCaller, refreshToken: string): Promise<Answer> {
  const form = { grant_type: 'refresh_token', client_id: 'demo', refresh_token: refreshToken };
  return sendForm(depot, String(new URLSearchParams(form)));
}

function sendForm(depot: DepotCaller, body: string): Promise<Answer> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return depot.send('/oauth/token', { method: 'POST', headers, body });
}

function assertGrantProblem(answer: Answer, expected: string, description: RegExp): void {
  assert.equal(`${answer.status} ${String(answer.body['error'])}`, expected);
  assert.deepEqual(Object.keys(answer.body), ['error', 'error_description']);
  assert.match(String(answer.body['error_description']), description);
}
