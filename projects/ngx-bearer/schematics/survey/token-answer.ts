import ts from 'typescript';
import type { Project } from '../source/project';
import { valueOf } from '../source/walk';
import { AnswerPaths } from './answer-paths';
import type { Path } from './answer-steps';
import type { HttpCall } from './http-calls';

/** Where the tokens are in an answer. */
export interface Answer {
  readonly access: Path;
  readonly refresh?: Path;
  /** The answer may come without tokens: the code looks before it takes them, or only a type names them. */
  readonly isOptional?: boolean;
}

const REFRESH = /^(new)?_?refresh(_?token|_?jwt)?$|refresh_?token$/i;
/** Not of an invitation, a device or a confirmation. */
const ACCESS =
  /^(new|user|my|current|refreshed|login)?_?(access|auth|authentication|authorization|bearer|id|jwt|api|session|security)?_?(token|jwt)$|^access$|^bearer$/i;
const OTHER = /expir|type/i;
/** From the surest name to the least. */
const RANKS = [/^access_?token$|^access$/i, /access/i, /jwt/i, /^(auth|bearer)?_?token$/i, /./];

/** What the code reads of the answer of a request: the one access token, and the refresh token if there is one. */
export function readAnswer(call: HttpCall, project: Project, from: ts.Node = call.node): Answer | undefined {
  const paths = new AnswerPaths(project, call.at);
  paths.followSource(from, []);
  const read = tokensIn(paths.found);
  if (read) return paths.isTested ? { ...read, isOptional: true } : read;
  const typed = tokensIn(typedPaths(call, project));
  if (typed) return { ...typed, isOptional: true };
  return isText(call) ? { access: [] } : undefined;
}

function tokensIn(paths: readonly Path[]): Answer | undefined {
  const access = best(distinct(paths.map((path) => cut(path, isAccess))));
  if (!access) return undefined;
  const refreshes = distinct(paths.map((path) => cut(path, isRefresh)));
  const refresh = refreshes.find((path) => path.length === access.length) ?? refreshes[0];
  return { access, ...(refresh ? { refresh } : {}) };
}

function isAccess(name: string): boolean {
  return ACCESS.test(name) && !OTHER.test(name) && (!REFRESH.test(name) || /^refreshed/i.test(name));
}

function isRefresh(name: string): boolean {
  return REFRESH.test(name) && !OTHER.test(name);
}

/** A path up to its token: what is done with the token itself says nothing. */
function cut(path: Path, is: (name: string) => boolean): Path | undefined {
  const index = path.findIndex(
    (name, at) => is(name) && !path.slice(at + 1).some((each) => isAccess(each) || isRefresh(each)),
  );
  return index === -1 ? undefined : path.slice(0, index + 1);
}

/** The surest name; none if two of them are in different places, since then one of them is not read of this answer. */
function best(paths: readonly Path[]): Path | undefined {
  const rank = (path: Path) => RANKS.findIndex((each) => each.test(path.at(-1) ?? ''));
  const [first, ...others] = paths.toSorted((one, other) => rank(one) - rank(other));
  const place = (path: Path) => path.slice(0, -1).join('.');
  return first && others.every((each) => place(each) === place(first)) ? first : undefined;
}

function distinct(paths: readonly (Path | undefined)[]): Path[] {
  const known = paths.filter((path) => path !== undefined);
  return [...new Map(known.map((path) => [path.join('.'), path])).values()];
}

/** The answer is the token itself: `post<string>()`, or as text. */
function isText({ node, at, options }: HttpCall): boolean {
  const argument = (at.typeArguments ?? node.typeArguments)?.[0];
  return (
    argument?.kind === ts.SyntaxKind.StringKeyword ||
    /^['"]text['"]/.test(valueOf(options, 'responseType')?.getText() ?? '')
  );
}

/** The fields that `post<T>()` says there are. */
function typedPaths({ node, at }: HttpCall, { checker }: Project): Path[] {
  const argument = (at.typeArguments ?? node.typeArguments)?.[0];
  return argument ? pathsOf(checker.getTypeFromTypeNode(argument), checker, []) : [];
}

function pathsOf(type: ts.Type, checker: ts.TypeChecker, prefix: Path): Path[] {
  if (prefix.length > 2) return [];
  return type.getProperties().flatMap((property) => {
    const path = [...prefix, property.name];
    const declared = property.valueDeclaration;
    const isField =
      declared !== undefined && (ts.isPropertySignature(declared) || ts.isPropertyDeclaration(declared));
    return isField ? [path, ...pathsOf(checker.getTypeOfSymbol(property), checker, path)] : [];
  });
}
