import { posix } from 'node:path';
import ts from 'typescript';
import type { Project } from '../source/project';
import { findAll, placeOf, valueOf } from '../source/walk';

/** A package that handles tokens, too. */
export interface Library {
  readonly name: string;
  readonly place: string;
}

const KNOWN: readonly RegExp[] = [
  /^ngx-auth$/,
  /^angular-oauth2-oidc/,
  /^angular-auth-oidc-client/,
  /^@auth0\/auth0-angular/,
  /^keycloak-(angular|js)/,
  /^@azure\/msal-/,
  /^@nebular\/auth/,
  /^@delon\/auth/,
  /^@okta\//,
  /^oidc-client/,
  /^angular-token$/,
  /^@angular\/fire\/(compat\/)?auth/,
  /^@abp\/ng\.(core|oauth)/,
  /^aws-amplify/,
];

/** The packages beside which ngx-bearer would handle the same tokens. */
export function readLibraries({ reached }: Project): Library[] {
  const found = [...reached].flatMap((source) =>
    source.statements.filter(ts.isImportDeclaration).flatMap((declaration) => {
      const name = (declaration.moduleSpecifier as ts.StringLiteral).text;
      return KNOWN.some((each) => each.test(name)) ? [{ name, place: placeOf(declaration) }] : [];
    }),
  );
  return found.filter(({ name }, index) => found.findIndex((each) => each.name === name) === index);
}

/** Where ngx-bearer itself is set up for the whole application. */
export function readOwn(project: Project): ts.CallExpression[] {
  return [...project.reached]
    .flatMap((source) => findAll(source, ts.isCallExpression))
    .filter(({ expression }) => /^(provideAuth|AuthModule\.forRoot)$/.test(expression.getText()))
    .filter((call) => /from ['"]ngx-bearer['"]/.test(call.getSourceFile().text) && isOfRoot(call, project));
}

/** Where `HttpClient` is provided: with the interceptor in one place, the others have none. */
export function readClients({ reached }: Project): ts.Node[] {
  return [...reached].flatMap((source) => [
    ...findAll(source, ts.isCallExpression).filter(
      ({ expression }) => expression.getText() === 'provideHttpClient',
    ),
    ...findAll(source, ts.isIdentifier).filter(
      ({ text, parent }) => text === 'HttpClientModule' && !ts.isImportSpecifier(parent),
    ),
  ]);
}

/** The address or path in each line of the environment files. */
export function readEnvironments({ sources }: Project): ts.StringLiteralLike[] {
  return sources
    .filter(({ fileName }) => isEnvironment(fileName))
    .flatMap((source) => findAll(source, ts.isStringLiteralLike))
    .filter(({ text }) => /^(https?:\/)?\//i.test(text));
}

export function isEnvironment(path: string): boolean {
  return /environments?\b/.test(posix.basename(path));
}

/** Whether a provider is one of the whole application, as far as its place says: not of a route, nor of a class. */
export function isOfRoot(node: ts.Node, { eager }: Project): boolean {
  const inner = ts.findAncestor(node.parent, (each) => {
    if (ts.isCallExpression(each))
      return /createEnvironmentInjector|Injector\.create/.test(each.expression.getText());
    if (ts.isObjectLiteralExpression(each)) return valueOf(each, 'path') !== undefined;
    return ts.isClassElement(each);
  });
  return inner === undefined && eager.has(node.getSourceFile());
}
