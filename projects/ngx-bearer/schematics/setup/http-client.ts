import ts from 'typescript';
import type { Edit } from '../source/edits';
import { originOf } from '../source/imports';
import type { Project } from '../source/project';
import { declarationOf } from '../source/symbols';
import { firstLine, mentions, placeOf } from '../source/walk';
import { isOfRoot, readClients } from '../survey/libraries';
import { HTTP, PACKAGE } from './code';
import type { Edits } from './edits-by-file';
import { interceptorFeature } from './setup-code';

/** What happens to the application's `HttpClient`. */
export type ClientPlan =
  | { readonly kind: 'edit' }
  | { readonly kind: 'add'; readonly runsClasses: boolean }
  | { readonly kind: 'unusual'; readonly reason: string };

/** The providers of an application, and the packages it has: what comes from one holds no secrets of the app. */
export interface Providers {
  readonly elements: readonly ts.Expression[];
  readonly packages: ReadonlySet<string>;
  readonly project: Project;
}

/** Finds what provides `HttpClient`, and puts our interceptor behind every other one. */
export function planClient(providers: Providers, edits: Edits): ClientPlan {
  const { elements, project } = providers;
  const clients = readClients(project);
  const [calls, others] = split(clients.filter(ts.isCallExpression), (call) => isOfRoot(call, project));
  const modules = clients.filter(ts.isIdentifier);
  const [call, second] = calls;
  if (call && second)
    return unusual(`it calls provideHttpClient more than once (${calls.map(placeOf).join(', ')})`);
  const classes = others.find((each) => mentions(each, 'withInterceptorsFromDi'));
  if (classes) return unusual(`another HttpClient runs the registered classes, too (${placeOf(classes)})`);
  const refusal = removeModules(modules, project, edits);
  if (refusal !== undefined) return unusual(refusal);
  if (call) return planInterceptor(call, edits);
  const opaque =
    modules.length > 0 ? undefined : elements.find((element) => mayProvideClient(element, providers));
  if (opaque) return unusual(`it cannot be seen what ${firstLine(opaque)} provides`);
  return { kind: 'add', runsClasses: modules.length > 0 };
}

/** Puts our function behind every other interceptor. */
function planInterceptor(call: ts.CallExpression, edits: Edits): ClientPlan {
  const imports = edits.importsOf(call.getSourceFile());
  const ours = imports.find('authInterceptor', PACKAGE);
  if (ours !== undefined && mentions(call, ours)) return { kind: 'edit' };
  const features = call.arguments.filter(ts.isCallExpression);
  if (features.length < call.arguments.length) return unusual('provideHttpClient gets more than calls');
  const [byFunction, byClass] = ['withInterceptors', 'withInterceptorsFromDi'].map((name) =>
    imports.find(name, HTTP),
  );
  const last = features.findLast(({ expression }) => [byFunction, byClass].includes(expression.getText()));
  const isOfFunctions = byFunction !== undefined && last?.expression.getText() === byFunction;
  const [list] = isOfFunctions ? last.arguments : [];
  if (list && ts.isArrayLiteralExpression(list))
    edits.append(list, [imports.use('authInterceptor', PACKAGE)]);
  else edits.add(call, [addFeature(call, interceptorFeature(imports.use.bind(imports)))]);
  return { kind: 'edit' };
}

function addFeature(call: ts.CallExpression, feature: string): Edit {
  const last = call.arguments.at(-1);
  return last ? { at: last.end, text: `, ${feature}` } : { at: call.end - 1, text: feature };
}

/**
 * `HttpClientModule` brings an `HttpClient` of its own into each module that imports it, and runs the registered classes
 * once more. With `provideHttpClient` in one place nothing else may bring one.
 */
function removeModules(
  modules: readonly ts.Identifier[],
  project: Project,
  edits: Edits,
): string | undefined {
  const isLate = modules.some((each) => !project.eager.has(each.getSourceFile()));
  const late = [...project.reached].find(
    (source) => !project.eager.has(source) && mentions(source, 'HTTP_INTERCEPTORS'),
  );
  if (isLate && late)
    return `${late.fileName.slice(1)} registers interceptors for a part that is loaded later`;
  for (const name of modules) {
    if (!edits.takeOut(name)) return `HttpClientModule at ${placeOf(name)} stands in no list`;
  }
  return undefined;
}

/** A second `provideHttpClient` would silently take the place of one that is out of sight. */
function mayProvideClient(element: ts.Expression, providers: Providers): boolean {
  if (ts.isObjectLiteralExpression(element)) return false;
  if (ts.isSpreadElement(element)) return mayProvideClient(element.expression, providers);
  if (isSeen(element, providers)) return false;
  if (ts.isIdentifier(element)) return !/^[A-Z]/.test(element.text);
  if (!ts.isCallExpression(element) || !ts.isIdentifier(element.expression)) return true;
  if (!isFromPackage(element.expression, providers)) return true;
  if (element.expression.text !== 'importProvidersFrom') return false;
  return element.arguments.some((each) => !isFromPackage(each, providers) && !isSeen(each, providers));
}

/** Its code is part of the project, where every `provideHttpClient` is known. */
function isSeen(element: ts.Expression, { project }: Providers): boolean {
  const name = ts.isCallExpression(element) ? element.expression : element;
  const root = ts.isPropertyAccessExpression(name) ? name.expression : name;
  const declared = ts.isIdentifier(root) ? declarationOf(root, project) : undefined;
  return (
    declared !== undefined &&
    project.sources.includes(declared.getSourceFile()) &&
    !ts.isImportSpecifier(declared)
  );
}

function isFromPackage(expression: ts.Expression, { packages }: Providers): boolean {
  const name = /^[\w$]+/.exec(expression.getText())?.[0] ?? '';
  const origin = originOf(expression.getSourceFile(), name);
  if (origin === undefined || origin.startsWith('.')) return false;
  return packages.has(origin.split('/', origin.startsWith('@') ? 2 : 1).join('/'));
}

function split<T>(all: readonly T[], is: (each: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((each) => !is(each))];
}

function unusual(reason: string): ClientPlan {
  return { kind: 'unusual', reason };
}
