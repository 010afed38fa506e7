import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { application, CONFIG, run, standalone, workspaceOf } from './workspace.ts';

const OPTIONS = { api: 'https://api.example.com', refresh: 'exchange', storage: 'local' };

describe('the options of ng add', () => {
  const refreshes: readonly (readonly [object, string])[] = [
    [{ refresh: 'json' }, "postRefreshToken('https://api.example.com/auth/refresh')"],
    [{ refresh: 'json', refreshUrl: '/renew' }, "postRefreshToken('/renew')"],
    [
      { refresh: 'oauth', clientId: 'shop', refreshUrl: 'https://id.example.com/token' },
      "refreshTokenGrant({ tokenEndpoint: 'https://id.example.com/token', clientId: 'shop' })",
    ],
    [{ refresh: 'cookie' }, "refreshCookie('https://api.example.com/auth/refresh')"],
    [{ api: '/api/' }, "exchangeToken('/api/auth')"],
    [{ api: '/' }, "exchangeToken('/auth')"],
    [{ api: 'http://localhost:3000' }, "exchangeToken('http://localhost:3000/auth')"],
  ];
  for (const [options, code] of refreshes) {
    it(`writes ${code}`, async () => {
      const { read } = await run('ng-add', { ...OPTIONS, ...options }, standalone('[]'));
      assert.ok(read(CONFIG).includes(code), read(CONFIG));
    });
  }

  it('lets the token go to the whole own origin with --api=/', async () => {
    const { read } = await run('ng-add', { ...OPTIONS, api: '/' }, standalone('[]'));
    assert.match(read(CONFIG), /allow: \['\/'\]/);
  });

  it('writes no storage for memory, the default', async () => {
    const { read } = await run('ng-add', { ...OPTIONS, storage: 'memory' }, standalone('[]'));
    assert.doesNotMatch(read(CONFIG), /storage/i);
  });

  it('keeps the session in the tab with --storage=session', async () => {
    const { read } = await run('ng-add', { ...OPTIONS, storage: 'session' }, standalone('[]'));
    assert.match(read(CONFIG), /storage: sessionTokenStorage\(\{ key: 'shop' \}\)/);
    assert.match(read(CONFIG), /import \{ .*provideAuth, sessionTokenStorage \} from 'ngx-bearer';/);
  });

  it('says what it assumed', async () => {
    const { said } = await run('ng-add', { ...OPTIONS, refresh: 'oauth' }, standalone('[]'));
    assert.match(said, /Assumed: new tokens come from https:\/\/api\.example\.com\/oauth\/token/);
    assert.match(said, /Assumed: the client id is my-app/);
  });

  const servers: readonly (readonly [string, string])[] = [
    ['laravel', "exchangeToken('https://api.example.com/auth/refresh')"],
    ['django', 'body: ({ refreshToken }) => ({ refresh: refreshToken })'],
    ['django', "postRefreshToken('https://api.example.com/token/refresh/'"],
    ['nestjs', "postRefreshToken('https://api.example.com/auth/refresh')"],
    ['spring', "postRefreshToken('https://api.example.com/auth/refresh')"],
    ['aspnet', "postRefreshToken('https://api.example.com/refresh', {"],
    ['directus', "body: ({ refreshToken }) => ({ refresh_token: refreshToken, mode: 'json' })"],
    ['strapi', 'tokens = answer as { jwt: string; refreshToken: string | undefined }'],
  ];
  for (const [refresh, code] of servers) {
    it(`knows that ${refresh} wants ${code}`, async () => {
      const { read } = await run('ng-add', { ...OPTIONS, refresh }, standalone('[]'));
      assert.ok(read(CONFIG).includes(code), read(CONFIG));
    });
  }

  it('writes the names of fields that are given', async () => {
    const fields = {
      refresh: 'json',
      bodyField: 'renewal',
      accessField: 'data.jwt',
      refreshField: 'data.renewal',
    };
    const { read } = await run('ng-add', { ...OPTIONS, ...fields }, standalone('[]'));
    assert.match(read(CONFIG), /body: \(\{ refreshToken \}\) => \(\{ renewal: refreshToken \}\)/);
    assert.match(read(CONFIG), /answer as \{ data: \{ jwt: string; renewal: string \| undefined \} \}/);
  });

  it('lets tokens go to an http address of the local network with --allow-insecure', async () => {
    const options = { ...OPTIONS, api: 'http://192.168.0.20:8080', allowInsecure: true };
    const { read } = await run('ng-add', options, standalone('[]'));
    assert.match(read(CONFIG), /allow: \['http:\/\/192\.168\.0\.20:8080'\]/);
    assert.match(read(CONFIG), /allowInsecure: true/);
  });

  it('prints a whole class for the login', async () => {
    const { said } = await run('ng-add', OPTIONS, standalone('[]'));
    const [, file = ''] = /whole file:\n\n([^]+)$/.exec(said) ?? [];
    assert.match(file, /^import .*\n[^]*skipAuth\(\)[^]*^\}/m);
    // The blocks of the guide are compiled.
    const guide = readFileSync(join(import.meta.dirname, '../../../../docs/ng-add.md'), 'utf8');
    assert.ok(guide.includes(file.trim()), file);
  });

  const wrong: readonly (readonly [object, RegExp])[] = [
    [{ api: undefined }, /--api is missing\. Write --api=https:\/\/api\.example\.com/],
    [{ api: 'api.example.com' }, /--api is "api\.example\.com"\. Write an address/],
    [{ api: '//evil.example' }, /--api is "\/\/evil\.example"/],
    [{ api: 'https://api.example.com?x=1' }, /--api is .*without user, query/],
    [{ api: 'http://api.example.com' }, /--api is .*Write https.*--allow-insecure/],
    [{ refresh: 'magic' }, /--refresh is "magic"\. Write one of: --refresh=exchange, --refresh=json/],
    [{ refresh: undefined }, /--refresh is missing/],
    [{ storage: 'cookie' }, /--storage is "cookie"\. Write one of: --storage=memory/],
    [{ clientId: 'shop' }, /--client-id goes with --refresh=oauth/],
    [{ project: 'other' }, /no application "other"\. There is: shop/],
    [{ colour: 'red' }, /colour/],
  ];
  for (const [options, complaint] of wrong) {
    it(`complains of ${JSON.stringify(options)}`, async () => {
      await assert.rejects(run('ng-add', { ...OPTIONS, ...options }, standalone('[]')), complaint);
    });
  }

  it('asks which of several applications is meant', async () => {
    const tree = workspaceOf(standalone('[]'));
    const projects = { shop: application(''), office: application('office') };
    tree.overwrite('angular.json', JSON.stringify({ version: 1, projects }));
    await assert.rejects(run('ng-add', OPTIONS, tree), /--project=shop or --project=office/);
  });
});
