import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { bare, LaravelCaller } from '../testing/laravel-caller.ts';
import { createJwtAuthApi, createSanctumApi } from './create-laravel-api.ts';

const ORIGIN = 'http://127.0.0.1:4200';
const UNAUTHENTICATED = { status: 401, text: '{"message":"Unauthenticated."}' };

for (const [name, create] of [
  ['jwt-auth', createJwtAuthApi],
  ['Sanctum', createSanctumApi],
] as const) {
  describe(`a server with ${name}`, () => {
    it('knows its tokens, also the spent ones, after a restart', async (test) => {
      const { start } = await setup(test, create);
      const first = await start();
      const spent = await first.signIn();
      const good = await first.refresh(spent);
      const second = await start();
      assert.equal((await second.me(good)).status, 200);
      assert.equal((await second.laravel.post('/api/auth/refresh', spent.refresh)).status, 401);
      assert.equal((await second.laravel.post('/api/auth/refresh', good.refresh)).status, 200);
    });

    it('throttles the next refresh (Middleware/ThrottleRequests.php), and only that one', async (test) => {
      const { start } = await setup(test, create);
      const { laravel, signIn } = await start();
      const { refresh } = await signIn();
      await laravel.post('/levers/throttle');
      const answer = await laravel.post('/api/auth/refresh', refresh);
      assert.deepEqual(bare(answer), { status: 429, text: '{\n    "message": "Too Many Attempts."\n}' });
      const names = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'retry-after', 'x-ratelimit-reset'];
      assert.deepEqual(
        names.map((header) => answer.headers.get(header)),
        ['60', '0', '1', '1001'],
      );
      assert.equal((await laravel.post('/api/auth/refresh', refresh)).status, 200);
    });

    it('does not know a deleted user, also after a restart', async (test) => {
      const { start } = await setup(test, create);
      const first = await start();
      const tokens = await first.signIn();
      await first.laravel.postJson('/levers/delete-user', { user: 'alice' });
      for (const { me } of [first, await start()]) {
        assert.deepEqual(bare(await me(tokens)), UNAUTHENTICATED);
      }
    });
  });
}

describe('a deleted user', () => {
  it('still refreshes with jwt-auth, which does not look for the user (Manager.php)', async (test) => {
    const { start } = await setup(test, createJwtAuthApi);
    const { laravel, signIn, refresh, me } = await start();
    const tokens = await signIn();
    await laravel.postJson('/levers/delete-user', { user: 'alice' });
    assert.deepEqual(bare(await me(await refresh(tokens))), UNAUTHENTICATED);
  });

  it('does not refresh with Sanctum (Guard.php)', async (test) => {
    const { start } = await setup(test, createSanctumApi);
    const { laravel, signIn } = await start();
    const { refresh } = await signIn();
    await laravel.postJson('/levers/delete-user', { user: 'alice' });
    assert.deepEqual(bare(await laravel.post('/api/auth/refresh', refresh)), UNAUTHENTICATED);
  });
});

describe('revoked refresh tokens of Sanctum', () => {
  it('are refused; access tokens and other users stay', async (test) => {
    const { start } = await setup(test, createSanctumApi);
    const { laravel, signIn, me } = await start();
    const [alice, bob] = [await signIn(), await signIn('bob')];
    await laravel.postJson('/levers/revoke', { user: 'alice' });
    assert.deepEqual(bare(await laravel.post('/api/auth/refresh', alice.refresh)), UNAUTHENTICATED);
    assert.equal((await me(alice)).status, 200);
    assert.equal((await laravel.post('/api/auth/refresh', bob.refresh)).status, 200);
  });
});

interface Tokens {
  readonly access: string;
  /** The token that refreshes: with jwt-auth the access token. */
  readonly refresh: string;
}

async function setup(test: TestContext, create: typeof createJwtAuthApi | typeof createSanctumApi) {
  const folder = await mkdtemp(join(tmpdir(), 'demo-api-'));
  test.after(() => rm(folder, { recursive: true }));
  const start = async () => {
    const api = create({
      allowedOrigin: ORIGIN,
      userNames: ['alice', 'bob'],
      stateFile: join(folder, 'state.json'),
      now: () => 1_000_900,
      accessSeconds: () => 60,
    });
    test.after(() => api.close());
    return caller(new LaravelCaller(await api.listen()));
  };
  return { start };
}

function caller(laravel: LaravelCaller) {
  return {
    laravel,
    signIn: async (name = 'alice') => tokensIn(await laravel.signIn('/api/auth/login', name)),
    refresh: async (tokens: Tokens) => {
      const { text } = await laravel.post('/api/auth/refresh', tokens.refresh);
      return tokensIn(JSON.parse(text) as Record<string, string>);
    },
    me: (tokens: Tokens) => laravel.get('/api/me', tokens.access),
  };
}

function tokensIn({
  access_token: access = '',
  refresh_token: refresh = access,
}: Record<string, string>): Tokens {
  return { access, refresh };
}
