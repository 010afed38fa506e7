import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CLASS_GATE, FUNCTION_GATE, HEADER_INTERCEPTOR, LOGIN_API, SIGN_OUT_ON_401 } from './gates.ts';
import { CONFIG, modular, MODULE, run, standalone, type Files } from './workspace.ts';

const GATE = 'src/app/auth.interceptor.ts';

const functional: Files = {
  ...standalone(
    '[provideRouter([]), provideHttpClient(withInterceptors([log, authInterceptor]))]',
    `import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { authInterceptor } from './auth.interceptor';
import { log } from './log';`,
  ),
  [GATE]: FUNCTION_GATE,
};

const classes: Files = {
  ...modular(
    `imports: [BrowserModule],
  providers: [
    provideHttpClient(withInterceptorsFromDi()),
    { provide: HTTP_INTERCEPTORS, useClass: TokenInterceptor, multi: true },
    // Logs every call.
    { provide: HTTP_INTERCEPTORS, useClass: LogInterceptor, multi: true },
  ],`,
    `import { HTTP_INTERCEPTORS, provideHttpClient, withInterceptorsFromDi } from '@angular/common/http';
import { LogInterceptor } from './log';
import { TokenInterceptor } from './token.interceptor';`,
  ),
  'src/app/token.interceptor.ts': CLASS_GATE,
  'src/app/login-api.ts': LOGIN_API,
};

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

const BOTH = "localStorage.setItem('access_token', '');\n";

const EXCHANGE = { refresh: 'exchange', refreshUrl: 'https://api.example.com/auth' };

describe('migrate from a pasted gate', () => {
  it('proposes what a functional gate does, and changes nothing', async () => {
    const { read, said } = await run('migrate', {}, functional);
    assert.match(said, /src\/app\/auth\.interceptor\.ts:9 {2}authInterceptor, a gate/);
    assert.match(said, /allow: \['https:\/\/api\.example\.com'\]/);
    assert.match(said, /refreshCookie\('https:\/\/api\.example\.com\/auth\/refresh'\)/);
    assert.match(said, /With --write it is/);
    for (const [path, text] of Object.entries(functional)) assert.equal(read(path), text);
  });

  it('registers ngx-bearer in place of a functional gate', async () => {
    const { read } = await run('migrate', { write: true }, functional);
    assert.match(read(CONFIG), /withInterceptors\(\[log, authInterceptor\]\)/);
    assert.match(read(CONFIG), /import \{ authInterceptor, provideAuth, refreshCookie \} from 'ngx-bearer';/);
    assert.doesNotMatch(read(CONFIG), /auth\.interceptor/);
    assert.equal(read(GATE), FUNCTION_GATE);
  });

  it('registers ngx-bearer in place of a gate in a class, and keeps the others', async () => {
    const { read } = await run('migrate', { write: true }, classes);
    assert.doesNotMatch(read(MODULE), /TokenInterceptor/);
    assert.match(read(MODULE), /import \{ HTTP_INTERCEPTORS, provideHttpClient/);
    assert.match(
      read(MODULE),
      /\/\/ Logs every call\.\n {4}\{ provide: HTTP_INTERCEPTORS, useClass: LogInterceptor/,
    );
    assert.match(
      read(MODULE),
      /refresh: postRefreshToken\('https:\/\/api\.example\.com\/v1\/session\/renewal', \{/,
    );
    assert.match(read(MODULE), /body: \(\{ refreshToken \}\) => \(\{ refreshToken \}\),/);
    assert.match(read(MODULE), /storage: localTokenStorage\(\{ key: 'shop' \}\)/);
    assert.equal(read('src/app/token.interceptor.ts'), CLASS_GATE);
  });

  it('finds nothing more to do once it has written', async () => {
    const first = await run('migrate', { write: true }, functional);
    const before = first.read(CONFIG);
    const { read, said } = await run('migrate', { write: true }, first.tree);
    assert.equal(read(CONFIG), before);
    assert.match(said, /cannot be found where .*app\.config\.ts registers/);
  });

  it('changes nothing where the gate is registered out of sight', async () => {
    const files: Files = { ...standalone('[provideRouter([])]'), [GATE]: FUNCTION_GATE };
    const { read, said } = await run('migrate', { write: true }, files);
    assert.equal(read(CONFIG), files[CONFIG]);
    assert.match(said, /Nothing is changed: authInterceptor cannot be found/);
  });

  it('takes the gate out of the interceptors and out of no other list', async () => {
    const config = (functional[CONFIG] ?? '').replace(
      'export const',
      'export const mine = [authInterceptor];\nexport const',
    );
    const { read } = await run('migrate', { write: true }, { ...functional, [CONFIG]: config });
    assert.match(read(CONFIG), /mine = \[authInterceptor\]/);
    assert.match(read(CONFIG), /\[log, bearerAuthInterceptor\]/);
  });

  it('changes nothing where the configuration is unusual', async () => {
    const config = functional[CONFIG]?.replace('[provideRouter', '[...core, provideRouter') ?? '';
    const { read, said } = await run('migrate', { write: true }, { ...functional, [CONFIG]: config });
    assert.equal(read(CONFIG), config);
    assert.match(said, /Nothing is changed: .*spread another array/);
  });

  it('asks for what the code does not tell', async () => {
    const computed = FUNCTION_GATE.replace(
      "const api = 'https://api.example.com'",
      'const api = environment.api',
    );
    const { read, said } = await run('migrate', { write: true }, { ...functional, [GATE]: computed });
    assert.match(said, /The address at src\/app\/auth\.interceptor\.ts:16\. Say it with --refresh-url/);
    assert.equal(read(CONFIG), functional[CONFIG]);
  });

  it('goes by the flags where they say more', async () => {
    const options = { api: '/api', refreshUrl: '/api/renew', storage: 'session' };
    const { said } = await run('migrate', options, functional);
    assert.match(
      said,
      /allow: \['\/api'\],\n {4}refresh: refreshCookie\('\/api\/renew'\),\n {4}storage: sessionTokenStorage\(\{ key: 'shop' \}\)/,
    );
    assert.match(said, /import \{ .*sessionTokenStorage \} from 'ngx-bearer';/);
  });

  it('does not choose between two calls that look like the refresh', async () => {
    const { said } = await run('migrate', {}, { ...functional, 'src/app/login-api.ts': LOGIN_API });
    assert.match(said, /Which call refreshes: .*auth\.interceptor\.ts:16, src\/app\/login-api\.ts:9/);
  });

  it('takes two calls that do the same for one', async () => {
    const { said } = await run('migrate', {}, { ...functional, 'src/app/again.ts': FUNCTION_GATE });
    assert.match(said, /refreshCookie\('https:\/\/api\.example\.com\/auth\/refresh'\)/);
  });

  it('asks where tokens live where the code keeps them in two places', async () => {
    const { said } = await run(
      'migrate',
      {},
      { ...functional, 'src/app/a.ts': HEADER_INTERCEPTOR, 'src/app/b.ts': BOTH },
    );
    assert.match(said, /Where tokens live: src\/app\/a\.ts:4 and src\/app\/b\.ts:1 differ/);
  });

  it('asks where the API lives where the refresh has a path alone', async () => {
    const { said } = await run('migrate', { refreshUrl: '/auth/refresh' }, functional);
    assert.match(said, /Where the API lives\. Say it with --api/);
  });

  it('reads a refresh token grant', async () => {
    const grant = FUNCTION_GATE.replace(
      '{}, { withCredentials: true }',
      "{ grant_type: 'refresh_token', client_id: 'shop' }",
    );
    const { said } = await run('migrate', {}, { ...functional, [GATE]: grant });
    assert.match(said, /refreshTokenGrant\(\{ tokenEndpoint: '.*', clientId: 'shop' \}\)/);
  });

  it('lists interceptors that it does not know, and leaves them registered', async () => {
    const files = {
      ...functional,
      'src/app/leave.ts': SIGN_OUT_ON_401,
      'src/app/header.ts': HEADER_INTERCEPTOR,
    };
    const { said } = await run('migrate', {}, files);
    assert.match(said, /src\/app\/leave\.ts:4 {2}signOutInterceptor looks at 401/);
    assert.match(said, /src\/app\/header\.ts:3 {2}headerInterceptor adds Authorization itself/);
  });

  it('finds nothing in an application without either', async () => {
    const { said } = await run('migrate', { write: true }, standalone('[provideRouter([])]'));
    assert.match(said, /No pasted gate and no @auth0\/angular-jwt was found/);
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
    assert.match(said, /no call was found that does it\. Say it with --refresh and --refresh-url/);
  });

  it('puts its own module in place of JwtModule', async () => {
    const { read } = await run('migrate', { ...EXCHANGE, write: true }, jwt);
    assert.doesNotMatch(read(MODULE), /JwtModule/);
    assert.match(read(MODULE), /imports: \[\n {4}BrowserModule,\n {4}AuthModule\.forRoot\(/);
    assert.match(read(MODULE), /export function tokenGetter/);
  });

  it('lists options whose value is computed', async () => {
    const computed = jwt[MODULE]?.replace("authScheme: 'JWT '", 'headerName: environment.header') ?? '';
    const { said } = await run('migrate', EXCHANGE, { ...jwt, [MODULE]: computed });
    assert.match(said, /headerName: environment\.header is no text; set it in provideAuth/);
  });

  it('leaves what else importProvidersFrom has', async () => {
    const files = standalone(
      "[importProvidersFrom(BrowserModule, JwtModule.forRoot({ config: { allowedDomains: ['api.example.com'] } })), provideHttpClient()]",
      `import { importProvidersFrom } from '@angular/core';
import { provideHttpClient } from '@angular/common/http';
import { BrowserModule } from '@angular/platform-browser';
import { JwtModule } from '@auth0/angular-jwt';`,
    );
    const { read } = await run('migrate', { ...EXCHANGE, write: true }, files);
    assert.match(read(CONFIG), /importProvidersFrom\(BrowserModule\), provideHttpClient\(withInterceptors/);
  });

  it('takes it out of importProvidersFrom in a standalone application', async () => {
    const files = standalone(
      "[\n    importProvidersFrom(JwtModule.forRoot({ config: { tokenGetter, allowedDomains: ['api.example.com'] } })),\n    provideHttpClient(withInterceptorsFromDi()),\n  ]",
      `import { importProvidersFrom } from '@angular/core';
import { provideHttpClient, withInterceptorsFromDi } from '@angular/common/http';
import { JwtModule } from '@auth0/angular-jwt';`,
    );
    const { read } = await run('migrate', { ...EXCHANGE, write: true }, files);
    assert.doesNotMatch(read(CONFIG), /JwtModule|importProvidersFrom/);
    assert.match(
      read(CONFIG),
      /providers: \[\n {4}provideHttpClient\(withInterceptorsFromDi\(\), withInterceptors\(\[authInterceptor\]\)\),\n {4}provideAuth\(/,
    );
  });
});
