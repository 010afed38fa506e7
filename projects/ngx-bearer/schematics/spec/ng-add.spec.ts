import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  application,
  CONFIG,
  modular,
  MODULE,
  run,
  standalone,
  workspaceOf,
  type Files,
} from './workspace.ts';

const OPTIONS = { api: 'https://api.example.com', refresh: 'exchange', storage: 'local' };

const AUTH = `provideAuth({
      allow: ['https://api.example.com'],
      refresh: exchangeToken('https://api.example.com/auth'),
      storage: localTokenStorage({ key: 'shop' }),
    })`;

const CLIENT = "import { provideHttpClient, withInterceptors } from '@angular/common/http';";

describe('ng add in a standalone application', () => {
  it('adds the client, the interceptor and the session', async () => {
    const { read } = await add(standalone('[\n    provideRouter([]),\n  ]'));
    assert.equal(
      read(CONFIG),
      `import { ApplicationConfig } from '@angular/core';
import { provideRouter } from '@angular/router';
import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { authInterceptor, exchangeToken, localTokenStorage, provideAuth } from 'ngx-bearer';

export const appConfig: ApplicationConfig = {
  providers: [
    provideRouter([]),
    provideHttpClient(withInterceptors([authInterceptor])),
    ${AUTH},
  ],
};
`,
    );
  });

  const clients: readonly (readonly [string, string, string])[] = [
    [
      'a client without features',
      'provideHttpClient()',
      'provideHttpClient(withInterceptors([authInterceptor]))',
    ],
    [
      'interceptors of its own',
      'provideHttpClient(withInterceptors([one, two]))',
      'provideHttpClient(withInterceptors([one, two, authInterceptor]))',
    ],
    [
      'no interceptor yet',
      'provideHttpClient(withInterceptors([]), withFetch())',
      'provideHttpClient(withInterceptors([authInterceptor]), withFetch())',
    ],
    [
      'classes that run after its functions',
      'provideHttpClient(withInterceptors([one]), withInterceptorsFromDi())',
      'provideHttpClient(withInterceptors([one]), withInterceptorsFromDi(), withInterceptors([authInterceptor]))',
    ],
  ];
  for (const [what, before, after] of clients) {
    it(`puts the interceptor last where there is ${what}`, async () => {
      const imports = `import { provideHttpClient, withFetch, withInterceptors, withInterceptorsFromDi } from '@angular/common/http';`;
      const { read } = await add(standalone(`[provideRouter([]), ${before}]`, imports));
      assert.ok(read(CONFIG).includes(`provideRouter([]), ${after},`), read(CONFIG));
      assert.equal(read(CONFIG).split('provideHttpClient(').length, 2);
    });
  }

  it('changes nothing when it is run again', async () => {
    const first = await add(standalone('[provideRouter([])]'));
    const before = first.read(CONFIG);
    const { read, said } = await run('ng-add', OPTIONS, first.tree);
    assert.equal(read(CONFIG), before);
    assert.match(said, /is set up already/);
  });

  it('adds what is missing where the half is there', async () => {
    const imports = `${CLIENT}\nimport { authInterceptor } from 'ngx-bearer';`;
    const providers = '[provideHttpClient(withInterceptors([authInterceptor, one]))]';
    const { read } = await add(standalone(providers, imports));
    assert.match(read(CONFIG), /withInterceptors\(\[authInterceptor, one\]\)/);
    assert.match(read(CONFIG), /provideAuth\(\{/);
  });

  it('leaves an interceptor of the same name alone and takes another name', async () => {
    const imports = `${CLIENT}\nimport { authInterceptor } from './auth.interceptor';`;
    const { read } = await add(
      standalone('[provideHttpClient(withInterceptors([authInterceptor]))]', imports),
    );
    assert.match(read(CONFIG), /\[authInterceptor, bearerAuthInterceptor\]/);
    assert.match(read(CONFIG), /import \{ authInterceptor as bearerAuthInterceptor, exchangeToken/);
  });

  it('does not add values to an import of types', async () => {
    const { read } = await add(standalone('[]', "import type { HttpClient } from '@angular/common/http';"));
    assert.match(read(CONFIG), /import type \{ HttpClient \} from/);
    assert.match(read(CONFIG), /import \{ provideHttpClient, withInterceptors \} from/);
  });

  it('keeps the line ends of the file', async () => {
    const files = standalone('[\n    provideRouter([]),\n  ]');
    const { read } = await add({ ...files, [CONFIG]: files[CONFIG]?.replaceAll('\n', '\r\n') ?? '' });
    assert.doesNotMatch(read(CONFIG), /[^\r]\n/);
  });
});

describe('ng add where it cannot see everything', () => {
  const unusual: readonly (readonly [string, Files, RegExp])[] = [
    ['a spread array', standalone('[...core, provideRouter([])]'), /spread another array/],
    ['providers that a function makes', standalone('makeProviders()'), /no plain list/],
    [
      'a function of its own among them',
      standalone('[provideCore()]', "import { provideCore } from './core';"),
      /what provideCore\(\) provides/,
    ],
    [
      'an array among them',
      standalone('[coreProviders]', "import { coreProviders } from './core';"),
      /coreProviders/,
    ],
    [
      'HttpClientModule',
      standalone(
        '[importProvidersFrom(HttpClientModule)]',
        "import { importProvidersFrom } from '@angular/core';\nimport { HttpClientModule } from '@angular/common/http';",
      ),
      /what importProvidersFrom\(HttpClientModule\) provides/,
    ],
    [
      'interceptors out of sight',
      standalone('[provideHttpClient(withInterceptors(all))]', CLIENT),
      /no plain list/,
    ],
    ['two clients', standalone('[provideHttpClient(), provideHttpClient()]', CLIENT), /more than once/],
    [
      'a configuration that is merged',
      {
        'src/main.ts':
          'import { bootstrapApplication } from "@angular/platform-browser";\nbootstrapApplication(App, merge(a, b));',
      },
      /no object that can be read/,
    ],
    [
      'no bootstrap',
      { 'src/main.ts': "import './app/start';" },
      /no bootstrapApplication or bootstrapModule/,
    ],
    ['no main file', {}, /no main file/],
    ['a module of spread imports', modular('imports: [...all],'), /spread another array/],
  ];
  for (const [what, files, reason] of unusual) {
    it(`leaves ${what} alone and prints what to add`, async () => {
      const { read, said } = await add(files);
      for (const [path, text] of Object.entries(files)) assert.equal(read(path), text);
      assert.match(said, reason);
      assert.match(said, /import \{ (AuthModule|authInterceptor), exchangeToken.*\} from 'ngx-bearer';/);
      assert.match(said, /allow: \['https:\/\/api\.example\.com'\]/);
    });
  }
});

describe('ng add in an application of modules', () => {
  it('imports the module last and provides the client', async () => {
    const { read } = await add(modular('imports: [BrowserModule],\n  providers: [],'));
    assert.match(read(MODULE), /imports: \[\s+BrowserModule,\s+AuthModule\.forRoot\(\{\n.+\n {4}\}\),\s+\]/s);
    assert.match(read(MODULE), /providers: \[provideHttpClient\(withInterceptorsFromDi\(\)\)\]/);
    assert.match(
      read(MODULE),
      /import \{ AuthModule, exchangeToken, localTokenStorage \} from 'ngx-bearer';/,
    );
  });

  it('writes the lists that are missing', async () => {
    const { read } = await add(modular(''));
    assert.match(read(MODULE), /imports: \[\s+AuthModule\.forRoot\(/);
    assert.match(read(MODULE), /providers: \[\s+provideHttpClient\(withInterceptorsFromDi\(\)\),\s+\]/);
  });

  it('has a client of functions run the registered classes too', async () => {
    const { read } = await add(modular('providers: [provideHttpClient(withInterceptors([one]))],', CLIENT));
    assert.match(
      read(MODULE),
      /provideHttpClient\(withInterceptors\(\[one\]\), withInterceptorsFromDi\(\)\)/,
    );
  });

  it('keeps HttpClientModule, which runs them already', async () => {
    const imports = "import { HttpClientModule } from '@angular/common/http';";
    const { read } = await add(modular('imports: [BrowserModule, HttpClientModule],', imports));
    assert.doesNotMatch(read(MODULE), /provideHttpClient/);
    assert.match(read(MODULE), /AuthModule\.forRoot/);
  });

  it('tells of interceptors that run after it', async () => {
    const imports = "import { HTTP_INTERCEPTORS } from '@angular/common/http';";
    const { said } = await add(
      modular('providers: [{ provide: HTTP_INTERCEPTORS, useClass: Log, multi: true }],', imports),
    );
    assert.match(said, /run after that of ngx-bearer/);
  });

  it('changes nothing when it is run again', async () => {
    const first = await add(modular('imports: [BrowserModule],'));
    const before = first.read(MODULE);
    assert.equal((await run('ng-add', OPTIONS, first.tree)).read(MODULE), before);
  });
});

describe('what ng add is told', () => {
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

  const wrong: readonly (readonly [object, RegExp])[] = [
    [{ api: undefined }, /--api is missing\. Write --api=https:\/\/api\.example\.com/],
    [{ api: 'api.example.com' }, /--api is "api\.example\.com"\. Write an address/],
    [{ api: '//evil.example' }, /--api is "\/\/evil\.example"/],
    [{ api: 'https://api.example.com?x=1' }, /--api is .*without user, query/],
    [{ api: 'http://api.example.com' }, /--api is .*Write https/],
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

function add(files: Files) {
  return run('ng-add', OPTIONS, files);
}
