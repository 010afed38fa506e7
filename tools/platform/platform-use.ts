import ts from 'typescript';
import { LibTypes } from './lib-types.ts';

/** A place in the source that uses something of the browser or of the language's own library. */
export interface PlatformUse {
  /** As it is written in the types: `URLConstructor.canParse`, `Navigator.locks`, `performance`. */
  readonly name: string;
  /** Where the compatibility data may list it, the likeliest first. */
  readonly paths: readonly string[];
  /** `projects/…/token-scope.ts:59` */
  readonly place: string;
}

const LOOKBEHIND = /\(\?<[=!]/;
const LISTENING = ['addEventListener', 'fromEvent'];

/** Options have no names of their own in the compatibility data, but belong to who takes them. */
const TAKERS: Readonly<Record<string, string>> = {
  ErrorOptions: 'javascript.builtins.Error.Error',
  LockOptions: 'api.LockManager.request',
  PerformanceObserverInit: 'api.PerformanceObserver.observe',
  RequestInit: 'api.Request.Request',
  TextDecoderOptions: 'api.TextDecoder.TextDecoder',
};

/** Finds every use in the files of a program, by the types: `value.at(-1)` is seen as `Array.at` or `String.at`. */
export function findPlatformUses(program: ts.Program, files: readonly string[]): PlatformUse[] {
  const lib = new LibTypes(program);
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    if (!source) throw new Error(`${file} is not in the program.`);
    return [...usesBelow(source, lib)].map(({ node, name, paths }) => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      return { name, paths, place: `${file}:${line + 1}` };
    });
  });
}

interface Found {
  readonly node: ts.Node;
  readonly name: string;
  readonly paths: readonly string[];
}

// Types are gone at run time; a class that is extended is not.
function* usesBelow(node: ts.Node, lib: LibTypes): Generator<Found> {
  if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
  if (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword) return;
  yield* usesAt(node, lib);
  for (const child of node.getChildren()) yield* usesBelow(child, lib);
}

function* usesAt(node: ts.Node, lib: LibTypes): Generator<Found> {
  if (ts.isIdentifier(node)) yield* named(node, lib.symbolAt(node), lib);
  if (ts.isElementAccessExpression(node)) {
    yield* named(node, lib.memberOf(node.expression, node.argumentExpression), lib);
  }
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    yield* named(node, lib.memberOf(node.parent, node.propertyName ?? node.name), lib);
  }
  if (ts.isObjectLiteralElementLike(node) && node.name) {
    yield* named(node, lib.optionAt(node.parent, node.name.getText()), lib);
  }
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
    const [name] = [...named(node, lib.symbolAt(node.expression), lib)].map((found) => found.name);
    if (name) yield { node, name: `new ${name}()`, paths: [`api.${name}.${name}`, ...bothRoots(name)] };
  }
  if (ts.isCallExpression(node)) yield* listening(node, lib);
  if (ts.isRegularExpressionLiteral(node) && LOOKBEHIND.test(node.text)) {
    yield { node, name: '(?<=…)', paths: ['javascript.regular_expressions.lookbehind_assertion'] };
  }
}

function* named(node: ts.Node, symbol: ts.Symbol | undefined, lib: LibTypes): Generator<Found> {
  for (const { owners, member } of lib.declarationsOf(symbol)) {
    const [owner] = owners;
    if (owner === undefined) yield { node, name: member, paths: globalPaths(member) };
    else {
      const paths = owners.flatMap((each) => memberPaths(each, member));
      yield { node, name: `${owner}.${member}`, paths };
    }
  }
}

function* listening(node: ts.CallExpression, lib: LibTypes): Generator<Found> {
  const { expression, arguments: given } = node;
  const callee = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  const event = given.find(ts.isStringLiteralLike);
  if (!event || !LISTENING.includes(callee.getText())) return;
  const target = ts.isPropertyAccessExpression(expression) ? expression.expression : given[0];
  const owners = [...(target ? lib.typeNamesOf(target) : []), 'Window', 'Document'];
  const paths = owners.map((owner) => `api.${owner}.${event.text}_event`);
  yield { node, name: `event ${event.text}`, paths };
}

function memberPaths(owner: string, member: string): string[] {
  const taker = TAKERS[owner];
  if (taker !== undefined) return [`${taker}.options_${member}_parameter`, taker];
  const event = /^on(?<name>[a-z]+)$/.exec(member)?.groups?.['name'];
  const isGlobalScope = owner === 'Window' || owner === 'WindowOrWorkerGlobalScope';
  return [
    ...bothRoots(`${owner}.${member}`),
    `api.${owner}.${member}_static`,
    `api.${owner.toLowerCase()}.${member}_static`,
    ...(isGlobalScope ? [`api.${member}`] : []),
    ...(event === undefined ? [] : [`api.${owner}.${event}_event`]),
  ];
}

// What `Window` inherits is global, too.
function globalPaths(name: string): string[] {
  return [...bothRoots(name), `api.Window.${name}`, `api.EventTarget.${name}`];
}

function bothRoots(name: string): string[] {
  return [`javascript.builtins.${name}`, `api.${name}`];
}
