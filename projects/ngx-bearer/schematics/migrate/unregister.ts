import ts from 'typescript';
import type { Edits } from '../setup/edits-by-file';
import { findAll, placeOf } from '../source/walk';
import type { RegisteredInterceptor, Survey } from '../survey/survey';

/** The interceptors that ngx-bearer replaces: those that refresh, and those that attach the token. */
export function replacedBy({ interceptors }: Survey): RegisteredInterceptor[] {
  return interceptors.filter(
    ({ isGate, isAhead, header, registrations }) =>
      (isGate || isAhead || header !== undefined) && registrations.length > 0,
  );
}

/** Takes them out of the lists that register them. Returns why not, if one is out of reach. */
export function unregister(survey: Survey, edits: Edits): string | undefined {
  for (const { name, registrations } of replacedBy(survey)) {
    const [hidden] = registrations.filter(({ elements }) => elements.length === 0);
    if (hidden) return `${name} is registered in a way that cannot be taken back (${placeOf(hidden.node)})`;
    for (const element of registrations.flatMap(({ elements }) => elements)) removeFrom(element, edits);
  }
  return survey.jwt ? unregisterJwt(survey.jwt.call, survey, edits) : undefined;
}

function removeFrom(element: ts.Expression, edits: Edits): void {
  if (ts.isArrayLiteralExpression(element.parent)) edits.remove(element.parent.elements, [element]);
}

/** `JwtModule.forRoot(…)` in a list of imports or of `importProvidersFrom`. The helper stays where it is injected. */
function unregisterJwt(call: ts.CallExpression, { decoders }: Survey, edits: Edits): string | undefined {
  const { parent } = call;
  const outer =
    ts.isCallExpression(parent) && parent.expression.getText() === 'importProvidersFrom' ? parent : undefined;
  const isAlone = outer?.arguments.length === 1 && ts.isArrayLiteralExpression(outer.parent);
  const metadata = ts.findAncestor(call, ts.isObjectLiteralExpression);
  const list = isAlone ? outer.parent : outer ? undefined : parent;
  if (isAlone && ts.isArrayLiteralExpression(outer.parent)) edits.remove(outer.parent.elements, [outer]);
  else if (outer) edits.remove(outer.arguments, [call]);
  else if (ts.isArrayLiteralExpression(parent)) edits.remove(parent.elements, [call]);
  else return `JwtModule.forRoot at ${placeOf(call)} stands in no list`;
  const isInjected = decoders.some((source) => findAll(source, ts.isIdentifier).some(injectsHelper));
  if (!isInjected) return undefined;
  const providers =
    metadata && findAll(metadata, ts.isPropertyAssignment).find(({ name }) => name.getText() === 'providers');
  const target =
    providers && ts.isArrayLiteralExpression(providers.initializer) ? providers.initializer : list;
  if (!target || !ts.isArrayLiteralExpression(target))
    return 'JwtHelperService is injected, and no list of providers was found to keep it in';
  const imports = edits.importsOf(call.getSourceFile());
  const [helper, options] = ['JwtHelperService', 'JWT_OPTIONS'].map((name) =>
    imports.use(name, '@auth0/angular-jwt'),
  );
  edits.append(target, [`{ provide: ${options ?? ''}, useValue: {} }`, helper ?? '']);
  return undefined;
}

function injectsHelper({ text, parent }: ts.Identifier): boolean {
  if (text !== 'JwtHelperService') return false;
  return (
    (ts.isTypeReferenceNode(parent) && ts.isParameter(parent.parent)) ||
    (ts.isCallExpression(parent) && parent.expression.getText() === 'inject')
  );
}
