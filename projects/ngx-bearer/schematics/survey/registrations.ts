import ts from 'typescript';
import type { Project } from '../source/project';
import {
  allCalls,
  declarationOf,
  isCallable,
  mentionsOf,
  returnsOf,
  symbolOf,
  unwrap,
} from '../source/symbols';
import { providersIn, valueOfName } from '../source/values';
import { findAll, valueOf } from '../source/walk';

/** Where an interceptor is put among the others. */
export interface Registration {
  /** The class, the function, or the function in place. */
  readonly target: ts.Node | undefined;
  /** The element of a list; undefined if it stands in no list, so that nobody can take it out. */
  readonly elements: readonly ts.Expression[];
  readonly node: ts.Node;
}

/** Every place that registers an interceptor: `withInterceptors`, and providers of `HTTP_INTERCEPTORS`. */
export function readRegistrations(project: Project): Registration[] {
  const byFunction = allCalls(project)
    .filter(({ expression }) => expression.getText() === 'withInterceptors')
    .flatMap((call) => elementsOf(call.arguments[0], project))
    .map((element) => ({ target: targetOf(element, project), elements: [element], node: element }));
  const byClass = providersIn(project)
    .filter((literal) => valueOf(literal, 'provide')?.getText() === 'HTTP_INTERCEPTORS')
    .map((literal) => ({
      target: targetOf(providedBy(literal), project),
      elements: listed(literal, project),
      node: literal,
    }));
  return [...byFunction, ...byClass];
}

/** The elements of a list, and of the lists that it spreads. */
function elementsOf(list: ts.Expression | undefined, project: Project): ts.Expression[] {
  const inner = list && unwrap(list);
  if (!inner) return [];
  if (ts.isArrayLiteralExpression(inner)) {
    return inner.elements.flatMap((each) =>
      ts.isSpreadElement(each) ? elementsOf(each.expression, project) : [each],
    );
  }
  const value =
    ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner) ? valueOfName(inner, project) : undefined;
  return value ? elementsOf(value, project) : [];
}

function providedBy(literal: ts.ObjectLiteralExpression): ts.Expression | undefined {
  return ['useClass', 'useExisting', 'useValue', 'useFactory']
    .map((name) => valueOf(literal, name))
    .find((each) => each !== undefined);
}

function targetOf(expression: ts.Expression | undefined, project: Project): ts.Node | undefined {
  const inner = expression && unwrap(expression);
  if (!inner) return undefined;
  if (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner)) return madeBy(inner, project);
  // A function that makes an interceptor.
  if (ts.isCallExpression(inner) || ts.isNewExpression(inner)) return targetOf(inner.expression, project);
  const declared = declarationOf(inner, project);
  if (declared && ts.isVariableDeclaration(declared) && declared.initializer) {
    const value = unwrap(declared.initializer);
    return ts.isArrowFunction(value) || ts.isFunctionExpression(value)
      ? madeBy(value, project)
      : targetOf(value, project);
  }
  return declared && ts.isFunctionDeclaration(declared) ? madeBy(declared, project) : declared;
}

/** `() => new X()` and `() => (request, next) => …` stand for what they make. */
function madeBy(node: ts.FunctionLikeDeclaration, project: Project): ts.Node | undefined {
  const made = node.body && findAll(node.body, ts.isNewExpression)[0];
  if (made && isCallable(node) && returnsOf(node).includes(made)) return targetOf(made.expression, project);
  const inner =
    node.body && findAll(node.body, ts.isArrowFunction).find(({ parameters }) => parameters.length === 2);
  return node.parameters.length < 2 && inner ? inner : node;
}

/** The elements of lists that stand for a provider: itself, or each mention of the constant that holds it. */
function listed(literal: ts.ObjectLiteralExpression, { checker, sources }: Project): ts.Expression[] {
  const { parent } = literal;
  if (ts.isArrayLiteralExpression(parent)) return [literal];
  if (!ts.isVariableDeclaration(parent)) return [];
  const symbol = checker.getSymbolAtLocation(parent.name);
  return sources
    .flatMap((source) => mentionsOf(parent.name.getText(), source))
    .filter((name) => ts.isArrayLiteralExpression(name.parent))
    .filter((name) => symbol !== undefined && symbolOf(name, checker) === symbol);
}
