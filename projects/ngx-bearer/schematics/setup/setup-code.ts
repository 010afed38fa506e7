import type { Refresh, Setup } from './setup';

export const PACKAGE = 'ngx-bearer';
export const HTTP = '@angular/common/http';

/** Gives the name under which an export of a module is known where the code goes. */
export type Use = (name: string, module: string) => string;

/** The configuration, as `provideAuth` and `AuthModule.forRoot` take it. */
export function configCode(setup: Setup, use: Use): string {
  const { allow, refresh, headerName, scheme } = setup;
  const lines = [
    `allow: [${allow.map(quoted).join(', ')}],`,
    `refresh: ${refreshCode(refresh, use)},`,
    ...storageLines(setup, use),
    ...(headerName === undefined ? [] : [`headerName: ${quoted(headerName)},`]),
    ...(scheme === undefined ? [] : [`scheme: ${quoted(scheme)},`]),
  ];
  return `{\n${lines.map((line) => `  ${line}`).join('\n')}\n}`;
}

export function provideAuthCode(setup: Setup, use: Use): string {
  return `${use('provideAuth', PACKAGE)}(${configCode(setup, use)})`;
}

export function authModuleCode(setup: Setup, use: Use): string {
  return `${use('AuthModule', PACKAGE)}.forRoot(${configCode(setup, use)})`;
}

/** What a developer adds by hand where nothing is written. */
export function linesToAdd(setup: Setup, kind: 'standalone' | 'module'): string {
  const used = new Map<string, Set<string>>();
  const use: Use = (name, module) => {
    used.set(module, (used.get(module) ?? new Set()).add(name));
    return name;
  };
  const client = (feature: string) => `${use('provideHttpClient', HTTP)}(${feature}),`;
  const code =
    kind === 'module'
      ? [
          `// in the imports of your root module, last`,
          `${authModuleCode(setup, use)},`,
          `// in its providers, beside features of yours`,
          client(`${use('withInterceptorsFromDi', HTTP)}()`),
        ]
      : [
          `// in your providers; authInterceptor comes last, after interceptors of yours`,
          client(`${use('withInterceptors', HTTP)}([${use('authInterceptor', PACKAGE)}])`),
          `${provideAuthCode(setup, use)},`,
        ];
  const imports = [...used].map(
    ([module, names]) => `import { ${[...names].toSorted().join(', ')} } from '${module}';`,
  );
  return [...imports, '', ...code].join('\n');
}

/** Memory is the default: nothing is written for it. */
function storageLines({ storage, key }: Setup, use: Use): string[] {
  if (storage === 'memory') return [];
  const name = storage === 'local' ? 'localTokenStorage' : 'sessionTokenStorage';
  return [`storage: ${use(name, PACKAGE)}({ key: ${quoted(key)} }),`];
}

function refreshCode({ protocol, url, field, clientId }: Refresh, use: Use): string {
  switch (protocol) {
    case 'exchange':
      return `${use('exchangeToken', PACKAGE)}(${quoted(url)})`;
    case 'cookie':
      return `${use('refreshCookie', PACKAGE)}(${quoted(url)})`;
    case 'json': {
      const body = field ? `, {\n    body: ({ refreshToken }) => ({ ${fieldCode(field)} }),\n  }` : '';
      return `${use('postRefreshToken', PACKAGE)}(${quoted(url)}${body})`;
    }
    case 'oauth': {
      const where = `tokenEndpoint: ${quoted(url)}, clientId: ${quoted(clientId ?? '')}`;
      return `${use('refreshTokenGrant', PACKAGE)}({ ${where} })`;
    }
  }
}

function fieldCode(field: string): string {
  if (field === 'refreshToken') return field;
  return `${/^[a-z_$][\w$]*$/i.test(field) ? field : quoted(field)}: refreshToken`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
