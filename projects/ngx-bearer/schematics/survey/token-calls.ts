import type ts from 'typescript';
import type { Project } from '../source/project';
import { plain, type Text, textOf } from '../source/text';
import { findAll, isWithin, placeOf } from '../source/walk';
import { REFRESH } from './gate-rule';
import { type HttpCall, namesOf, readHttpCalls, urlOf } from './http-calls';
import type { Interceptor } from './interceptors';
import { type Parts, readParts } from './request-parts';
import { type Answer, readAnswer } from './token-answer';

/** A request that gets tokens, or ends them. */
export interface TokenCall extends HttpCall {
  readonly kind: 'sign-in' | 'refresh' | 'sign-out';
  readonly place: string;
  readonly text: Text | undefined;
  readonly parts: Parts;
  /** In the answer of the server. */
  readonly answer: Answer | undefined;
  /** In what the call gives the application, which a function around it may have unpacked. */
  readonly answerAt: Answer | undefined;
}

export interface Calls {
  readonly tokenCalls: readonly TokenCall[];
  /** Requests that have the header of the token already, beside the refresh. */
  readonly attachingCalls: readonly ts.Node[];
  /** The URLs of all requests, as far as they can be read. */
  readonly urls: readonly { readonly text: Text | undefined; readonly node: ts.Node }[];
}

const SURE_REFRESH =
  /(refresh|renew)\w*(token|session|auth|access|jwt)|(token|session|auth|jwt)\w*(refresh|renew)|\/refresh\b|\brefresh\b\s/i;
const SIGN_IN = /log_?-?in\b|log_?in|sign_?-?in|authenticate/i;
const MAY_SIGN_IN = /register|sign_?-?up|2fa|two_?-?factor|otp|verify|social|google|facebook|oauth|token/i;
const SIGN_OUT = /log_?-?out|sign_?-?out|revoke|log_?off/i;

export function readCalls(project: Project, interceptors: readonly Interceptor[]): Calls {
  const rewrites = interceptors.flatMap(({ rewrite }) => rewrite ?? []);
  const calls = readHttpCalls(project).map((call) => ({
    call,
    text: rewritten(urlOf(call, project), rewrites, project),
    parts: readParts(call, project),
  }));
  const gates = interceptors.filter(({ isGate }) => isGate);
  const isReached = ({ node, at }: HttpCall) =>
    gates.some(({ reach }) => isWithin(node, reach) || isWithin(at, reach));
  const inGates = calls.filter(({ call }) => isReached(call));
  const named = inGates.filter(({ call }) => REFRESH.test(namesOf(call, project)));
  const nearest = named.length > 0 ? named : inGates.length === 1 ? inGates : [];
  const refreshing = nearest.length > 0 ? nearest : calls.filter(({ call }) => isRefresh(call, project));
  const refreshes = new Set(refreshing.map(({ call }) => call));
  const tokenCalls = calls.flatMap(({ call, text, parts }): TokenCall[] => {
    const answerAt = readAnswer(call, project, call.at);
    const answer = call.at === call.node ? answerAt : readAnswer(call, project);
    const kind = refreshes.has(call) ? 'refresh' : kindOf(call, answer, project);
    return kind ? [{ ...call, kind, text, place: placeOf(call.at), parts, answer, answerAt }] : [];
  });
  const attachingCalls = calls
    .filter(({ call }) => !refreshes.has(call))
    .filter(({ parts }) => parts.headers.some(([name]) => /^authorization$/i.test(name)))
    .map(({ call }) => call.at);
  return { tokenCalls, attachingCalls, urls: calls.map(({ call, text }) => ({ text, node: call.at })) };
}

function isRefresh(call: HttpCall, project: Project): boolean {
  return SURE_REFRESH.test(namesOf(call, project));
}

function kindOf(call: HttpCall, answer: Answer | undefined, project: Project): TokenCall['kind'] | undefined {
  const names = namesOf(call, project);
  if (SIGN_OUT.test(names)) return 'sign-out';
  // The gate does not call it, but another refresh.
  if (isRefresh(call, project)) return undefined;
  if (call.method !== 'POST') return undefined;
  // Other answers have tokens, too: of an invitation, of a device.
  const mayBe = answer !== undefined && !answer.isOptional && MAY_SIGN_IN.test(names);
  return SIGN_IN.test(names) || mayBe || answer?.refresh ? 'sign-in' : undefined;
}

/** The URL as it is sent, where an interceptor puts the address of the API in front. */
function rewritten(
  text: Text | undefined,
  rewrites: readonly ts.Expression[],
  project: Project,
): Text | undefined {
  const isWhole = /^(https?:)?\/\//.test(plain(text) ?? '') || typeof text?.[0] === 'object';
  const [rewrite, other] = rewrites;
  if (!text || !rewrite || isWhole) return text;
  if (other) return undefined;
  const before = prefixOf(rewrite, project);
  return before && [...before, ...text];
}

/** What stands before the URL of the request in `clone({ url })`. */
function prefixOf(rewrite: ts.Expression, project: Project): Text | undefined {
  const source = rewrite.getText();
  const match = /^`\$\{([\w.]+)\}(\/?)\$\{\w+\.url\}`$|^([\w.]+) \+ (?:(["'])(\/)\4 \+ )?\w+\.url$/.exec(
    source,
  );
  const name = match?.[1] ?? match?.[3];
  const base = name && textOf(nodeOf(rewrite, name), project);
  return base ? [...base, ...((match?.[2] ?? match?.[5]) ? ['/'] : [])] : undefined;
}

function nodeOf(root: ts.Node, text: string): ts.Expression | undefined {
  return findAll(root, (node): node is ts.Expression => node.getText() === text)[0];
}
