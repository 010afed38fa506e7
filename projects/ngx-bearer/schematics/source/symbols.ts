import ts from 'typescript';
import type { Project } from './project';
import { findAll } from './walk';

export type Callable =
  | ts.FunctionDeclaration
  | ts.MethodDeclaration
  | ts.GetAccessorDeclaration
  | ts.ArrowFunction
  | ts.FunctionExpression;

/** Where a name is declared, through imports, barrels and path aliases. */
export function declarationOf(node: ts.Node, { checker }: Project): ts.Declaration | undefined {
  return symbolOf(node, checker)?.declarations?.[0];
}

export function symbolOf(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  const isShort = ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node;
  const symbol = isShort
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(ts.isPropertyAccessExpression(node) ? node.name : node);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The application's own function that a call runs. */
export function calleeOf(call: ts.CallExpression, project: Project): Callable | undefined {
  const { callees } = indexOf(project);
  if (!callees.has(call)) callees.set(call, findCallee(call, project));
  return callees.get(call);
}

function findCallee(call: ts.CallExpression, project: Project): Callable | undefined {
  const callee = unwrap(call.expression);
  const declared = declarationOf(callee, project);
  if (declared) return callableOf(declared);
  // The receiver has no type that can be read: a name that only one class has is that class's.
  const isOpen = ts.isPropertyAccessExpression(callee) && !isTyped(callee.expression, project);
  return isOpen ? onlyMethod(callee.name.text, project) : undefined;
}

/** A type is written down; since it names nothing of the application's, it is a package's. */
function isTyped(receiver: ts.Expression, project: Project): boolean {
  const declared = declarationOf(unwrap(receiver), project) as { readonly type?: ts.TypeNode } | undefined;
  return declared?.type !== undefined && declared.type.getText() !== 'any';
}

export function callableOf(declared: ts.Node | undefined): Callable | undefined {
  if (!declared) return undefined;
  if (isCallable(declared)) return 'body' in declared && declared.body ? declared : undefined;
  const isHolder = ts.isVariableDeclaration(declared) || ts.isPropertyDeclaration(declared);
  const value = isHolder || ts.isPropertyAssignment(declared) ? declared.initializer : undefined;
  const inner = value && unwrap(value);
  return inner && isCallable(inner) ? inner : undefined;
}

export function isCallable(node: ts.Node): node is Callable {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node)
  );
}

/** What a function is called, also one that a constant or a property holds. */
export function nameOf(callable: ts.Node): string {
  const named = callable as { readonly name?: ts.Node };
  if (named.name) return named.name.getText();
  const { parent } = callable;
  const isHolder = ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent);
  return isHolder || ts.isPropertyAssignment(parent) ? parent.name.getText() : '';
}

/** The nearest function around a node that has a name. */
export function holderOf(node: ts.Node): Callable | undefined {
  const found = ts.findAncestor(node.parent, (each) => isCallable(each) && nameOf(each) !== '');
  return found && isCallable(found) ? found : undefined;
}

/** Every call of a function. */
export function callsOf(callable: Callable, project: Project): readonly ts.CallExpression[] {
  const named = indexOf(project).callsByName.get(nameOf(callable)) ?? [];
  return named.filter((call) => calleeOf(call, project) === callable);
}

export function allCalls(project: Project): readonly ts.CallExpression[] {
  return indexOf(project).calls;
}

/** The expressions that a function may return. */
export function returnsOf({ body }: Callable): ts.Expression[] {
  if (!body) return [];
  if (!ts.isBlock(body)) return [unwrap(body)];
  return findAll(body, ts.isReturnStatement)
    .filter((each) => ts.findAncestor(each, isCallable)?.getStart() === body.parent.getStart())
    .flatMap(({ expression }) => (expression ? [unwrap(expression)] : []));
}

const MOST_FUNCTIONS = 60;

/** The functions that a piece of code runs, itself first. */
export function reachOf(start: ts.Node, project: Project): ts.Node[] {
  const found = new Set<ts.Node>([start]);
  for (const node of found) {
    if (found.size > MOST_FUNCTIONS) break;
    const callees = findAll(node, ts.isCallExpression).flatMap((call) => calleeOf(call, project) ?? []);
    const isNew = (callee: ts.Node) => !ts.findAncestor(callee, (each) => found.has(each));
    for (const callee of callees.filter(isNew)) found.add(callee);
  }
  return [...found];
}

/** Without parentheses, assertions and `await`. */
export function unwrap(node: ts.Expression): ts.Expression {
  const isWrapper =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isAwaitExpression(node);
  return isWrapper ? unwrap(node.expression) : node;
}

/** Names that everything has. */
const COMMON =
  /^(handle|next|pipe|subscribe|get|set|clone|map|then|catch|push|filter|has|delete|error|emit)$/;

function onlyMethod(name: string, project: Project): Callable | undefined {
  if (COMMON.test(name)) return undefined;
  const [method, other] = indexOf(project).methodsByName.get(name) ?? [];
  return other ? undefined : method;
}

const names = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly ts.Identifier[]>>();

/** Every mention of a name in a file. */
export function mentionsOf(text: string, source: ts.SourceFile): readonly ts.Identifier[] {
  const known = names.get(source) ?? grouped(findAll(source, ts.isIdentifier), (each) => each.text);
  names.set(source, known);
  return known.get(text) ?? [];
}

/** What is looked up again and again. */
interface Index {
  readonly calls: readonly ts.CallExpression[];
  readonly callsByName: ReadonlyMap<string, readonly ts.CallExpression[]>;
  readonly methodsByName: ReadonlyMap<string, readonly ts.MethodDeclaration[]>;
  readonly callees: Map<ts.CallExpression, Callable | undefined>;
}

const indexes = new WeakMap<Project, Index>();

function indexOf(project: Project): Index {
  const known = indexes.get(project);
  if (known) return known;
  const calls = project.sources.flatMap((source) => findAll(source, ts.isCallExpression));
  const methods = project.sources.flatMap((source) => findAll(source, ts.isMethodDeclaration));
  const index = {
    calls,
    callsByName: grouped(calls, ({ expression }) => lastName(unwrap(expression))),
    methodsByName: grouped(methods, ({ name }) => name.getText()),
    callees: new Map<ts.CallExpression, Callable | undefined>(),
  };
  indexes.set(project, index);
  return index;
}

function grouped<T>(all: readonly T[], nameOfEach: (each: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(nameOfEach(each)) ?? [];
    group.push(each);
    groups.set(nameOfEach(each), group);
  }
  return groups;
}

function lastName(callee: ts.Expression): string {
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}
