import ts from 'typescript';
import { type Callable, calleeOf, declarationOf, returnsOf, symbolOf, unwrap } from './symbols';
import type { Project } from './project';
import { valueOfName } from './values';

/** A constant of the application, as other code names it. */
export interface Reference {
  readonly code: string;
  /** What has to be imported for it, and the file that exports it. */
  readonly root: string;
  readonly file: string;
  /** Its value, if that can be read. */
  readonly value: Text | undefined;
}

/** What an expression is known to be: texts, and constants between them. */
export type Text = readonly (string | Reference)[];

/** Which argument a parameter has. */
export type Arguments = ReadonlyMap<ts.Symbol, ts.Expression>;

const NONE: Arguments = new Map();
const DEEPEST = 12;

/** Reads an expression that makes up a text. Undefined: only the running application knows. */
export function textOf(
  node: ts.Expression | undefined,
  project: Project,
  given: Arguments = NONE,
): Text | undefined {
  return read(node, { project, given, depth: 0 });
}

interface Work {
  readonly project: Project;
  readonly given: Arguments;
  readonly depth: number;
}

function read(node: ts.Expression | undefined, { project, given, depth }: Work): Text | undefined {
  if (!node || depth > DEEPEST) return undefined;
  const expression = unwrap(node);
  const work = { project, given, depth: depth + 1 };
  if (ts.isStringLiteralLike(expression) || ts.isNumericLiteral(expression)) return [expression.text];
  if (ts.isTemplateExpression(expression)) {
    const spans = expression.templateSpans.map((span) =>
      join([read(span.expression, work), [span.literal.text]]),
    );
    return join([[expression.head.text], ...spans]);
  }
  if (isPlus(expression)) return join([read(expression.left, work), read(expression.right, work)]);
  if (ts.isCallExpression(expression)) return readCall(expression, work);
  const symbol = symbolOf(expression, project.checker);
  const argument = symbol && given.get(symbol);
  return argument ? read(argument, work) : symbol && readName(expression, work);
}

function readCall(call: ts.CallExpression, work: Work): Text | undefined {
  const { expression } = call;
  if (ts.isPropertyAccessExpression(expression) && expression.name.text === 'concat') {
    return join([expression.expression, ...call.arguments].map((each) => read(each, work)));
  }
  const callee = calleeOf(call, work.project);
  const [returned, other] = callee ? returnsOf(callee) : [];
  if (!callee || !returned || other) return undefined;
  return read(returned, { ...work, given: withArguments(call, callee, work) });
}

/** What the parameters of a function are in one call of it. */
export function withArguments(
  call: ts.CallExpression,
  { parameters }: Callable,
  { project: { checker }, given = NONE }: { readonly project: Project; readonly given?: Arguments },
): Arguments {
  const more = parameters.flatMap((parameter, index) => {
    const symbol = checker.getSymbolAtLocation(parameter.name);
    const argument = call.arguments[index] ?? parameter.initializer;
    return symbol && argument ? [[symbol, argument] as const] : [];
  });
  return new Map([...given, ...more]);
}

function readName(expression: ts.Expression, work: Work): Text | undefined {
  const value = valueOfName(expression, work.project);
  const held = value && read(value, work);
  const reference = referenceTo(expression, work.project, held);
  return reference ? [reference] : held;
}

/** A chain of names whose first is exported: other files can write the same. */
function referenceTo(
  expression: ts.Expression,
  project: Project,
  value: Text | undefined,
): Reference | undefined {
  const root = rootOf(expression);
  const declared = root && declarationOf(root, project);
  if (!root || !declared || !isNameable(declared, expression, project)) return undefined;
  const statement = ts.findAncestor(declared, ts.isStatement);
  const isExported =
    statement && ts.canHaveModifiers(statement)
      ? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      : false;
  if (!isExported || !declared.name || !ts.isIdentifier(declared.name)) return undefined;
  const code = declared.name.text + expression.getText().slice(root.text.length);
  return { code, root: declared.name.text, file: declared.getSourceFile().fileName, value };
}

/** A constant, an enumeration, or a class of which a static member is meant. */
function isNameable(
  declared: ts.Declaration,
  expression: ts.Expression,
  project: Project,
): declared is ts.VariableDeclaration | ts.EnumDeclaration | ts.ClassDeclaration {
  if (ts.isVariableDeclaration(declared) || ts.isEnumDeclaration(declared)) return true;
  const member = ts.isClassDeclaration(declared) ? declarationOf(expression, project) : undefined;
  const modifiers = member && ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  const kinds = modifiers.map(({ kind }) => kind);
  return kinds.includes(ts.SyntaxKind.StaticKeyword) && !kinds.includes(ts.SyntaxKind.PrivateKeyword);
}

function rootOf(expression: ts.Expression): ts.Identifier | undefined {
  if (ts.isIdentifier(expression)) return expression;
  const isStep =
    ts.isPropertyAccessExpression(expression) ||
    (ts.isElementAccessExpression(expression) && ts.isStringLiteralLike(expression.argumentExpression));
  return isStep ? rootOf(expression.expression) : undefined;
}

function isPlus(node: ts.Expression): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

function join(texts: readonly (Text | undefined)[]): Text | undefined {
  if (texts.includes(undefined)) return undefined;
  return texts
    .flatMap((text) => text ?? [])
    .reduce<Text>((joined, part) => {
      const last = joined.at(-1);
      if (part === '') return joined;
      return typeof last === 'string' && typeof part === 'string'
        ? [...joined.slice(0, -1), last + part]
        : [...joined, part];
    }, []);
}

/** All of it as one text, if every constant in it can be read. */
export function plain(text: Text | undefined): string | undefined {
  const parts = text?.map((part) => (typeof part === 'string' ? part : plain(part.value)));
  return !parts || parts.includes(undefined) ? undefined : parts.join('');
}

/** Constants that are made of others are replaced by these. */
export function expand(text: Text): Text {
  const parts = text.map((part) => {
    const isMade = typeof part !== 'string' && part.value?.some((each) => typeof each !== 'string');
    return isMade ? expand(part.value ?? []) : [part];
  });
  return join(parts) ?? text;
}
