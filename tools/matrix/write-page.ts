import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cell } from './cells.ts';

const PAGE = join(import.meta.dirname, 'page');
const FILES = ['app.ts', 'redirected.ts', 'scenario.ts', 'secret.ts', 'shop-interceptors.ts'];
// Under its own name the specs of this repository would count it among them.
const SPEC = 'app-spec.ts';

type Replacement = readonly [old: string, replacement: string];

/** Writes the page, and the interceptors that an application has before it gets ngx-bearer. */
export async function writePage(app: string, cell: Cell): Promise<void> {
  const [source, gate] = [join(app, 'src', 'app'), gateOf(cell)];
  for (const file of FILES) await cp(join(PAGE, file), join(source, file));
  await cp(join(PAGE, SPEC), join(source, 'app.spec.ts'));
  if (gate) await cp(join(PAGE, gate), join(source, 'pasted-gate.ts'));
  if (cell.structure === 'standalone') {
    await change(
      join(source, 'app.config.ts'),
      configChanges(gate ? '[before, authInterceptor]' : '[before]'),
    );
    return;
  }
  await change(join(source, 'app.ts'), [
    ["selector: 'app-root',", "selector: 'app-root',\n  standalone: false,"],
  ]);
  await change(join(source, 'app-module.ts'), moduleChanges(gate ? ['PastedGate'] : []));
}

function gateOf({ setup, structure }: Cell): string | undefined {
  if (setup === 'add') return undefined;
  return structure === 'standalone' ? 'gate-function.ts' : 'gate-class.ts';
}

function configChanges(interceptors: string): Replacement[] {
  return [
    [
      'provideRouter(routes)',
      `provideRouter(routes),\n    provideHttpClient(withInterceptors(${interceptors}))`,
    ],
    ['import { routes }', `${clientImport('provideHttpClient, withInterceptors')}import { routes }`],
    ['import { routes }', "import { before } from './shop-interceptors';\nimport { routes }"],
    ...gateImport('authInterceptor', interceptors),
  ];
}

function moduleChanges(classes: readonly string[]): Replacement[] {
  const provided = classes.map(
    (name) => `    { provide: HTTP_INTERCEPTORS, useClass: ${name}, multi: true },`,
  );
  const errors = '    provideBrowserGlobalErrorListeners()';
  return [
    ['    AppRoutingModule\n', '    AppRoutingModule,\n    ShopInterceptors\n'],
    ...(classes.length > 0
      ? ([
          [errors, [...provided, errors].join('\n')],
          ['import { App }', `${clientImport('HTTP_INTERCEPTORS')}import { App }`],
        ] as const)
      : []),
    ['import { App }', "import { ShopInterceptors } from './shop-interceptors';\nimport { App }"],
    ...gateImport('PastedGate', classes.join()),
  ];
}

function gateImport(name: string, used: string): Replacement[] {
  const where = name === 'PastedGate' ? 'import { App }' : 'import { routes }';
  return used.includes(name) ? [[where, `import { ${name} } from './pasted-gate';\n${where}`]] : [];
}

/** Registers an interceptor behind that of ngx-bearer, as a developer may do later. */
export async function addInterceptorBehind(app: string, { structure }: Cell): Promise<void> {
  const first = structure === 'standalone' ? 'before' : 'ShopInterceptors';
  await change(configPath(app, structure), [
    ['authInterceptor])', 'authInterceptor, after])'],
    [`import { ${first}`, `import { after, ${first}`],
  ]);
}

export function configPath(app: string, structure: Cell['structure']): string {
  return join(app, 'src', 'app', structure === 'standalone' ? 'app.config.ts' : 'app-module.ts');
}

function clientImport(names: string): string {
  return `import { ${names} } from '@angular/common/http';\n`;
}

async function change(path: string, replacements: readonly Replacement[]): Promise<void> {
  let text = await readFile(path, 'utf8');
  for (const [old, replacement] of replacements) {
    if (!text.includes(old)) throw new Error(`${path} has no ${JSON.stringify(old)}:\n${text}`);
    text = text.replace(old, replacement);
  }
  await writeFile(path, text);
}
