import ts from 'typescript';
import type { Project } from '../source/project';
import { type Callable, callsOf, holderOf } from '../source/symbols';
import { isWithin } from '../source/walk';
import type { Survey } from '../survey/survey';
import { replacedBy } from './unregister';

/**
 * Calls of the refresh from elsewhere: a timer, a guard, the start of the application. They would spend the refresh token
 * that the session holds.
 */
export function otherRefreshes(survey: Survey, project: Project): ts.CallExpression[] {
  // With the classes that an interceptor extends.
  const replaced = replacedBy(survey).flatMap(({ node, reach }) => [
    node,
    ...reach.filter(ts.isClassDeclaration),
  ]);
  const isReplaced = (node: ts.Node) => isWithin(node, replaced);
  const callersOf = (callable: Callable) =>
    callsOf(callable, project).filter(
      (call) => project.reached.has(call.getSourceFile()) && !isReplaced(call),
    );
  // A function that nothing but interceptors calls is part of them.
  const isPart = (callable: Callable | undefined, seen: readonly Callable[]): boolean => {
    if (!callable || callsOf(callable, project).length === 0) return false;
    return callersOf(callable).every((call) => {
      const holder = holderOf(call);
      return (holder && seen.includes(holder)) || isPart(holder, [...seen, callable]);
    });
  };
  const refreshes = survey.tokenCalls.filter(({ kind, at }) => kind === 'refresh' && !isReplaced(at));
  const holders = refreshes.flatMap(({ at }) => holderOf(at) ?? []);
  const others = holders.flatMap((holder) =>
    callersOf(holder).filter((call) => !isPart(holderOf(call), [holder])),
  );
  return [...new Set(others)];
}
