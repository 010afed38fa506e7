import ts from 'typescript';
import type { Project } from '../source/project';
import { allCalls, callsOf, declarationOf, holderOf, nameOf, symbolOf, unwrap } from '../source/symbols';
import { type Arguments, plain, type Text, textOf, withArguments } from '../source/text';
import { findAll, valueOf } from '../source/walk';

/** A request of the application. */
export interface HttpCall {
  /** The call of `HttpClient`, `fetch` or axios, or a `new HttpRequest`. */
  readonly node: Sending;
  /** What the application calls: the same, or a function of its own around it. */
  readonly at: Sending;
  readonly method: string;
  readonly url: ts.Expression;
  readonly body: ts.Expression | undefined;
  readonly options: ts.Expression | undefined;
  /** The arguments of the function around it. */
  readonly given: Arguments;
}

export type Sending = ts.CallExpression | ts.NewExpression;

const BODILESS = ['GET', 'DELETE', 'HEAD'];

/** Every request of the application; a function that takes the URL counts once for each of its calls. */
export function readHttpCalls(project: Project): HttpCall[] {
  const made = project.sources.flatMap((source) => findAll(source, ts.isNewExpression)).map(readHttpRequest);
  const called = allCalls(project).map((call) => readCall(call, project));
  return [...called, ...made].flatMap((call) => (call ? callersOf(call, project, 0) : []));
}

const urls = new WeakMap<HttpCall, Text | 'unknown'>();

export function urlOf(call: HttpCall, project: Project): Text | undefined {
  const known = urls.get(call) ?? textOf(call.url, project, call.given) ?? 'unknown';
  urls.set(call, known);
  return known === 'unknown' ? undefined : known;
}

/** Names that say what a request is for: of the function it stands in, and its URL. */
export function namesOf(call: HttpCall, project: Project): string {
  const holder = holderOf(call.at);
  return `${holder ? nameOf(holder) : ''} ${plain(urlOf(call, project)) ?? call.url.getText()}`;
}

function readCall(call: ts.CallExpression, project: Project): HttpCall | undefined {
  const { expression } = call;
  const [first, second, third] = call.arguments;
  const common = { node: call, at: call, given: new Map() };
  if (!first) return undefined;
  if (expression.getText() === 'fetch') {
    const method = plain(textOf(valueOf(second, 'method'), project))?.toUpperCase() ?? 'GET';
    return { ...common, method, url: first, body: valueOf(second, 'body'), options: second };
  }
  if (!ts.isPropertyAccessExpression(expression) || !isClient(expression.expression, project))
    return undefined;
  const name = expression.name.text.toUpperCase();
  if (name === 'REQUEST' && second) {
    const method = plain(textOf(first, project))?.toUpperCase() ?? 'GET';
    return { ...common, method, url: second, body: valueOf(third, 'body'), options: third };
  }
  if (BODILESS.includes(name))
    return { ...common, method: name, url: first, body: undefined, options: second };
  const isKnown = ['POST', 'PUT', 'PATCH'].includes(name);
  return isKnown ? { ...common, method: name, url: first, body: second, options: third } : undefined;
}

/** An interceptor may pass on a request of its own. */
function readHttpRequest(made: ts.NewExpression): HttpCall | undefined {
  const [method, url, body, options] = made.arguments ?? [];
  if (made.expression.getText() !== 'HttpRequest' || !method || !url) return undefined;
  if (!ts.isStringLiteralLike(method)) return undefined;
  return { node: made, at: made, method: method.text, url, body, options, given: new Map() };
}

function isClient(receiver: ts.Expression, { checker }: Project): boolean {
  const type = checker.getTypeAtLocation(receiver);
  const declared = type.symbol as ts.Symbol | undefined;
  if (declared?.name === 'HttpClient') return true;
  const isOwn = declared?.declarations?.some(ts.isClassDeclaration) ?? false;
  return !isOwn && /^(this\.)?[#_]?(\w*http\w*|axios\w*)\$?$/i.test(receiver.getText());
}

function callersOf(call: HttpCall, project: Project, depth: number): HttpCall[] {
  const holder = holderOf(call.at);
  if (!holder || depth > 2) return [call];
  const isGiven = identifiersOf(call, project).some((name) => {
    const declared = declarationOf(name, project);
    return declared !== undefined && ts.isParameter(declared) && declared.parent === holder;
  });
  const callers = isGiven ? callsOf(holder, project) : [];
  if (callers.length === 0) return [call];
  return callers.flatMap((caller) => {
    const given = withArguments(caller, holder, { project, given: call.given });
    return callersOf({ ...call, at: caller, given }, project, depth + 1);
  });
}

/** The names that the URL is made of, also by way of constants, in the function that is asked next. */
function identifiersOf(call: HttpCall, project: Project): ts.Identifier[] {
  const own = findAll(call.url, ts.isIdentifier);
  const held = own.flatMap((name) => {
    const symbol = symbolOf(name, project.checker);
    const declared = symbol?.declarations?.[0];
    const local = declared && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
    return local ? findAll(local, ts.isIdentifier) : [];
  });
  const passed = [...own, ...held].flatMap((name) => {
    const symbol = symbolOf(name, project.checker);
    const argument = symbol && call.given.get(symbol);
    return argument ? findAll(argument, ts.isIdentifier) : [];
  });
  return [...own, ...held, ...passed];
}

/** An argument in place of a parameter, where a call is made through a function. */
export function given(
  expression: ts.Expression | undefined,
  call: HttpCall,
  project: Project,
): ts.Expression | undefined {
  if (!expression) return undefined;
  const inner = unwrap(expression);
  const symbol = symbolOf(inner, project.checker);
  const argument = symbol && call.given.get(symbol);
  return argument ? given(argument, call, project) : inner;
}
