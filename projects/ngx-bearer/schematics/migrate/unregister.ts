import ts from 'typescript';
import type { Edits } from '../setup/edits-by-file';
import { appendProperty } from '../source/edits';
import { mentionsOf } from '../source/symbols';
import { placeOf, valueOf } from '../source/walk';
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
    const hidden = registrations.find(({ elements }) => elements.length === 0);
    if (hidden) return `${name} is registered in a way that cannot be taken back (${placeOf(hidden.node)})`;
    for (const element of registrations.flatMap(({ elements }) => elements)) edits.takeOut(element);
  }
  return survey.jwt ? unregisterJwt(survey.jwt.call, survey, edits) : undefined;
}

/** `JwtModule.forRoot(…)` in a list of imports or of `importProvidersFrom`. The helper stays where it is injected. */
function unregisterJwt(call: ts.CallExpression, { decoders }: Survey, edits: Edits): string | undefined {
  if (!edits.takeOut(call)) return `JwtModule.forRoot at ${placeOf(call)} stands in no list`;
  const isInjected = decoders.some((node) => mentionsOf(node.text, node.getSourceFile()).some(injectsHelper));
  if (!isInjected) return undefined;
  const metadata = ts.findAncestor(call, ts.isObjectLiteralExpression);
  const providers = valueOf(metadata, 'providers');
  const hidden = 'JwtHelperService is injected, and no list of providers was found to keep it in';
  if (!metadata || (providers && !ts.isArrayLiteralExpression(providers))) return hidden;
  const imports = edits.importsOf(call.getSourceFile());
  const use = (name: string) => imports.use(name, '@auth0/angular-jwt');
  const kept = [`{ provide: ${use('JWT_OPTIONS')}, useValue: {} }`, use('JwtHelperService')];
  if (providers) edits.append(providers, kept);
  else edits.add(metadata, [appendProperty(metadata, 'providers', kept)]);
  return undefined;
}

function injectsHelper({ parent }: ts.Identifier): boolean {
  return (
    (ts.isTypeReferenceNode(parent) && ts.isParameter(parent.parent)) ||
    (ts.isCallExpression(parent) && parent.expression.getText() === 'inject')
  );
}
