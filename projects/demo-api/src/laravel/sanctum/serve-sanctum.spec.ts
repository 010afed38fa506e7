import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { bare, startLaravel } from '../../testing/laravel-caller.ts';
import { DAY_MS, SECOND_MS, TestClock } from '../../testing/test-clock.ts';

// Literal answers of laravel/sanctum 4.0.1 in laravel/framework 13.26.1 (Foundation/Exceptions/Handler.php).
const UNAUTHENTICATED = { status: 401, text: '{"message":"Unauthenticated."}' };
// Exceptions/MissingAbilityException.php
const INVALID_ABILITY = { status: 403, text: '{\n    "message": "Invalid ability provided."\n}' };

describe('Sanctum', () => {
  it('signs in with two tokens as createToken() writes them', async (test) => {
    const { laravel } = await setup(test);
    const body = { email: 'manager@example.com', password: 'manager-pass' };
    const { status, text, headers } = await laravel.postJson('/login', body);
    assert.equal(status, 200);
    assert.match(
      text,
      /^\{"access_token":"3\|[A-Za-z0-9]{40}[0-9a-f]{8}","refresh_token":"4\|[A-Za-z0-9]{40}[0-9a-f]{8}","expires_in":60\}$/,
    );
    assert.equal(headers.get('content-type'), 'application/json');
  });

  it('answers 422 to a wrong password, as its documentation throws (Handler.php, invalidJson)', async (test) => {
    const { laravel } = await setup(test);
    const answer = await laravel.postJson('/login', { email: 'clerk@example.com', password: 'wrong' });
    assert.deepEqual(bare(answer), {
      status: 422,
      text: '{"message":"The provided credentials are incorrect.","errors":{"email":["The provided credentials are incorrect."]}}',
    });
  });

  it('answers the user of an access token until it expires (Guard.php)', async (test) => {
    const { laravel, clock, access } = await setup(test);
    clock.advance(60 * SECOND_MS - 900);
    assert.deepEqual(bare(await laravel.get('/me', access)), {
      status: 200,
      text: '{"id":1,"name":"clerk","email":"clerk@example.com"}',
    });
    clock.advance(1);
    const answer = await laravel.get('/me', access);
    assert.deepEqual(bare(answer), UNAUTHENTICATED);
    assert.equal(answer.headers.get('www-authenticate'), null);
  });

  it('refreshes once with a refresh token; the access token before stays good', async (test) => {
    const { laravel, access, refresh } = await setup(test);
    const { status, text } = await laravel.post('/refresh', refresh);
    assert.equal(status, 200);
    const pair = JSON.parse(text) as Record<string, string>;
    assert.equal((await laravel.get('/me', pair['access_token'])).status, 200);
    assert.equal((await laravel.get('/me', access)).status, 200);
    assert.deepEqual(bare(await laravel.post('/refresh', refresh)), UNAUTHENTICATED);
    assert.equal((await laravel.post('/refresh', pair['refresh_token'])).status, 200);
  });

  it('refuses a refresh token that is expired, garbage, empty or absent (Guard.php)', async (test) => {
    const { laravel, clock, refresh } = await setup(test);
    clock.advance(14 * DAY_MS);
    for (const dead of [refresh, '1|abc', 'garbage', '', undefined]) {
      assert.deepEqual(bare(await laravel.post('/refresh', dead)), UNAUTHENTICATED);
    }
  });

  it('answers 403 to a token of the other ability (Http/Middleware/CheckAbilities.php)', async (test) => {
    const { laravel, access, refresh } = await setup(test);
    assert.deepEqual(bare(await laravel.post('/refresh', access)), INVALID_ABILITY);
    assert.deepEqual(bare(await laravel.get('/me', refresh)), INVALID_ABILITY);
  });
});

async function setup(test: TestContext) {
  const clock = new TestClock();
  const laravel = await startLaravel(test, '/laravel/sanctum', { now: clock.now });
  const { access_token: access = '', refresh_token: refresh = '' } = await laravel.signIn('/login');
  return { laravel, clock, access, refresh };
}
