import ts from 'typescript';
import { appendElements, type Edit } from '../source/edits';
import { type Imports, originOf } from '../source/imports';
import { mentions } from '../source/walk';
import { HTTP, PACKAGE } from './setup-code';

/** What happens to the application's `provideHttpClient`. */
export type ClientPlan =
  | { readonly kind: 'edit'; readonly edits: readonly Edit[] }
  | { readonly kind: 'add' }
  | { readonly kind: 'unusual'; readonly reason: string };

/** The providers of an application, and the packages it has: what comes from one holds no secrets of the app. */
export interface Providers {
  readonly elements: readonly ts.Expression[];
  readonly imports: Imports;
  readonly packages: ReadonlySet<string>;
}

/** Finds the one call of `provideHttpClient` and has `change` add to it. */
export function planClient(
  providers: Providers,
  change: (call: ts.CallExpression, imports: Imports) => ClientPlan,
): ClientPlan {
  const { elements, imports } = providers;
  const name = imports.find('provideHttpClient', HTTP);
  const calls = elements
    .filter(ts.isCallExpression)
    .filter(({ expression }) => expression.getText() === name);
  const [call, other] = calls;
  if (other) return unusual('it calls provideHttpClient more than once');
  if (call) return change(call, imports);
  const opaque = elements.find((element) => mayProvideClient(element, providers));
  return opaque ? unusual(`it cannot be seen what ${firstLine(opaque)} provides`) : { kind: 'add' };
}

/** Puts our function behind every other interceptor. */
export function planInterceptor(call: ts.CallExpression, imports: Imports): ClientPlan {
  const ours = imports.find('authInterceptor', PACKAGE);
  if (ours !== undefined && mentions(call, ours)) return { kind: 'edit', edits: [] };
  const features = call.arguments.filter(ts.isCallExpression);
  if (features.length < call.arguments.length) return unusual('provideHttpClient gets more than calls');
  const [byFunction, byClass] = ['withInterceptors', 'withInterceptorsFromDi'].map((name) =>
    imports.find(name, HTTP),
  );
  const last = features.findLast(({ expression }) => [byFunction, byClass].includes(expression.getText()));
  if (last?.expression.getText() !== byFunction || byFunction === undefined) {
    return { kind: 'edit', edits: [addFeature(call, interceptorFeature(imports))] };
  }
  const [list] = last?.arguments ?? [];
  if (!list || !ts.isArrayLiteralExpression(list) || list.elements.some(ts.isSpreadElement)) {
    return unusual('its interceptors are no plain list');
  }
  return { kind: 'edit', edits: appendElements(list, [imports.use('authInterceptor', PACKAGE)]) };
}

/** Has the interceptors run that are registered as `HTTP_INTERCEPTORS`, ours among them. */
export function planClassInterceptors(call: ts.CallExpression, imports: Imports): ClientPlan {
  const known = imports.find('withInterceptorsFromDi', HTTP);
  if (known !== undefined && mentions(call, known)) return { kind: 'edit', edits: [] };
  return { kind: 'edit', edits: [addFeature(call, `${imports.use('withInterceptorsFromDi', HTTP)}()`)] };
}

export function interceptorFeature(imports: Imports): string {
  return `${imports.use('withInterceptors', HTTP)}([${imports.use('authInterceptor', PACKAGE)}])`;
}

function addFeature(call: ts.CallExpression, feature: string): Edit {
  const last = call.arguments.at(-1);
  return last ? { at: last.end, text: `, ${feature}` } : { at: call.end - 1, text: feature };
}

/** A second `provideHttpClient` would silently take the place of one that is out of sight. */
function mayProvideClient(element: ts.Expression, providers: Providers): boolean {
  if (ts.isObjectLiteralExpression(element)) return false;
  if (ts.isIdentifier(element)) return !/^[A-Z]/.test(element.text);
  if (!ts.isCallExpression(element) || !ts.isIdentifier(element.expression)) return true;
  if (!isFromPackage(element.expression, providers)) return true;
  if (element.expression.text !== 'importProvidersFrom') return false;
  return (
    mentions(element, 'HttpClientModule') || element.arguments.some((each) => !isFromPackage(each, providers))
  );
}

function isFromPackage(expression: ts.Expression, { packages }: Providers): boolean {
  const name = /^[\w$]+/.exec(expression.getText())?.[0] ?? '';
  const origin = originOf(expression.getSourceFile(), name);
  if (origin === undefined || origin.startsWith('.')) return false;
  return packages.has(origin.split('/', origin.startsWith('@') ? 2 : 1).join('/'));
}

function unusual(reason: string): ClientPlan {
  return { kind: 'unusual', reason };
}

function firstLine(node: ts.Node): string {
  return node.getText().split('\n', 1)[0] ?? '';
}
