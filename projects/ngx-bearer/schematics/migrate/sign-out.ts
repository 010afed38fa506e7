import ts from 'typescript';
import type { Edits } from '../setup/edits-by-file';
import { indentAt } from '../source/edits';
import type { Project } from '../source/project';
import { calleeOf, isCallable, reachOf } from '../source/symbols';
import { findAll, isWithin, placeOf } from '../source/walk';
import type { Survey } from '../survey/survey';
import { sessionIn } from './session-field';

export interface SignOutPlan {
  readonly written: readonly string[];
  readonly left: readonly string[];
}

const SIGNS_OUT = /log_?out|sign_?out|log_?off/i;
const REMOVES = /clear|remove|delete|destroy|purge|reset|invalidate/i;

interface Work {
  readonly survey: Survey;
  readonly project: Project;
  readonly edits: Edits;
  readonly removals: readonly ts.Node[];
}

/** Ends the session in the methods that sign out; if there is none, where the code removes its tokens. */
export function planSignOut(survey: Survey, project: Project, edits: Edits): SignOutPlan {
  const isReached = (node: ts.Node) => project.reached.has(node.getSourceFile());
  const gates = survey.interceptors.flatMap(({ isGate, node }) => (isGate ? [node] : []));
  const isInGate = (node: ts.Node) => isWithin(node, gates);
  const removals = survey.tokenUses
    .filter(({ does, node }) => does === 'removes' && isReached(node) && !isInGate(node))
    .map(({ node }) => node);
  const work = { survey, project, edits, removals };
  const methods = [...project.reached]
    .flatMap((source) => findAll(source, ts.isMethodDeclaration))
    .filter((method) => SIGNS_OUT.test(method.name.getText()) && method.body && !isInGate(method));
  const own = methods.filter((method) => !callsAnother(method, methods, project));
  const written = own.flatMap((method) => writeIn(method, work));
  const covered = methods.flatMap((method) => reachOf(method, project));
  const rest = firstOfEach(
    removals.filter((node) => !isWithin(node, covered)),
    survey,
  );
  const late = rest.map((node) => ({
    node,
    isWritten: REMOVES.test(holderName(node)) && writeBefore(node, edits),
  }));
  return {
    written: [...written, ...late.filter(({ isWritten }) => isWritten).map(({ node }) => node)].map(
      (node) => `${placeOf(node)}  ends the session`,
    ),
    left: late
      .filter(({ isWritten }) => !isWritten)
      .map(
        ({ node }) =>
          `${placeOf(node)}  removes tokens: if that is a sign-out, call signOut() of AuthSession there`,
      ),
  };
}

/** A button's handler calls the service that signs out. */
function callsAnother(
  method: ts.MethodDeclaration,
  methods: readonly ts.MethodDeclaration[],
  project: Project,
): boolean {
  return findAll(method, ts.isCallExpression)
    .map((call) => calleeOf(call, project))
    .some((callee) => callee !== undefined && callee !== method && methods.some((each) => each === callee));
}

/** Where the tokens are removed, or after the request of the logout, or else at the start. */
function writeIn(method: ts.MethodDeclaration, { survey, project, edits, removals }: Work): ts.Node[] {
  const removing = findAll(method, ts.isExpressionStatement).find((statement) => {
    const reach = findAll(statement, ts.isCallExpression).flatMap((call) => calleeOf(call, project) ?? []);
    return removals.some((node) => isWithin(node, [statement, ...reach]));
  });
  if (removing && writeBefore(removing.expression, edits)) return [removing];
  const request = survey.tokenCalls.find(({ kind, at }) => kind === 'sign-out' && isWithin(at, [method]));
  if (request && ts.isCallExpression(request.at)) return writeBehind(request.at, edits);
  const [first] = method.body?.statements ?? [];
  return first && writeAt(first, edits) ? [first] : [];
}

function writeBehind(request: ts.CallExpression, edits: Edits): ts.Node[] {
  const session = sessionIn(request, edits);
  if (session === undefined) return [];
  const imports = edits.importsOf(request.getSourceFile());
  const finalize = imports.find('finalize', 'rxjs/operators') ?? imports.use('finalize', 'rxjs');
  edits.add(request, [{ at: request.end, text: `.pipe(${finalize}(() => ${session}.signOut()))` }]);
  return [request];
}

function writeBefore(node: ts.Node, edits: Edits): boolean {
  const statement = ts.findAncestor(node, ts.isExpressionStatement);
  return statement !== undefined && ts.isBlock(statement.parent) && writeAt(statement, edits);
}

function writeAt(statement: ts.Statement, edits: Edits): boolean {
  const session = sessionIn(statement, edits);
  if (session === undefined) return false;
  const indent = indentAt(statement.getSourceFile().text, statement.getStart());
  edits.add(statement, [{ at: statement.getStart(), text: `${session}.signOut();\n${indent}` }]);
  return true;
}

/** The first removal in each function that does not store a token, too. */
function firstOfEach(removals: readonly ts.Node[], { tokenUses }: Survey): ts.Node[] {
  const holderOf = (node: ts.Node) =>
    ts.findAncestor(node, ts.isMethodDeclaration) ?? ts.findAncestor(node, isCallable);
  const writers = new Set(
    tokenUses.filter(({ does }) => does === 'writes').map(({ node }) => holderOf(node)),
  );
  const others = removals.filter((node) => !writers.has(holderOf(node)));
  return others.filter(
    (node, index) => others.findIndex((each) => holderOf(each) === holderOf(node)) === index,
  );
}

function holderName(node: ts.Node): string {
  return ts.findAncestor(node, ts.isMethodDeclaration)?.name.getText() ?? '';
}
