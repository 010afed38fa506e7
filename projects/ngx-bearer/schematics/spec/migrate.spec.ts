import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readShapes } from './shapes.ts';
import { CONFIG, modular, MODULE, run, standalone, type Files } from './workspace.ts';

const shapes = new Map(readShapes().map((shape) => [shape.name, shape.files]));
const SERVICE = 'src/app/auth.service.ts';
const GATE = 'src/app/auth.interceptor.ts';

const jwt: Files = modular(
  `imports: [
    BrowserModule,
    JwtModule.forRoot({
      config: {
        tokenGetter,
        allowedDomains: ['api.example.com', 'localhost:3000', /other/],
        disallowedRoutes: ['https://api.example.com/login'],
        authScheme: 'JWT ',
      },
    }),
  ],
  providers: [provideHttpClient(withInterceptorsFromDi())],`,
  `import { provideHttpClient, withInterceptorsFromDi } from '@angular/common/http';
import { JwtModule } from '@auth0/angular-jwt';

export function tokenGetter() {
  return localStorage.getItem('token');
}
`,
);

const LOGIN: Files = {
  'src/app/login.ts': `import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';

@Injectable()
export class Login {
  readonly http = inject(HttpClient);
  login(form: object) {
    return this.http.post<{ token: string }>('https://api.example.com/login', form);
  }
}
`,
};

const EXCHANGE = { refresh: 'exchange', refreshUrl: 'https://api.example.com/auth' };

describe('migrate', () => {
  it('prints what it found with file and line, and changes nothing without --write', async () => {
    const files = filesOf('function-behavior-subject');
    const { read, said } = await run('migrate', {}, files);
    assert.match(
      said,
      /auth\.interceptor\.ts:9 {2}authInterceptor: a gate: it refreshes on a 401, attaches the token as Authorization Bearer/,
    );
    assert.match(said, /registered at src\/app\/app\.config\.ts:6/);
    assert.match(
      said,
      /auth\.service\.ts:19 {2}POST https:\/\/api\.example\.com\/auth\/refresh \{ refreshToken \}; reads accessToken, refreshToken/,
    );
    assert.match(said, /auth\.service\.ts:15 {2}POST https:\/\/api\.example\.com\/auth\/login/);
    assert.match(said, /auth\.service\.ts:34 {2}writes access_token in localStorage/);
    assert.match(said, /app\.config\.ts:6 {2}provideHttpClient/);
    assert.match(said, /With --write it is/);
    for (const [path, text] of Object.entries(files)) assert.equal(read(path), text);
  });

  it('gives the answer of the login to the session, and ends it where tokens are removed', async () => {
    const { read } = await run('migrate', { write: true }, filesOf('function-behavior-subject'));
    const service = read(SERVICE);
    assert.match(service, /private readonly session = inject\(AuthSession\);/);
    assert.match(
      service,
      /'https:\/\/api\.example\.com\/auth\/login', form, \{ context: skipAuth\(\) \}\)\.pipe\(tap\(\(answer\) => this\.session\.signIn\(answer\)\), tap/,
    );
    assert.match(
      service,
      /logout\(\): void \{\n {4}this\.session\.signOut\(\);\n {4}localStorage\.removeItem\('access_token'\)/,
    );
    assert.equal(service.split('signIn(').length, 2);
  });

  it('leaves the files of what it replaces alone', async () => {
    const files = filesOf('class-merge-map');
    const { read } = await run('migrate', { write: true }, files);
    for (const path of ['src/app/jwt.interceptor.ts', 'src/app/error.interceptor.ts'])
      assert.equal(read(path), files[path]);
    assert.match(read('src/app/interceptors/index.ts'), /httpInterceptorProviders = \[\n\];/);
  });

  it('keeps the other interceptors, with their comments', async () => {
    const files = filesOf('class-behavior-subject');
    const config = files[CONFIG]?.replace(
      '  ],',
      `    // Logs every call.
    { provide: HTTP_INTERCEPTORS, useClass: Log, multi: true },
  ],`,
    );
    const { read } = await run('migrate', { write: true }, { ...files, [CONFIG]: config ?? '' });
    assert.match(read(CONFIG), /\/\/ Logs every call\.\n {4}\{ provide: HTTP_INTERCEPTORS, useClass: Log/);
    assert.doesNotMatch(read(CONFIG), /AuthInterceptor/);
  });

  it('takes the gate out of the interceptors and out of no other list', async () => {
    const files = filesOf('function-behavior-subject');
    const config = files[CONFIG]?.replace(
      'export const',
      'export const mine = [authInterceptor];\nexport const',
    );
    const { read } = await run('migrate', { write: true }, { ...files, [CONFIG]: config ?? '' });
    assert.match(read(CONFIG), /mine = \[authInterceptor\]/);
    assert.match(read(CONFIG), /withInterceptors\(\[bearerAuthInterceptor\]\)/);
  });

  it('keeps the line ends of each file', async () => {
    const files = Object.entries(filesOf('class-exhaust-map-environment'));
    const dos = Object.fromEntries(files.map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]));
    const { tree, read } = await run('migrate', { write: true }, dos);
    const changed = tree.files.filter(
      (path) => path.startsWith('/src/') && read(path) !== dos[path.slice(1)],
    );
    assert.equal(changed.length, 2);
    for (const path of changed) assert.doesNotMatch(read(path), /[^\r]\n/);
  });

  it('refuses an application whose login is nowhere to be seen', async () => {
    const files = filesOf('function-behavior-subject');
    const service = files[SERVICE]?.replace(/login\(form[^]*?\n {2}\}\n/, '') ?? '';
    const { said } = await run('migrate', { write: true }, { ...files, [SERVICE]: service });
    assert.match(said, /no login was found whose answer can be given to the session/);
  });

  it('leaves a login alone that stands outside of a class of Angular', async () => {
    const files = filesOf('function-behavior-subject');
    const login = `export const login = (http: HttpClient, form: object) => http.post<{ token: string }>('/login', form);`;
    const { said } = await run(
      'migrate',
      {},
      {
        ...files,
        'src/app/other.ts': `import { HttpClient } from '@angular/common/http';\n${login}`,
        'src/app/app.ts': "import './other';\nimport './auth.service';",
      },
    );
    assert.match(said, /other\.ts:2 {2}signs in outside of a class/);
  });

  it('refuses beside another package that handles tokens', async () => {
    const files = filesOf('function-behavior-subject');
    const config = `import { OAuthModule } from 'angular-oauth2-oidc';\n${files[CONFIG] ?? ''}`;
    const { said } = await run('migrate', { write: true }, { ...files, [CONFIG]: config });
    assert.match(said, /angular-oauth2-oidc handles tokens, too \(src\/app\/app\.config\.ts:1\)/);
  });

  it('says what the gate did on a failure', async () => {
    const files = filesOf('function-behavior-subject');
    const gate =
      files[GATE]?.replace('auth.logout();', "auth.logout();\n      inject(Router).navigate(['/login']);") ??
      '';
    const { said } = await run('migrate', {}, { ...files, [GATE]: gate });
    assert.match(
      said,
      /authInterceptor calls inject\(Router\)\.navigate\(\['\/login'\]\): follow AuthSession\.events/,
    );
  });

  it('says that it is set up, once it has written', async () => {
    const first = await run('migrate', { write: true }, filesOf('function-behavior-subject'));
    const { said } = await run('migrate', { write: true }, first.tree);
    assert.match(said, /ngx-bearer is set up already\. Nothing is changed/);
  });

  it('finds nothing in an application without tokens', async () => {
    const { said } = await run('migrate', { write: true }, standalone('[provideRouter([])]'));
    assert.match(said, /No gate, no interceptor that attaches a token and no @auth0\/angular-jwt was found/);
  });
});

describe('the options of migrate', () => {
  const answers: readonly (readonly [string, object, RegExp])[] = [
    ['remember-me', { storage: 'session' }, /sessionTokenStorage\(/],
    ['page-cookies', { storage: 'local' }, /localTokenStorage\(/],
    ['insecure-lan', { allowInsecure: true }, /allowInsecure: true/],
    [
      'runtime-config',
      { refreshUrl: 'https://api.example.com/auth/refresh' },
      /allow: \['https:\/\/api\.example\.com'\]/,
    ],
    [
      'answer-of-unknown-names',
      { accessField: 'k1', refreshField: 'k2' },
      /tokens = answer as \{ k1: string; k2: string \| undefined \}/,
    ],
    [
      'function-behavior-subject',
      { api: '/api', refreshUrl: '/api/renew', refresh: 'cookie' },
      /allow: \['\/api'\],\n {4,}refresh: refreshCookie\('\/api\/renew'\)/,
    ],
    [
      'function-behavior-subject',
      { refresh: 'exchange' },
      /exchangeToken\('https:\/\/api\.example\.com\/auth\/refresh'\)/,
    ],
  ];
  for (const [name, options, expected] of answers) {
    it(`${JSON.stringify(options)} goes before what the code of ${name} says`, async () => {
      const { said } = await run('migrate', options, filesOf(name));
      assert.match(said, expected);
      assert.doesNotMatch(said, /In the way of writing it\n.*(Where|Which field|Which URL|over http)/);
    });
  }

  it('does not choose between two requests that look like the refresh', async () => {
    const files = filesOf('function-behavior-subject');
    const { said } = await run(
      'migrate',
      { write: true },
      {
        ...files,
        'src/app/again.ts': (files[GATE] ?? '')
          .replaceAll('auth.refreshToken()', "inject(HttpClient).post('/other/refresh', {})")
          .replace('HttpErrorResponse,', 'HttpClient, HttpErrorResponse,'),
      },
    );
    assert.match(said, /Which call refreshes: .*again\.ts.*\? Answer with --refresh and --refresh-url/);
  });
});

describe('migrate from angular-jwt', () => {
  it('translates its domains and its scheme, and lists the rest', async () => {
    const { said } = await run('migrate', EXCHANGE, jwt);
    assert.match(said, /allow: \['https:\/\/api\.example\.com', 'http:\/\/localhost:3000'\]/);
    assert.match(said, /scheme: 'JWT'/);
    assert.match(said, /storage: localTokenStorage\(\{ key: 'shop' \}\)/);
    assert.match(said, /allowedDomains: \/other\/ is no text/);
    assert.match(said, /disallowedRoutes: send these requests with \{ context: skipAuth\(\) \}/);
  });

  it('asks how a new token is got, which angular-jwt does not know', async () => {
    const { said } = await run('migrate', { write: true }, jwt);
    assert.match(said, /No request that does it was found\. Answer with --refresh and --refresh-url/);
  });

  it('takes the place of JwtModule', async () => {
    const { read, said } = await run(
      'migrate',
      { ...EXCHANGE, write: true },
      {
        ...jwt,
        ...LOGIN,
        'src/app/main-part.ts': "import './login';",
        [MODULE]: `import './login';\n${jwt[MODULE] ?? ''}`,
      },
    );
    assert.doesNotMatch(read(MODULE), /JwtModule/, said);
    assert.match(
      read(MODULE),
      /provideHttpClient\(withInterceptorsFromDi\(\), withInterceptors\(\[authInterceptor\]\)\)/,
    );
    assert.match(read(MODULE), /export function tokenGetter/);
  });

  it('lists options whose value is computed', async () => {
    const computed = jwt[MODULE]?.replace("authScheme: 'JWT '", 'headerName: environment.header') ?? '';
    const { said } = await run('migrate', EXCHANGE, { ...jwt, [MODULE]: computed });
    assert.match(said, /headerName: environment\.header is no text; set it in provideAuth/);
  });

  it('leaves what else importProvidersFrom has', async () => {
    const { read } = await run(
      'migrate',
      { ...EXCHANGE, write: true },
      standaloneJwt("BrowserModule, JwtModule.forRoot({ config: { allowedDomains: ['api.example.com'] } })"),
    );
    assert.match(read(CONFIG), /importProvidersFrom\(BrowserModule\)/);
    assert.doesNotMatch(read(CONFIG), /JwtModule/);
  });

  it('takes importProvidersFrom out if it had nothing else', async () => {
    const { read } = await run(
      'migrate',
      { ...EXCHANGE, write: true },
      standaloneJwt("JwtModule.forRoot({ config: { tokenGetter, allowedDomains: ['api.example.com'] } })"),
    );
    assert.doesNotMatch(read(CONFIG), /JwtModule|importProvidersFrom/);
    assert.match(read(CONFIG), /provideAuth\(/);
  });
});

function filesOf(name: string): Files {
  return shapes.get(name) ?? assert.fail(`there is no shape ${name}`);
}

function standaloneJwt(providers: string): Files {
  return {
    ...standalone(
      `[importProvidersFrom(${providers}), provideHttpClient(withInterceptorsFromDi())]`,
      `import { importProvidersFrom } from '@angular/core';
import { provideHttpClient, withInterceptorsFromDi } from '@angular/common/http';
import { BrowserModule } from '@angular/platform-browser';
import { JwtModule } from '@auth0/angular-jwt';
import './login';`,
    ),
    ...LOGIN,
  };
}
