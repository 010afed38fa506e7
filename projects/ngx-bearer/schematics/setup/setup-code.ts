import { HTTP, PACKAGE, quoted, textCode, type Use } from './code';
import { refreshCode } from './refresh-code';
import type { Setup } from './setup';

/** `provideAuth({ … })` */
export function provideAuthCode(setup: Setup, use: Use): string {
  const { allow, refresh, headerName, scheme, allowInsecure, rejection } = setup;
  const lines = [
    `allow: [${allow.map((each) => textCode(each, use)).join(', ')}],`,
    `refresh: ${refreshCode(refresh, use)},`,
    ...storageLines(setup, use),
    ...(headerName === undefined ? [] : [`headerName: ${quoted(headerName)},`]),
    ...(scheme === undefined ? [] : [`scheme: ${quoted(scheme)},`]),
    ...(rejection === undefined ? [] : [`shouldRefresh: ({ status }) => status === ${rejection},`]),
    ...(allowInsecure ? ['allowInsecure: true,'] : []),
  ];
  return `${use('provideAuth', PACKAGE)}({\n${lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`).join('\n')}\n})`;
}

/** What registers the interceptor, last. */
export function clientCode(runsClasses: boolean, use: Use): string {
  const byClass = runsClasses ? [`${use('withInterceptorsFromDi', HTTP)}()`] : [];
  const features = [...byClass, interceptorFeature(use)];
  return `${use('provideHttpClient', HTTP)}(${features.join(', ')})`;
}

/** `withInterceptors([authInterceptor])` */
export function interceptorFeature(use: Use): string {
  return `${use('withInterceptors', HTTP)}([${use('authInterceptor', PACKAGE)}])`;
}

/** What a developer adds by hand where nothing is written: imports, and providers. `pathOf` gives a file's name in an import. */
export function linesToAdd(setup: Setup, runsClasses: boolean, pathOf: (file: string) => string): string {
  const used = new Map<string, Set<string>>();
  const use: Use = (name, module) => {
    used.set(module, (used.get(module) ?? new Set()).add(name));
    return name;
  };
  const code = [
    '// in your providers, in place of provideHttpClient; the interceptor comes last, after those of yours',
    `${clientCode(runsClasses, use)},`,
    `${provideAuthCode(setup, use)},`,
  ];
  const imports = [...used].map(
    ([module, names]) => `import { ${[...names].toSorted().join(', ')} } from '${pathOf(module)}';`,
  );
  return [...imports, '', ...code].join('\n');
}

/** Memory is the default: nothing is written for it. */
function storageLines({ storage, key }: Setup, use: Use): string[] {
  if (storage === 'memory') return [];
  const name = storage === 'local' ? 'localTokenStorage' : 'sessionTokenStorage';
  return [`storage: ${use(name, PACKAGE)}({ key: ${quoted(key)} }),`];
}
