import ts from 'typescript';
import { PACKAGE } from '../setup/code';
import type { Edits } from '../setup/edits-by-file';
import { isCallable } from '../source/symbols';
import { indentAt } from '../source/edits';

const NAMES = ['session', 'authSession', 'bearerSession'];
const DECORATORS = /^(Injectable|Component|Directive|Pipe|NgModule)$/;
const fields = new WeakMap<Edits, Map<ts.ClassDeclaration, string>>();

/**
 * How the session is called in a place of a class that Angular creates, with the field that holds it. Undefined: the
 * place is in no such class, or `this` is another object there.
 */
export function sessionIn(node: ts.Node, edits: Edits): string | undefined {
  const holder = ts.findAncestor(
    node,
    (each) => ts.isClassDeclaration(each) || ts.isFunctionExpression(each) || ts.isFunctionDeclaration(each),
  );
  if (!holder || !ts.isClassDeclaration(holder) || !isCreatedByAngular(holder)) return undefined;
  const isStatic = ts.findAncestor(node, (each) => isCallable(each) && each.parent === holder);
  if (
    isStatic &&
    ts.canHaveModifiers(isStatic) &&
    ts.getModifiers(isStatic)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
  ) {
    return undefined;
  }
  const known = fields.get(edits) ?? new Map<ts.ClassDeclaration, string>();
  fields.set(edits, known);
  const name = known.get(holder) ?? addField(holder, edits);
  if (name !== undefined) known.set(holder, name);
  return name === undefined ? undefined : `this.${name}`;
}

function addField(holder: ts.ClassDeclaration, edits: Edits): string | undefined {
  const own = findNames(holder);
  const name = NAMES.find((each) => !own.has(each));
  if (name === undefined) return undefined;
  const source = holder.getSourceFile();
  const imports = edits.importsOf(source);
  const [inject, session] = [imports.use('inject', '@angular/core'), imports.use('AuthSession', PACKAGE)];
  const indent = `${indentAt(source.text, holder.getStart())}  `;
  const brace = holder.members.pos;
  edits.add(holder, [{ at: brace, text: `\n${indent}private readonly ${name} = ${inject}(${session});` }]);
  return name;
}

function findNames(holder: ts.ClassDeclaration): ReadonlySet<string> {
  const members = holder.members.map(({ name }) => name?.getText() ?? '');
  const constructed = holder.members
    .filter(ts.isConstructorDeclaration)
    .flatMap(({ parameters }) => parameters.map(({ name }) => name.getText()));
  return new Set([...members, ...constructed]);
}

function isCreatedByAngular(holder: ts.ClassDeclaration): boolean {
  return (ts.getDecorators(holder) ?? []).some(
    ({ expression }) => ts.isCallExpression(expression) && DECORATORS.test(expression.expression.getText()),
  );
}
