import ts from 'typescript';
import type { Protocol, Refresh, Storage } from '../setup/setup';
import { findAll, placeOf, textOf, valueOf } from '../source/walk';

/** What the application's own code tells of its refresh. */
export interface ReadRefresh {
  readonly place: string;
  readonly protocol?: Protocol;
  readonly url?: string;
  readonly field?: string;
  readonly clientId?: string;
}

/** Every `post` that looks like a refresh: by the name of the function it stands in, or by its address. */
export function readRefreshes(sources: readonly ts.SourceFile[]): ReadRefresh[] {
  return sources
    .flatMap((source) => findAll(source, ts.isCallExpression))
    .filter((call) => isRefresh(call))
    .map((call) => ({ place: placeOf(call), ...read(call) }));
}

/** Where the application keeps its tokens, by what it reads and writes under a name that has `token` in it. */
export function readStorages(sources: readonly ts.SourceFile[]): { storage: Storage; place: string }[] {
  const calls = sources.flatMap((source) => findAll(source, ts.isCallExpression));
  return calls.flatMap((call) => {
    const [, area] =
      /^(?:window\.)?(local|session)Storage\.(?:get|set)Item$/.exec(call.expression.getText()) ?? [];
    const key = call.arguments[0];
    const isToken = /token|jwt/i.test(textOf(key) ?? key?.getText() ?? '');
    return isToken && (area === 'local' || area === 'session')
      ? [{ storage: area, place: placeOf(call) }]
      : [];
  });
}

function isRefresh(call: ts.CallExpression): boolean {
  const { expression } = call;
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'post') return false;
  const address = textOf(call.arguments[0]) ?? call.arguments[0]?.getText() ?? '';
  const holder = ts.findAncestor(
    call,
    (node) => ts.isMethodDeclaration(node) || ts.isFunctionDeclaration(node),
  );
  const name =
    holder && (ts.isMethodDeclaration(holder) || ts.isFunctionDeclaration(holder)) ? holder.name : undefined;
  return /refresh|renew/i.test(name?.getText() ?? '') || /refresh|renew/i.test(address);
}

function read(call: ts.CallExpression): Omit<ReadRefresh, 'place'> {
  const [address, body, options] = call.arguments;
  const url = textOf(address);
  return { ...(url === undefined ? {} : { url }), ...readBody(body, options) };
}

function readBody(
  body?: ts.Expression,
  options?: ts.Expression,
): Pick<Refresh, 'field' | 'clientId'> & {
  protocol?: Protocol;
} {
  const isEmpty = !body || /^(null|undefined|''|\{\s*\})$/.test(body.getText());
  const sendsCookie = valueOf(options, 'withCredentials')?.kind === ts.SyntaxKind.TrueKeyword;
  if (isEmpty) return { protocol: sendsCookie ? 'cookie' : 'exchange' };
  if (!ts.isObjectLiteralExpression(body)) return {};
  const names = body.properties.map(({ name }) => name?.getText().replace(/^['"]|['"]$/g, '') ?? '');
  if (names.includes('grant_type')) {
    const clientId = textOf(valueOf(body, 'client_id'));
    return { protocol: 'oauth', ...(clientId === undefined ? {} : { clientId }) };
  }
  const [field, other] = names;
  if (!field || other !== undefined || !/refresh/i.test(field)) return {};
  return { protocol: 'json', ...(field === 'refresh_token' ? {} : { field }) };
}
