import { noModuleState } from './lint-module-state.mjs';

const SOURCE = 'projects/ngx-bearer/src';
const SPECS = [`${SOURCE}/**/*.spec.ts`, `${SOURCE}/spec/**`];

const COOKIE = `${SOURCE}/refresh/strategies/refresh-cookie.ts`;

const PAGE = ['window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'indexedDB'];
const NO_WINDOW = 'session/ holds state and knows no window.';

const STATEFUL = {
  '@angular/core': ['signal', 'linkedSignal', 'Injectable', 'inject'],
  rxjs: ['Subject', 'BehaviorSubject', 'ReplaySubject', 'AsyncSubject'],
};

const onlyThroughPublicApi = {
  regex: '(^|/)public-api$',
  message: 'public-api.ts is for callers: import the file itself.',
};

/** The storages of the browser, `sharedTokenStorage` and `refreshCookie` bring what they need of it. */
const noTabs = {
  regex: '^(\\./|(\\.\\./)+)tabs/',
  message: 'Only public-api and refreshCookie import tabs/: an application without it ships none of it.',
};

const noStorage = {
  regex: '^(\\.\\./)+storage/',
  message: 'refresh/ knows the interface SessionSync alone.',
};

const noHttp = (room) => ({ regex: '^@angular/common/http(/|$)', message: `${room} knows no HTTP.` });

/** The sentence of ARCHITECTURE.md, kept: who may import whom in the library, and where state may live. */
export const boundaries = [
  {
    files: [`${SOURCE}/**/*.ts`],
    ignores: SPECS,
    rules: { ...restrictedImports([onlyThroughPublicApi, noTabs]), ...noModuleState() },
  },
  {
    files: [`${SOURCE}/public-api.ts`],
    rules: restrictedImports([]),
  },
  {
    files: [`${SOURCE}/auth-config.ts`],
    rules: restrictedImports([
      onlyThroughPublicApi,
      noTabs,
      {
        regex: '^\\./storage/(?!token-storage$)',
        message: 'An option knows the interface of a storage alone.',
      },
    ]),
  },
  {
    files: [`${SOURCE}/request/**/*.ts`],
    ignores: SPECS,
    rules: restrictedImports(
      [
        onlyThroughPublicApi,
        {
          regex: '^\\.\\./(.*/)?(session|storage|tabs|refresh)/',
          message: 'request/ knows HTTP and neither the session, nor storage, nor tabs, nor the refresh.',
        },
        facade('request/ is below the interceptor and the session.'),
      ],
      Object.entries(STATEFUL).map(([name, importNames]) => ({
        name,
        importNames,
        message: 'request/ holds no state.',
      })),
    ),
  },
  {
    files: [`${SOURCE}/session/**/*.ts`],
    ignores: SPECS,
    rules: {
      ...restrictedImports(
        [
          onlyThroughPublicApi,
          noHttp('session/'),
          {
            regex: '^\\.\\./(.*/)?(request|storage|tabs|refresh)/',
            message:
              'session/ holds state and knows neither requests, nor storage, nor tabs, nor the refresh.',
          },
          facade('session/ is below the interceptor and the session facade.'),
        ],
        [{ name: '@angular/common', importNames: ['DOCUMENT'], message: NO_WINDOW }],
      ),
      'no-restricted-globals': ['error', ...PAGE.map((name) => ({ name, message: NO_WINDOW }))],
    },
  },
  {
    files: [`${SOURCE}/storage/**/*.ts`],
    ignores: SPECS,
    rules: restrictedImports([
      onlyThroughPublicApi,
      noHttp('storage/'),
      onlyFrom(
        'session/|refresh/session-sync$|without-undefined$',
        'storage/ knows the session, and of the refresh only its interface.',
      ),
    ]),
  },
  {
    files: [`${SOURCE}/tabs/**/*.ts`],
    ignores: SPECS,
    rules: restrictedImports([
      onlyThroughPublicApi,
      noHttp('tabs/'),
      onlyFrom(
        '(session|storage|hints)/|refresh/(session-sync|refresh-outcome|longest-timer)$|without-undefined$',
        'tabs/ knows the session and its record, and of the refresh only its interface.',
      ),
    ]),
  },
  {
    files: [`${SOURCE}/refresh/**/*.ts`],
    ignores: [...SPECS, COOKIE],
    rules: restrictedImports([
      onlyThroughPublicApi,
      noTabs,
      noStorage,
      facade('refresh/ is below the interceptor and the session facade.'),
    ]),
  },
  {
    files: [COOKIE],
    rules: restrictedImports([
      onlyThroughPublicApi,
      noStorage,
      facade('refresh/ is below the interceptor and the session facade.'),
    ]),
  },
  {
    files: [`${SOURCE}/hints/**/*.ts`],
    ignores: SPECS,
    rules: restrictedImports([
      onlyThroughPublicApi,
      {
        regex: '/(session|session-sync|refresh-gate|refresher)$|/(storage|tabs)/',
        message: 'hints/ warns in development, and can change nothing.',
      },
      facade('hints/ is below the interceptor and the session facade.'),
    ]),
  },
  {
    files: ['projects/ngx-bearer/{testing,router,dpop}/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/spec/**'],
    rules: {
      ...restrictedImports([
        {
          regex: '^(\\.\\./)+(src|testing|router|dpop)/',
          message: 'Another entry point is known by its name alone.',
        },
        { regex: '^ngx-bearer/', message: 'An entry point beside the main one knows the main one alone.' },
        onlyThroughPublicApi,
      ]),
      ...noModuleState(),
    },
  },
  {
    files: ['projects/ngx-bearer/router/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: restrictedImports([
      {
        regex: '^ngx-bearer/|^(\\.\\./)|(^|/)public-api$',
        message: 'router/ knows the main entry point alone.',
      },
      { regex: '^ngx-bearer$', importNamePattern: '^ɵ', message: 'router/ lives on the public API.' },
    ]),
  },
  {
    files: ['projects/demo/**/*.ts', 'e2e/**/*.ts'],
    rules: restrictedImports([
      { regex: '^ngx-bearer/(?!testing$|router$|dpop$)', message: 'Only the public API of the package.' },
      { regex: 'projects/ngx-bearer|/ngx-bearer/src', message: 'Only the built package, by its name.' },
    ]),
  },
];

function onlyFrom(modules, message) {
  return { regex: `^\\.\\./(?!${modules})`, message };
}

function facade(message) {
  return { regex: '(^|/)(auth-interceptor|auth-session|auth-module|provide-auth)$', message };
}

function restrictedImports(patterns, paths = []) {
  return { 'no-restricted-imports': ['error', { patterns, paths }] };
}
