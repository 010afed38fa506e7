import ts from 'typescript';
import { nameOf } from '../source/symbols';
import { findAll } from '../source/walk';

const CHAINS = ['switchMap', 'mergeMap', 'concatMap', 'exhaustMap', 'flatMap'];
const CATCHES = ['catchError', 'retryWhen', 'retry', 'catch'];
export const REFRESH = /refresh|renew/i;

/** The rule of a gate: a 401, something that catches it, something that goes on from there, and the name of a refresh. */
export function refreshesOn401(node: ts.Node, reach: readonly ts.Node[]): boolean {
  const isNear = (each: ts.Node) => each.getSourceFile() === node.getSourceFile();
  const identifiers = reach.flatMap((each) => findAll(each, ts.isIdentifier));
  const names = identifiers.map(({ text }) => text);
  const near = identifiers.filter(isNear);
  const further = reach.filter((each) => !isNear(each)).map(nameOf);
  const isRefreshing = [...near.map(({ text }) => text), ...further].some((name) => REFRESH.test(name));
  const awaits = reach.some((each) => findAll(each, ts.isAwaitExpression).length > 0);
  const tries = reach.some((each) => findAll(each, ts.isTryStatement).length > 0);
  const catches = names.some((name) => CATCHES.includes(name)) || (awaits && tries);
  const subscribes =
    names.includes('subscribe') && near.some((each) => isCalled(each) && REFRESH.test(each.text));
  const goesOn =
    names.some((name) => CHAINS.includes(name)) || awaits || names.includes('then') || subscribes;
  return isRefreshing && catches && goesOn && rejectionIn(reach) !== undefined;
}

/** Whether it refreshes before it sends a request, because the token is about to run out. */
export function refreshesAhead(node: ts.Node): boolean {
  const names = findAll(node, ts.isIdentifier);
  const calls = names.some(
    (each) =>
      isCalled(each) && REFRESH.test(each.text) && !/^is|^has|^set|^get|^need|^should/i.test(each.text),
  );
  return calls && names.some(({ text }) => CHAINS.includes(text));
}

/** Whether code by itself, without what it calls, looks at a 401 and calls something that refreshes tokens. */
export function mayRefresh(node: ts.Node): boolean {
  const text = node.getText();
  return (
    statusesIn([node]).has(401) && /(refresh|renew)\w*\(/i.test(text) && /token|session|auth/i.test(text)
  );
}

/** The statuses that code compares with. */
export function statusesIn(reach: readonly ts.Node[]): ReadonlySet<number> {
  const numbers = reach
    .flatMap((each) => findAll(each, ts.isNumericLiteral))
    .map(({ text }) => Number(text))
    .filter((status) => status >= 400 && status < 600);
  return new Set(reach.some(namesUnauthorized) ? [...numbers, 401] : numbers);
}

function isCalled({ parent }: ts.Identifier): boolean {
  const callee = ts.isPropertyAccessExpression(parent) ? parent : undefined;
  return ts.isCallExpression(callee?.parent ?? parent);
}

/** The status that starts the refresh: 401, or the one that a server uses in its place. */
export function rejectionIn(reach: readonly ts.Node[]): number | undefined {
  const statuses = statusesIn(reach);
  return [401, 419, 498, 440, 403].find((status) => statuses.has(status));
}

function namesUnauthorized(node: ts.Node): boolean {
  return findAll(node, ts.isIdentifier).some(({ text }) =>
    /^(is_?)?unauthori[sz]ed$|_unauthori[sz]ed$/i.test(text),
  );
}
