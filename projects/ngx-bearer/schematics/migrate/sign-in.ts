import ts from 'typescript';
import { isUsual, PACKAGE, pathCode, readLines, tokensCode } from '../setup/code';
import type { Edits } from '../setup/edits-by-file';
import { type Edit, indentAt } from '../source/edits';
import type { Project } from '../source/project';
import { mentions } from '../source/walk';
import type { Survey } from '../survey/survey';
import type { Answer } from '../survey/token-answer';
import type { TokenCall } from '../survey/token-calls';
import { sessionIn } from './session-field';
import { planSignOut } from './sign-out';

/** What has been put into the application's own login and logout, and what is left to a person. */
export interface SignInPlan {
  /** A login gives its answer to the session, here or in the application's own code. */
  readonly isSignedIn: boolean;
  readonly written: readonly string[];
  readonly left: readonly string[];
}

/** Gives the answer of each login to the session, and ends the session where the application signs out. */
export function planSignIn(survey: Survey, project: Project, edits: Edits): SignInPlan {
  const written: string[] = [];
  const left: string[] = [];
  const isReached = (node: ts.Node) => project.reached.has(node.getSourceFile());
  for (const call of survey.tokenCalls.filter(({ kind, at }) => kind === 'sign-in' && isReached(at))) {
    const reason = writeSignIn(call, edits);
    if (reason === undefined) written.push(`${call.place}  gives its answer to the session`);
    else left.push(`${call.place}  ${reason}`);
  }
  const isSignedIn =
    written.length > 0 || [...project.reached].some((source) => mentions(source, 'AuthSession'));
  const signOut = planSignOut(survey, project, edits);
  return { isSignedIn, written: [...written, ...signOut.written], left: [...left, ...signOut.left] };
}

/** Returns why not, if the answer cannot be given to the session here. */
function writeSignIn({ answer, answerAt, at, node }: TokenCall, edits: Edits): string | undefined {
  const found = answerAt ?? answer;
  if (!found)
    return 'signs in, and which field of its answer holds the token was not found: pass the tokens to signIn() of AuthSession';
  if (
    !ts.isCallExpression(at) ||
    !ts.isCallExpression(node) ||
    !ts.isPropertyAccessExpression(node.expression)
  ) {
    return 'signs in by a request that is no Observable: pass its answer to signIn() of AuthSession';
  }
  const session = sessionIn(at, edits);
  if (session === undefined)
    return 'signs in outside of a class that Angular creates: pass its answer to signIn() of AuthSession';
  const imports = edits.importsOf(at.getSourceFile());
  const skip = at === node ? contextEdit(node, `${imports.use('skipAuth', PACKAGE)}()`) : undefined;
  edits.add(at, [
    ...(skip ? [skip] : []),
    tapEdit(
      at,
      signInCode(found, session, imports.find('tap', 'rxjs/operators') ?? imports.use('tap', 'rxjs')),
    ),
  ]);
  return undefined;
}

function signInCode(answer: Answer, session: string, tap: string): string {
  if (answer.access.length === 0) return `${tap}((answer) => ${session}.signIn({ accessToken: answer }))`;
  if (answer.isOptional) {
    const lines = readLines(answer, 'answer as unknown', '?');
    const found = pathCode(answer.access, '?');
    return `${tap}((answer) => {\n${lines}\n  if (${found}) ${session}.signIn(${tokensCode(answer, '?')});\n})`;
  }
  if (isUsual(answer)) return `${tap}((answer) => ${session}.signIn(answer))`;
  const lines = readLines(answer, 'answer as unknown');
  return `${tap}((answer) => {\n${lines}\n  ${session}.signIn(${tokensCode(answer)});\n})`;
}

/** As the first operator of the request, before the application's own code changes the answer. */
function tapEdit(request: ts.CallExpression, code: string): Edit {
  const { text } = request.getSourceFile();
  const { parent } = request;
  const pipe =
    ts.isPropertyAccessExpression(parent) && parent.name.text === 'pipe' ? parent.parent : undefined;
  const indent = indentAt(text, request.getStart());
  const indented = code.replaceAll('\n', `\n${indent}`);
  if (!pipe || !ts.isCallExpression(pipe)) return { at: request.end, text: `.pipe(${indented})` };
  const [first] = pipe.arguments;
  if (!first) return { at: pipe.arguments.pos, text: indented };
  const isOnLines = text.slice(pipe.arguments.pos, first.getStart()).includes('\n');
  const inner = `\n${indentAt(text, first.getStart())}`;
  return isOnLines
    ? { at: first.getStart(), text: `${code.replaceAll('\n', inner)},${inner}` }
    : { at: first.getStart(), text: `${indented}, ` };
}

/** `context: skipAuth()` in the options of a request. */
function contextEdit(call: ts.CallExpression, code: string): Edit | undefined {
  const method = (call.expression as ts.PropertyAccessExpression).name.text;
  const index = method === 'get' || method === 'delete' ? 1 : 2;
  const options = call.arguments[index];
  const last = call.arguments.at(-1);
  if (!options) {
    const missing = ', null'.repeat(index - call.arguments.length);
    return last && { at: last.end, text: `${missing}, { context: ${code} }` };
  }
  if (!ts.isObjectLiteralExpression(options)) {
    return {
      at: options.getStart(),
      end: options.end,
      text: `{ ...${options.getText()}, context: ${code} }`,
    };
  }
  if (options.properties.some(({ name }) => name?.getText() === 'context')) return undefined;
  return {
    at: options.getStart() + 1,
    text: options.properties.length > 0 ? ` context: ${code},` : ` context: ${code} `,
  };
}
