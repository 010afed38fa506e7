import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { decodeJwt } from 'jose';
import { bare, startLaravel } from '../../testing/laravel-caller.ts';
import { DAY_MS, SECOND_MS, TestClock } from '../../testing/test-clock.ts';

// Literal answers of php-open-source-saver/jwt-auth 2.8.2 in laravel/framework 13.26.1; tymon/jwt-auth 2.1.1 has the same.
const UNAUTHENTICATED = { status: 401, text: '{"message":"Unauthenticated."}' };
const SIGN_IN_AGAIN = { status: 401, text: '{"message":"Sign in again."}' };
const SERVER_ERROR = { status: 500, text: '{\n    "message": "Server Error"\n}' };

describe('jwt-auth, signing in', () => {
  it('answers with access_token, token_type and expires_in (docs/quick-start.md)', async (test) => {
    const { laravel } = await setup(test);
    const body = { email: 'clerk@example.com', password: 'clerk-pass' };
    const { status, text, headers } = await laravel.postJson('/login', body);
    const token = /"access_token":"([\w.-]+)"/.exec(text)?.[1] ?? '';
    assert.deepEqual(
      { status, text },
      { status: 200, text: `{"access_token":"${token}","token_type":"bearer","expires_in":60}` },
    );
    assert.equal(headers.get('content-type'), 'application/json');
    assert.equal(decodeJwt(token).iss, `${laravel.address}/login`);
  });

  it('answers {"error":"Unauthorized"} to a wrong password (docs/quick-start.md)', async (test) => {
    const { laravel } = await setup(test);
    const answer = await laravel.postJson('/login', { email: 'clerk@example.com', password: 'wrong' });
    assert.deepEqual(bare(answer), { status: 401, text: '{"error":"Unauthorized"}' });
  });
});

describe('jwt-auth, auth:api', () => {
  it('answers the user of a good token until its second is over (Claims/Expiration.php)', async (test) => {
    const { laravel, clock, token } = await setup(test);
    clock.advance(60 * SECOND_MS - 900);
    assert.deepEqual(bare(await laravel.get('/me', token)), {
      status: 200,
      text: '{"id":1,"name":"clerk","email":"clerk@example.com"}',
    });
    clock.advance(1);
    assert.deepEqual(bare(await laravel.get('/me', token)), UNAUTHENTICATED);
  });

  it('answers an expired, blacklisted, garbage or absent token alike, without a challenge (Handler.php)', async (test) => {
    const { laravel, token } = await setup(test);
    await laravel.post('/refresh', token);
    for (const dead of [token, 'garbage', 'a.b.c', undefined]) {
      const answer = await laravel.get('/me', dead);
      assert.deepEqual(bare(answer), UNAUTHENTICATED);
      assert.equal(answer.headers.get('www-authenticate'), null);
    }
  });
});

describe('jwt-auth, refreshing', () => {
  it('replaces an expired token by one whose issuer is the URL of the refresh', async (test) => {
    const { laravel, clock, token } = await setup(test);
    clock.advance(DAY_MS);
    const { status, text } = await laravel.post('/refresh', token);
    assert.equal(status, 200);
    const { access_token: fresh } = JSON.parse(text) as { access_token: string };
    assert.equal(decodeJwt(fresh).iss, `${laravel.address}/refresh`);
    assert.equal(decodeJwt(fresh).iat, decodeJwt(token).iat);
    assert.equal((await laravel.get('/me', fresh)).status, 200);
  });

  it('refuses a blacklisted, garbage or absent token with what docs/laravel.md catches', async (test) => {
    const { laravel, token } = await setup(test);
    await laravel.post('/refresh', token);
    for (const dead of [token, 'garbage', 'a.b.c', undefined]) {
      assert.deepEqual(bare(await laravel.post('/refresh', dead)), SIGN_IN_AGAIN);
    }
  });

  it('answers 500 "Server Error" if nobody catches the exception (Handler.php)', async (test) => {
    const { laravel, token } = await setup(test);
    await laravel.post('/refresh', token);
    for (const dead of [token, 'garbage', undefined]) {
      assert.deepEqual(bare(await laravel.post('/refresh-uncaught', dead)), SERVER_ERROR);
    }
  });

  it('accepts a token for its grace period, which later uses do not extend (Blacklist.php)', async (test) => {
    const { laravel, clock, token } = await setup(test, 5);
    const statuses: number[] = [];
    for (const waitMs of [0, 4000, 99, 1]) {
      clock.advance(waitMs);
      statuses.push((await laravel.post('/refresh', token)).status, (await laravel.get('/me', token)).status);
    }
    // The clock starts 900 ms after a second, and the grace period at that second: it lasts 4.1 s.
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 200, 401, 401]);
  });

  it('refuses a token 14 days after the iat of the first one (Claims/IssuedAt.php)', async (test) => {
    const { laravel, clock, token } = await setup(test);
    clock.advance(14 * DAY_MS - SECOND_MS);
    const { text } = await laravel.post('/refresh', token);
    const { access_token: fresh } = JSON.parse(text) as { access_token: string };
    clock.advance(101);
    assert.deepEqual(bare(await laravel.post('/refresh', fresh)), SIGN_IN_AGAIN);
    assert.equal((await laravel.get('/me', fresh)).status, 200);
  });
});

describe('the middleware of jwt-auth', () => {
  for (const [path, what] of [
    ['/jwt.auth', 'Authenticate.php'],
    ['/jwt.refresh', 'RefreshToken.php'],
  ] as const) {
    it(`challenges with the reason (Http/Middleware/${what})`, async (test) => {
      const { laravel, token } = await setup(test);
      await laravel.post('/refresh', token);
      for (const [dead, reason] of [
        [token, 'The token has been blacklisted'],
        ['garbage', 'Wrong number of segments'],
        [undefined, 'Token not provided'],
      ] as const) {
        const answer = await laravel.get(path, dead);
        assert.deepEqual(bare(answer), { status: 401, text: `{\n    "message": "${reason}"\n}` });
        assert.equal(answer.headers.get('www-authenticate'), 'jwt-auth');
      }
    });
  }

  it('names the expiry, and the end of the refresh time (Claims/Expiration.php, IssuedAt.php)', async (test) => {
    const { laravel, clock, token } = await setup(test);
    clock.advance(14 * DAY_MS);
    assert.equal((await laravel.get('/jwt.auth', token)).text, '{\n    "message": "Token has expired"\n}');
    assert.equal(
      (await laravel.get('/jwt.refresh', token)).text,
      '{\n    "message": "Token has expired and can no longer be refreshed"\n}',
    );
  });

  it('jwt.refresh sends the new token in a header (Http/Middleware/BaseMiddleware.php)', async (test) => {
    const { laravel, token } = await setup(test);
    const { headers } = await laravel.get('/jwt.refresh', token);
    const fresh = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1];
    assert.equal((await laravel.get('/me', fresh)).status, 200);
  });
});

async function setup(test: TestContext, graceSeconds = 0) {
  const clock = new TestClock();
  const laravel = await startLaravel(test, '/laravel/jwt-auth', {
    now: clock.now,
    settings: { graceSeconds },
  });
  const { access_token: token = '' } = await laravel.signIn('/login');
  return { laravel, clock, token };
}
