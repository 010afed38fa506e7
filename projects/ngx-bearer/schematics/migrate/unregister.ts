import type { Tree } from '@angular-devkit/schematics';
import { posix } from 'node:path';
import ts from 'typescript';
import { applyEdits, type Edit, readSource, removeElement } from '../source/edits';
import { dropUnused, originOf } from '../source/imports';
import { findAll, valueOf } from '../source/walk';
import type { Found } from './find-interceptors';

/** Takes a gate out of the interceptors of this file; false where it is not among them. */
export function unregisterGate(tree: Tree, path: string, gate: Found): boolean {
  const source = readSource(tree, path);
  const registrations = findAll(source, ts.isArrayLiteralExpression).flatMap((list) =>
    list.elements
      .filter((element) => registers(element, gate))
      .map((element) => removeElement(list.elements, element)),
  );
  const [edit] = registrations;
  if (!edit) return false;
  takeOut(tree, edit, { source, names: [gate.name, 'HTTP_INTERCEPTORS'] });
  return true;
}

/** Takes `JwtModule.forRoot(…)` out of a list of imports or of `importProvidersFrom`. */
export function unregisterJwt(tree: Tree, path: string): boolean {
  const source = readSource(tree, path);
  const call = findAll(source, ts.isCallExpression).find(
    ({ expression }) => expression.getText() === 'JwtModule.forRoot',
  );
  const edit = call && removalOf(call);
  if (!edit) return false;
  takeOut(tree, edit, { source, names: ['JwtModule', 'importProvidersFrom'] });
  return true;
}

function removalOf(call: ts.CallExpression): Edit | undefined {
  const { parent } = call;
  if (ts.isArrayLiteralExpression(parent)) return removeElement(parent.elements, call);
  if (!ts.isCallExpression(parent) || parent.expression.getText() !== 'importProvidersFrom') return undefined;
  if (parent.arguments.length > 1) return removeElement<ts.Node>(parent.arguments, call);
  return ts.isArrayLiteralExpression(parent.parent)
    ? removeElement<ts.Node>(parent.parent.elements, parent)
    : undefined;
}

function registers(element: ts.Expression, gate: Found): boolean {
  if (ts.isIdentifier(element)) {
    const list = element.parent.parent;
    const isList = ts.isCallExpression(list) && list.expression.getText() === 'withInterceptors';
    return isList && refersTo(element, gate);
  }
  const isInterceptor = valueOf(element, 'provide')?.getText() === 'HTTP_INTERCEPTORS';
  const provided = valueOf(element, 'useClass') ?? valueOf(element, 'useExisting');
  return isInterceptor && provided !== undefined && refersTo(provided, gate);
}

function refersTo(expression: ts.Expression, { name, node }: Found): boolean {
  const source = expression.getSourceFile();
  const home = posix.resolve('/', node.getSourceFile().fileName);
  const here = posix.resolve('/', source.fileName);
  if (expression.getText() !== name) return false;
  const origin = originOf(source, name);
  if (origin === undefined) return home === here;
  return origin.startsWith('.') && posix.resolve(posix.dirname(here), `${origin}.ts`) === home;
}

function takeOut(
  tree: Tree,
  edit: Edit,
  { source, names }: { readonly source: ts.SourceFile; readonly names: readonly string[] },
): void {
  applyEdits(tree, source, [edit]);
  const edited = readSource(tree, source.fileName);
  const idle = dropUnused(edited, names);
  if (idle.length > 0) applyEdits(tree, edited, idle);
}
