import ts from 'typescript';
import { findAll, mentions } from '../source/walk';

/** An interceptor of the application that does what ngx-bearer does. */
export interface Found {
  readonly name: string;
  readonly node: ts.Node;
  /** `gate`: refreshes on a 401 and holds requests behind a subject. The others are shown, and left to a person. */
  readonly kind: 'gate' | 'handles-401' | 'attaches';
}

/** Looks through a file for interceptors, as classes and as functions. */
export function findInterceptors(source: ts.SourceFile): Found[] {
  return source.statements.flatMap((statement) => {
    const name = interceptorName(statement);
    if (name === undefined) return [];
    // A functional gate keeps its subject, and often its helpers, beside the function.
    const scope = ts.isClassDeclaration(statement) ? statement : source;
    const kind = kindOf(scope);
    return kind ? [{ name, node: statement, kind }] : [];
  });
}

function interceptorName(statement: ts.Statement): string | undefined {
  if (ts.isClassDeclaration(statement)) {
    const method = statement.members.find((member) => member.name?.getText() === 'intercept');
    return method && ts.isMethodDeclaration(method) && isInterceptor(method)
      ? statement.name?.text
      : undefined;
  }
  if (ts.isFunctionDeclaration(statement)) return isInterceptor(statement) ? statement.name?.text : undefined;
  if (!ts.isVariableStatement(statement)) return undefined;
  const [declaration] = statement.declarationList.declarations;
  const value = declaration?.initializer;
  if (!declaration || !value || !(ts.isArrowFunction(value) || ts.isFunctionExpression(value)))
    return undefined;
  const isTyped = declaration.type?.getText() === 'HttpInterceptorFn';
  return isTyped || isInterceptor(value) ? declaration.name.getText() : undefined;
}

function isInterceptor({ parameters }: ts.SignatureDeclaration): boolean {
  const [, next] = parameters;
  return parameters.length === 2 && /^Http(Handler|HandlerFn)$/.test(next?.type?.getText() ?? '');
}

function kindOf(scope: ts.Node): Found['kind'] | undefined {
  const knows = (...names: string[]) => names.some((name) => mentions(scope, name));
  const literals = findAll(scope, ts.isNumericLiteral).some(({ text }) => text === '401');
  const is401 = literals || knows('Unauthorized');
  const waits = knows('BehaviorSubject', 'ReplaySubject', 'Subject') && knows('filter', 'take', 'first');
  if (is401 && waits && knows('catchError') && knows('switchMap')) return 'gate';
  if (is401 && knows('catchError')) return 'handles-401';
  return attaches(scope) ? 'attaches' : undefined;
}

function attaches(scope: ts.Node): boolean {
  const isName = (name: string) => name.toLowerCase() === 'authorization';
  const properties = findAll(scope, ts.isPropertyAssignment).map(({ name }) => name);
  return [...properties, ...findAll(scope, ts.isStringLiteral)].some(
    (node) => (ts.isIdentifier(node) || ts.isStringLiteral(node)) && isName(node.text),
  );
}
