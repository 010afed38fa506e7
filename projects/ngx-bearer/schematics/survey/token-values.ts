import ts from 'typescript';
import type { Project } from '../source/project';
import { calleeOf, returnsOf, symbolOf, unwrap } from '../source/symbols';
import { type Arguments, plain, type Text, textOf, withArguments } from '../source/text';
import { valueOfName } from '../source/values';

/** What is put into a request: a token, a text that is always the same, or something else. */
export type Value =
  | { readonly kind: 'access' | 'refresh'; readonly before: string }
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'unknown'; readonly node: ts.Node };

interface Work {
  readonly project: Project;
  readonly given: Arguments;
  readonly depth: number;
}

const STORAGE = /Storage\.getItem$|[cC]ookie\w*\.get$/;
/** What a subject or a signal is asked for says nothing; its own name does. */
const HELD = /^(value|getValue|current|get|asReadonly)$/;
const DEEPEST = 8;

/** Says by the names on its way where a value comes from. */
export function readValue(node: ts.Expression, project: Project, given: Arguments = new Map()): Value {
  const expression = unwrap(node);
  const names = wayOf(expression, { project, given, depth: 0 });
  const before = schemeIn(expression);
  if (names.some((name) => /refresh|renew/i.test(name))) return { kind: 'refresh', before };
  const text = textOf(expression, project, given);
  if (text) return { kind: 'text', text };
  const isAccess = names.some((name) => /token|jwt|access|bearer/i.test(name));
  return isAccess ? { kind: 'access', before } : { kind: 'unknown', node: expression };
}

/** The names that a value has on its way from where it is kept. */
function wayOf(node: ts.Expression, work: Work): string[] {
  const expression = unwrap(node);
  if (work.depth > DEEPEST) return [];
  const { project, given } = work;
  const deeper = { ...work, depth: work.depth + 1 };
  if (ts.isTemplateExpression(expression)) {
    return expression.templateSpans.flatMap((span) => wayOf(span.expression, deeper));
  }
  if (ts.isBinaryExpression(expression)) {
    return [expression.left, expression.right].flatMap((each) => wayOf(each, deeper));
  }
  if (ts.isConditionalExpression(expression)) {
    return [expression.whenTrue, expression.whenFalse].flatMap((each) => wayOf(each, deeper));
  }
  if (ts.isCallExpression(expression)) return wayOfCall(expression, deeper);
  if (ts.isElementAccessExpression(expression)) {
    return [
      plain(textOf(expression.argumentExpression, project, given)) ?? '',
      ...ownerOf(expression.expression),
    ];
  }
  const isName = ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression);
  if (!isName) return [];
  const name = ts.isIdentifier(expression) ? expression.text : expression.name.text;
  const symbol = symbolOf(expression, project.checker);
  const value = (symbol && given.get(symbol)) ?? valueOfName(expression, project);
  const holder =
    ts.isPropertyAccessExpression(expression) && HELD.test(name) ? wayOf(expression.expression, deeper) : [];
  return [name, ...holder, ...(value ? wayOf(value, deeper) : [])];
}

function wayOfCall(call: ts.CallExpression, work: Work): string[] {
  const { project, given } = work;
  const called = call.expression.getText();
  const key = call.arguments[0];
  if (STORAGE.test(called) && key) return [plain(textOf(key, project, given)) ?? key.getText()];
  if (called === 'JSON.parse' && key) return wayOf(key, work);
  const callee = calleeOf(call, project);
  const receiver = ts.isPropertyAccessExpression(call.expression) ? call.expression : undefined;
  if (!callee) {
    const holder = receiver && HELD.test(receiver.name.text) ? wayOf(receiver.expression, work) : [];
    return [called.replace(/.*\./, ''), ...holder, ...(key ? wayOf(key, work) : [])];
  }
  const own = withArguments(call, callee, { project, given });
  const name = called.replace(/.*\./, '');
  return [name, ...returnsOf(callee).flatMap((each) => wayOf(each, { ...work, given: own }))];
}

/** `tokens['x']`: what holds it has a name, too. */
function ownerOf(expression: ts.Expression): string[] {
  return /refresh/i.test(expression.getText()) ? [expression.getText()] : [];
}

/** `Bearer ` in front of a token. */
export function schemeIn(node: ts.Node): string {
  const { head } = (ts.isTemplateExpression(node) ? node : {}) as { head?: ts.TemplateHead };
  if (head) return head.text;
  const isSum = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
  return isSum && ts.isStringLiteralLike(node.left) ? node.left.text : '';
}
