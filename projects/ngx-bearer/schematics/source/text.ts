import ts from 'typescript';
import {
  type Callable,
  calleeOf,
  callsOf,
  declarationOf,
  holderOf,
  isCallable,
  returnsOf,
  symbolOf,
  unwrap,
} from './symbols';
import type { Project } from './project';
import { findAll } from './walk';

/** A constant of the application, as other code names it. */
export interface Reference {
  readonly code: string;
  /** What has to be imported for it, and the file that exports it. */
  readonly root: string;
  readonly file: string;
  /** What it holds, if that can be read. */
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

/** The one value that a name is given. */
export function valueOfName(expression: ts.Expression, project: Project): ts.Expression | undefined {
  const declared = declarationOf(expression, project);
  if (!declared) return undefined;
  if (isCallable(declared)) return ts.isGetAccessorDeclaration(declared) ? returnsOf(declared)[0] : undefined;
  if (ts.isShorthandPropertyAssignment(declared)) return declared.name;
  if (ts.isParameter(declared)) return onlyArgument(declared, project);
  const isHolder =
    ts.isVariableDeclaration(declared) ||
    ts.isPropertyDeclaration(declared) ||
    ts.isPropertyAssignment(declared) ||
    ts.isEnumMember(declared);
  if (!isHolder) return undefined;
  const assigned = ts.isPropertyAssignment(declared) ? [] : assignmentsOf(declared, project);
  const values = [...(declared.initializer ? [declared.initializer] : []), ...assigned];
  return values.length === 1 ? values[0] : undefined;
}

/** What every call agrees on. */
function onlyArgument(parameter: ts.ParameterDeclaration, project: Project): ts.Expression | undefined {
  const holder = holderOf(parameter.name);
  if (!holder || holder !== parameter.parent) return undefined;
  const index = holder.parameters.indexOf(parameter);
  const given = callsOf(holder, project).map((call) => call.arguments[index] ?? parameter.initializer);
  const [first, ...others] = given;
  return first && others.every((each) => each?.getText() === first.getText()) ? first : undefined;
}

function assignmentsOf(declared: ts.Declaration, project: Project): ts.Expression[] {
  const name = (declared as ts.NamedDeclaration).name?.getText();
  return findAll(declared.getSourceFile(), ts.isBinaryExpression)
    .filter(({ operatorToken }) => operatorToken.kind === ts.SyntaxKind.EqualsToken)
    .filter(({ left }) => left.getText().replace(/^this\./, '') === name)
    .filter(({ left }) => declarationOf(left, project) === declared)
    .map(({ right }) => right);
}

/** A chain of names whose first is exported: other files can write the same. */
function referenceTo(
  expression: ts.Expression,
  project: Project,
  value: Text | undefined,
): Reference | undefined {
  const root = rootOf(expression);
  const declared = root && declarationOf(root, project);
  if (!root || !declared || !(ts.isVariableDeclaration(declared) || ts.isEnumDeclaration(declared)))
    return undefined;
  const statement = ts.findAncestor(declared, ts.isStatement);
  const isExported =
    statement && ts.canHaveModifiers(statement)
      ? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      : false;
  if (!isExported || !ts.isIdentifier(declared.name)) return undefined;
  const code = declared.name.text + expression.getText().slice(root.text.length);
  return { code, root: declared.name.text, file: declared.getSourceFile().fileName, value };
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
