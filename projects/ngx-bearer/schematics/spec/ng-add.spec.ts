import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readShapes } from './shapes.ts';
import { CONFIG, modular, MODULE, run, standalone, type Files } from './workspace.ts';

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

  it('takes the place of importProvidersFrom(HttpClientModule)', async () => {
    const imports = `import { importProvidersFrom } from '@angular/core';
import { HttpClientModule } from '@angular/common/http';`;
    const { read } = await add(standalone('[importProvidersFrom(HttpClientModule)]', imports));
    assert.match(read(CONFIG), /provideHttpClient\(withInterceptorsFromDi\(\), withInterceptors\(/);
    assert.doesNotMatch(read(CONFIG), /HttpClientModule|importProvidersFrom/);
  });

  it('finds the client behind an array of its own', async () => {
    const files = standalone('[...coreProviders]', "import { coreProviders } from './core';");
    const core = `${CLIENT}\nexport const coreProviders = [provideHttpClient(withInterceptors([one]))];\n`;
    const { read } = await add({ ...files, 'src/app/core.ts': core });
    assert.match(read('src/app/core.ts'), /withInterceptors\(\[one, authInterceptor\]\)/);
    assert.match(read(CONFIG), /\.\.\.coreProviders,\s+provideAuth\(/);
  });

  it('leaves a client of interceptors that it cannot see, and adds its own behind', async () => {
    const { read } = await add(standalone('[provideHttpClient(withInterceptors(all))]', CLIENT));
    assert.match(
      read(CONFIG),
      /provideHttpClient\(withInterceptors\(all\), withInterceptors\(\[authInterceptor\]\)\)/,
    );
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
    ['a spread array', standalone('[...core, provideRouter([])]'), /spread an array that is not in its code/],
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
    ['a module of spread imports', modular('imports: [...all],'), /spread an array that is not in its code/],
  ];
  for (const [what, files, reason] of unusual) {
    it(`leaves ${what} alone and prints what to add`, async () => {
      const { read, said } = await add(files);
      for (const [path, text] of Object.entries(files)) assert.equal(read(path), text);
      assert.match(said, reason);
      assert.match(said, /import \{ authInterceptor, exchangeToken.*\} from 'ngx-bearer';/);
      assert.match(said, /allow: \['https:\/\/api\.example\.com'\]/);
    });
  }
});

describe('ng add in an application of modules', () => {
  const LAST = /provideHttpClient\(withInterceptorsFromDi\(\), withInterceptors\(\[authInterceptor\]\)\)/;

  it('provides the client, with the interceptor behind the registered classes, and the session', async () => {
    const { read } = await add(modular('imports: [BrowserModule],\n  providers: [],'));
    assert.match(read(MODULE), LAST);
    assert.ok(read(MODULE).includes(AUTH.replaceAll('\n', '\n')), read(MODULE));
  });

  it('writes the list that is missing', async () => {
    const { read } = await add(modular(''));
    assert.match(read(MODULE), /providers: \[\s+provideHttpClient\(/);
  });

  it('adds the interceptor to a client of functions', async () => {
    const { read } = await add(modular('providers: [provideHttpClient(withInterceptors([one]))],', CLIENT));
    assert.match(read(MODULE), /provideHttpClient\(withInterceptors\(\[one, authInterceptor\]\)\)/);
  });

  it('takes the place of HttpClientModule, which would run the registered classes twice', async () => {
    const imports = "import { HttpClientModule } from '@angular/common/http';";
    const shared = { 'src/app/shared.ts': `${imports}\nexport const parts = [HttpClientModule, Date];\n` };
    const files = modular(
      'imports: [BrowserModule, HttpClientModule],',
      `${imports}\nimport { parts } from './shared';`,
    );
    const { read } = await add({ ...files, ...shared });
    assert.match(read(MODULE), LAST);
    assert.match(read('src/app/shared.ts'), /parts = \[Date\]/);
    assert.doesNotMatch(read(MODULE) + read('src/app/shared.ts'), /HttpClientModule/);
  });

  it('changes nothing when it is run again', async () => {
    const first = await add(modular('imports: [BrowserModule],'));
    const before = first.read(MODULE);
    assert.equal((await run('ng-add', OPTIONS, first.tree)).read(MODULE), before);
  });
});

describe('ng add in an application that handles tokens', () => {
  const shapes = readShapes();
  const filesOf = (wanted: string) =>
    shapes.find(({ name }) => name === wanted)?.files ?? assert.fail(wanted);

  it('replaces what is there, as the code has it', async () => {
    const { read, said } = await add(filesOf('function-behavior-subject'));
    assert.match(said, /authInterceptor: a gate/);
    assert.match(read(CONFIG), /postRefreshToken\('https:\/\/api\.example\.com\/auth\/refresh'/);
    assert.doesNotMatch(read(CONFIG), /auth\.interceptor/);
    assert.match(read('src/app/auth.service.ts'), /signIn\(answer\)/);
  });

  it('writes nothing if a question is open, if the session is in cookies alone, or beside a wrapper that refreshes', async () => {
    const names = shapes.filter(({ outcome }) => ['printed', 'not needed'].includes(outcome));
    for (const { name, files } of names.filter((shape) => shape.name !== 'not-registered')) {
      const { read } = await add(files);
      for (const [path, text] of Object.entries(files)) assert.equal(read(path), text, `${name}: ${path}`);
    }
    assert.match((await add(filesOf('cookies-only'))).said, /is not needed here\. Nothing is changed\./);
  });

  it('sets up an application whose gate nothing registers', async () => {
    const { read } = await add(filesOf('not-registered'));
    assert.match(read(CONFIG), /withInterceptors\(\[authInterceptor\]\)/);
  });
});

function add(files: Files) {
  return run('ng-add', OPTIONS, files);
}
