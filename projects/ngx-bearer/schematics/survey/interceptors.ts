import ts from 'typescript';
import type { Project } from '../source/project';
import { type Callable, callsOf, declarationOf, isCallable, nameOf, reachOf } from '../source/symbols';
import { findAll, isWithin } from '../source/walk';
import { mayRefresh, refreshesAhead, refreshesOn401 } from './gate-rule';
import { readDuties, type Duties } from './duties';

/** A class or a function that sees the requests of the application, and what it does. */
export interface Interceptor extends Duties {
  readonly name: string;
  readonly node: ts.Node;
  readonly reach: readonly ts.Node[];
  /** It refreshes on a 401 and sends the request again. */
  readonly isGate: boolean;
  /** It refreshes before it sends a request. */
  readonly isAhead: boolean;
}

/** Every interceptor of the application, as a class, a function, or a function that makes one. */
export function readInterceptors(project: Project): Interceptor[] {
  return project.sources
    .flatMap((source) => [...findAll(source, ts.isClassDeclaration), ...findAll(source, isCallable)])
    .filter((node) => isInterceptor(node, project))
    .map((node) => {
      const reach = [node, ...basesOf(node, project)].flatMap((each) => reachOf(each, project));
      const name = nameOf(node) || 'an interceptor without a name';
      const isGate = refreshesOn401(node, reach);
      const isAhead = !isGate && refreshesAhead(node);
      return { name, node, reach, isGate, isAhead, ...readDuties(reach, project) };
    });
}

/** What refreshes on a 401 without being an interceptor: calls go through it, and would have to be changed. */
export function readOtherGates(project: Project, interceptors: readonly Interceptor[]): ts.Node[] {
  const known = interceptors.flatMap(({ reach }) => reach);
  return project.sources
    .flatMap((source) => [
      ...findAll(source, ts.isMethodDeclaration),
      ...findAll(source, ts.isFunctionDeclaration),
    ])
    .filter(
      (node) => !isWithin(node, known) && mayRefresh(node) && refreshesOn401(node, reachOf(node, project)),
    );
}

function isInterceptor(node: ts.ClassDeclaration | Callable, project: Project): boolean {
  if (ts.isClassDeclaration(node)) return !isAbstract(node) && interceptOf(node, project) !== undefined;
  if (ts.isMethodDeclaration(node) || ts.isGetAccessorDeclaration(node)) return false;
  if (/HttpInterceptorFn/.test(typeOf(node))) return true;
  const [, next] = node.parameters;
  if (node.parameters.length !== 2) return false;
  if (isRegistered(node)) return true;
  const takesNext = /^Http(HandlerFn|Handler)\b/.test(next?.type?.getText() ?? '');
  return takesNext && callsOf(node, project).length === 0 && !isInside(node);
}

function interceptOf(node: ts.ClassDeclaration, project: Project): ts.ClassElement | undefined {
  const own = node.members.find((member) => member.name?.getText() === 'intercept');
  if (own) return ts.isMethodDeclaration(own) && own.parameters.length >= 2 ? own : undefined;
  const [base] = basesOf(node, project);
  return base && interceptOf(base, project);
}

/** The classes that a class extends, the nearest first. */
function basesOf(node: ts.Node, project: Project): ts.ClassDeclaration[] {
  if (!ts.isClassDeclaration(node)) return [];
  const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  const declared = base && declarationOf(base.expression, project);
  if (!declared || !ts.isClassDeclaration(declared) || declared === node) return [];
  return [declared, ...basesOf(declared, project)];
}

function isAbstract(node: ts.ClassDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) ?? false;
}

/** `withInterceptors([(request, next) => …])` */
function isRegistered({ parent }: Callable): boolean {
  const call = ts.isArrayLiteralExpression(parent) ? parent.parent : undefined;
  return call !== undefined && ts.isCallExpression(call) && call.expression.getText() === 'withInterceptors';
}

/** The type that is written beside a function: of its constant, of `satisfies`, or of the function that returns it. */
function typeOf(node: Callable): string {
  let { parent } = node;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  if (ts.isVariableDeclaration(parent)) return parent.type?.getText() ?? '';
  if (ts.isSatisfiesExpression(parent) || ts.isAsExpression(parent)) return parent.type.getText();
  const maker = isCallable(parent)
    ? parent
    : ts.isReturnStatement(parent)
      ? ts.findAncestor(parent, isCallable)
      : undefined;
  return maker?.type?.getText() ?? '';
}

function isInside(node: ts.Node): boolean {
  return (
    ts.findAncestor(node.parent, (each) => isCallable(each) || ts.isClassDeclaration(each)) !== undefined
  );
}
