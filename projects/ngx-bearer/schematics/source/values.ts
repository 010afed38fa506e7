import ts from 'typescript';
import type { Project } from './project';
import { callableOf, callsOf, declarationOf, holderOf, isCallable, returnsOf, unwrap } from './symbols';
import { findAll, valueOf } from './walk';

const DEEPEST = 12;

/** The one value that a name is given. */
export function valueOfName(expression: ts.Expression, project: Project): ts.Expression | undefined {
  const value = declaredValue(expression, project) ?? fieldOfHeld(expression, project);
  const inner = value && unwrap(value);
  const isInjected = inner && ts.isCallExpression(inner) && inner.expression.getText() === 'inject';
  return isInjected ? providedFor(inner.arguments[0], project) : value;
}

function declaredValue(expression: ts.Expression, project: Project): ts.Expression | undefined {
  const declared = declarationOf(expression, project);
  if (!declared) return undefined;
  if (isCallable(declared)) return ts.isGetAccessorDeclaration(declared) ? returnsOf(declared)[0] : undefined;
  if (ts.isShorthandPropertyAssignment(declared)) return declared.name;
  if (ts.isParameter(declared))
    return providedFor(injectedBy(declared), project) ?? onlyArgument(declared, project);
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

/** A field of an object that a name with a declared type holds: the type has no values. */
function fieldOfHeld(expression: ts.Expression, project: Project): ts.Expression | undefined {
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  return valueOf(heldBy(unwrap(expression.expression), project), expression.name.text);
}

/** The object that a chain of names leads to. */
function heldBy(expression: ts.Expression, project: Project, depth = 0): ts.Expression | undefined {
  if (ts.isObjectLiteralExpression(expression) || depth > DEEPEST) return expression;
  const value = valueOfName(expression, project);
  return value && heldBy(unwrap(value), project, depth + 1);
}

/** `@Inject(TOKEN)` */
function injectedBy(parameter: ts.ParameterDeclaration): ts.Expression | undefined {
  const calls = (ts.getDecorators(parameter) ?? [])
    .map((each) => each.expression)
    .filter(ts.isCallExpression);
  return calls.find(({ expression }) => expression.getText() === 'Inject')?.arguments[0];
}

/** The one value that the application provides for an injection token. */
function providedFor(token: ts.Expression | undefined, project: Project): ts.Expression | undefined {
  const declared = token && declarationOf(token, project);
  if (!declared || !ts.isVariableDeclaration(declared)) return undefined;
  const values = providersIn(project)
    .filter((literal) => {
      const provided = valueOf(literal, 'provide');
      return provided?.getText() === declared.name.getText() && declarationOf(provided, project) === declared;
    })
    .map((literal) => valueOf(literal, 'useValue') ?? literal);
  const factory =
    declared.initializer && ts.isNewExpression(declared.initializer)
      ? declared.initializer.arguments?.[1]
      : undefined;
  const made = callableOf(valueOf(factory, 'factory'));
  const all = [...values, ...(made ? returnsOf(made) : [])];
  return all.length === 1 ? all[0] : undefined;
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

const providers = new WeakMap<Project, readonly ts.ObjectLiteralExpression[]>();

/** Every provider that is written as an object. */
export function providersIn(project: Project): readonly ts.ObjectLiteralExpression[] {
  const known = providers.get(project);
  if (known) return known;
  const found = project.sources
    .flatMap((source) => findAll(source, ts.isObjectLiteralExpression))
    .filter((literal) => valueOf(literal, 'provide') !== undefined);
  providers.set(project, found);
  return found;
}

const assignments = new WeakMap<ts.SourceFile, readonly ts.BinaryExpression[]>();

function assignmentsOf(declared: ts.Declaration, project: Project): ts.Expression[] {
  const name = (declared as ts.NamedDeclaration).name?.getText();
  return assignmentsIn(declared.getSourceFile())
    .filter(({ left }) => left.getText().replace(/^this\./, '') === name)
    .filter(({ left }) => declarationOf(left, project) === declared)
    .map(({ right }) => right);
}

function assignmentsIn(source: ts.SourceFile): readonly ts.BinaryExpression[] {
  const known = assignments.get(source);
  if (known) return known;
  const found = findAll(source, ts.isBinaryExpression).filter(
    ({ operatorToken }) => operatorToken.kind === ts.SyntaxKind.EqualsToken,
  );
  assignments.set(source, found);
  return found;
}
