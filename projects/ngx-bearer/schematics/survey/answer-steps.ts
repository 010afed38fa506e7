import ts from 'typescript';
import { findAll } from '../source/walk';

/** The names that lead from an answer to one of its fields. */
export type Path = readonly string[];

/** The function in `subscribe(…)`, also in an observer. */
export function callbackOf(expression: ts.Expression): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(expression)) return expression;
  const next = expression.properties.find((each) => each.name?.getText() === 'next');
  if (next && ts.isMethodDeclaration(next)) return next as unknown as ts.Expression;
  return next && ts.isPropertyAssignment(next) ? next.initializer : undefined;
}

/** What hands on the value in it. */
export function isThrough(node: ts.Node): boolean {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isConditionalExpression(node)
  );
}

/** The longest chain of fields above a name. */
export function climb(node: ts.Node, prefix: Path): { top: ts.Node; path: Path } {
  const { parent } = node;
  if (isThrough(parent) && !ts.isConditionalExpression(parent)) return climb(parent, prefix);
  const isJson =
    ts.isPropertyAccessExpression(parent) &&
    parent.name.text === 'json' &&
    ts.isCallExpression(parent.parent);
  // The body of a `fetch`, as a promise.
  if (isJson)
    return climb(ts.isAwaitExpression(parent.parent.parent) ? parent.parent.parent : parent.parent, prefix);
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    return climb(parent, [...prefix, parent.name.text]);
  }
  const isIndexed = ts.isElementAccessExpression(parent) && parent.expression === node;
  if (isIndexed && ts.isStringLiteralLike(parent.argumentExpression)) {
    return climb(parent, [...prefix, parent.argumentExpression.text]);
  }
  return { top: node, path: prefix };
}

/** The path to what an expression takes of a name. */
export function pathFrom(expression: ts.Expression, name: string): Path | undefined {
  const root = findAll(expression, ts.isIdentifier).find(({ text }) => text === name);
  if (!root) return undefined;
  const { top, path } = climb(root, []);
  return top === expression ? path : undefined;
}

/** Whether something hangs on an expression. */
export function isCondition(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (ts.isBinaryExpression(parent)) {
    const isLogical = /^(&&|\|\||\?\?|[!=]==?)$/.test(parent.operatorToken.getText());
    return isLogical && (parent.left === node || isCondition(parent));
  }
  return (ts.isPrefixUnaryExpression(parent) || ts.isParenthesizedExpression(parent)) && isCondition(parent);
}
