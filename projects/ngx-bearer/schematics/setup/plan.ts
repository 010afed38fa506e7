import type { Tree } from '@angular-devkit/schematics';
import ts from 'typescript';
import { appendElements, appendProperty, type Edit } from '../source/edits';
import type { App, Literal } from '../source/find-app';
import { Imports } from '../source/imports';
import { mentions } from '../source/walk';
import {
  type ClientPlan,
  interceptorFeature,
  planClassInterceptors,
  planClient,
  planInterceptor,
} from './http-client';
import type { Setup } from './setup';
import { authModuleCode, HTTP, PACKAGE, provideAuthCode } from './setup-code';

/** What is to be done to an application. No edits: it is set up. */
export type Plan =
  | { readonly kind: 'edit'; readonly source: ts.SourceFile; readonly edits: readonly Edit[] }
  | { readonly kind: 'unusual'; readonly path: string; readonly reason: string };

type Known = Exclude<App, { kind: 'unusual' }>;

/** Decides what is written where; nothing is written yet. */
export function planSetup(tree: Tree, app: App, setup: Setup): Plan {
  if (app.kind === 'unusual') return app;
  const { source, config } = app;
  const imports = new Imports(source);
  const refusal = ['imports', 'providers'].map((name) => refuse(config, name)).find(Boolean);
  if (refusal) return { kind: 'unusual', path: source.fileName, reason: refusal };
  const elements = listOf(config, 'providers')?.elements ?? [];
  const providers = { elements, imports, packages: packagesOf(tree) };
  const isModule = app.kind === 'module';
  const client =
    isModule && bringsClient(config)
      ? ({ kind: 'edit', edits: [] } as const)
      : planClient(providers, isModule ? planClassInterceptors : planInterceptor);
  if (client.kind === 'unusual') return { ...client, path: source.fileName };
  const edits = isModule
    ? editModule(app, { imports, client, setup })
    : editConfig(app, { imports, client, setup });
  return { kind: 'edit', source, edits: [...edits, ...imports.edits()] };
}

interface Work {
  readonly imports: Imports;
  readonly client: Exclude<ClientPlan, { kind: 'unusual' }>;
  readonly setup: Setup;
}

function editConfig({ config }: Known, { imports, client, setup }: Work): Edit[] {
  const use = imports.use.bind(imports);
  const ours = imports.find('provideAuth', PACKAGE);
  const added = [
    ...(client.kind === 'add' ? [`${use('provideHttpClient', HTTP)}(${interceptorFeature(imports)})`] : []),
    ...(ours !== undefined && mentions(config, ours) ? [] : [provideAuthCode(setup, use)]),
  ];
  return [...(client.kind === 'edit' ? client.edits : []), ...append(config, 'providers', added)];
}

function editModule({ config }: Known, { imports, client, setup }: Work): Edit[] {
  const use = imports.use.bind(imports);
  const ours = imports.find('AuthModule', PACKAGE);
  const isSetUp = ours !== undefined && mentions(config, ours);
  const feature = () => `${use('provideHttpClient', HTTP)}(${use('withInterceptorsFromDi', HTTP)}())`;
  return [
    ...append(config, 'imports', isSetUp ? [] : [authModuleCode(setup, use)]),
    ...(client.kind === 'add' ? append(config, 'providers', [feature()]) : client.edits),
  ];
}

function append(config: Literal, name: string, added: string[]): Edit[] {
  if (added.length === 0) return [];
  const list = listOf(config, name);
  return list ? appendElements(list, added) : [appendProperty(config, name, added)];
}

/** `HttpClientModule` is `provideHttpClient(withInterceptorsFromDi())` by an older name. */
function bringsClient(config: Literal): boolean {
  return (
    listOf(config, 'imports')?.elements.some((element) => mentions(element, 'HttpClientModule')) ?? false
  );
}

function refuse(config: Literal, name: string): string | undefined {
  if (config.properties.some(ts.isSpreadAssignment)) return 'its configuration spreads another object';
  const property = config.properties.find((each) => each.name?.getText() === name);
  const list = listOf(config, name);
  if (property && !list) return `its ${name} are no plain list`;
  return list?.elements.some(ts.isSpreadElement) ? `its ${name} spread another array` : undefined;
}

/** The list a property holds, where it is written down there. */
export function listOf(config: Literal, name: string): ts.ArrayLiteralExpression | undefined {
  const found = config.properties.find((each) => each.name?.getText() === name);
  if (!found || !ts.isPropertyAssignment(found)) return undefined;
  return ts.isArrayLiteralExpression(found.initializer) ? found.initializer : undefined;
}

function packagesOf(tree: Tree): ReadonlySet<string> {
  const { dependencies = {}, devDependencies = {} } = tree.readJson('/package.json') as Partial<
    Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>
  >;
  return new Set(Object.keys({ ...dependencies, ...devDependencies }));
}
