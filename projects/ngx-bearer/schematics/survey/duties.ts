import ts from 'typescript';
import type { Project } from '../source/project';
import { holderOf } from '../source/symbols';
import { plain, textOf } from '../source/text';
import { findAll, valueOf } from '../source/walk';
import { nameText } from './request-parts';
import { schemeIn } from './token-values';

/** What an interceptor does to requests and with their failures. */
export interface Duties {
  readonly header: Header | undefined;
  /** Headers beside the token. */
  readonly otherHeaders: readonly string[];
  readonly sendsCredentials: boolean;
  /** `clone({ url })` */
  readonly rewrite: ts.Expression | undefined;
  /** Its reaction to a failed request, beside the refresh: shows an error, opens a page. */
  readonly reactions: readonly ts.CallExpression[];
  /** How single requests opt out of it. */
  readonly optOuts: readonly ts.CallExpression[];
}

export interface Header {
  readonly name: string;
  readonly scheme: string;
  readonly node: ts.Node;
}

interface Written {
  readonly name: string;
  readonly value: ts.Expression;
}

const TOKEN_HEADER =
  /^(authorization|(x-)?(access|auth|user|api|jwt|session)?-?(token|jwt)|x-authorization)$/i;
const SILENT = /^(content-type|accept|cache-control|pragma|expires)$/i;
const REACTION =
  /(^|\.)(navigate|navigateByUrl|assign|reload|showError|show\w*|open|error|warn(ing)?|alert|add|present|logout|log_?out|sign_?out)$/i;
const REACTOR =
  /router|location|toast|snack|dialog|modal|alert|message|notif|error|auth|login|session|user|token/i;

export function readDuties(reach: readonly ts.Node[], project: Project): Duties {
  const calls = reach.flatMap((each) => findAll(each, ts.isCallExpression));
  const written = reach.flatMap((each) => headersIn(each, project));
  const token = written.find(({ name }) => TOKEN_HEADER.test(name));
  const clones = calls
    .filter(({ expression }) => /\.clone$/.test(expression.getText()))
    .map(({ arguments: [changes] }) => changes);
  const others = written
    .map(({ name }) => name)
    .filter((name) => !TOKEN_HEADER.test(name) && !SILENT.test(name));
  return {
    header: token && { name: token.name, scheme: schemeOf(token.value, reach), node: token.value },
    otherHeaders: [...new Set(others)],
    sendsCredentials: clones.some(
      (changes) => valueOf(changes, 'withCredentials')?.kind === ts.SyntaxKind.TrueKeyword,
    ),
    rewrite: clones.map((changes) => valueOf(changes, 'url')).find((each) => each !== undefined),
    reactions: calls.filter(isReaction),
    optOuts: calls.filter(({ expression }) => /context\.(get|has)$/.test(expression.getText())),
  };
}

/** Headers that are set on the request that passes, not those of a request of the code's own. */
function headersIn(node: ts.Node, project: Project): Written[] {
  const set = findAll(node, ts.isCallExpression).flatMap(({ expression, arguments: [name, value] }) => {
    const isSetting =
      ts.isPropertyAccessExpression(expression) && /^(set|append)$/.test(expression.name.text);
    const text =
      isSetting && /headers/i.test(expression.getText()) ? plain(textOf(name, project)) : undefined;
    return text !== undefined && value ? [{ name: text, value }] : [];
  });
  const literal = findAll(node, ts.isPropertyAssignment).flatMap(({ name, initializer, parent }) => {
    const text = nameText(name, project);
    return text !== undefined && isHeaders(parent) ? [{ name: text, value: initializer }] : [];
  });
  const assigned = findAll(node, ts.isBinaryExpression).flatMap(({ left, right, operatorToken }) => {
    const isIndexed = operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isElementAccessExpression(left);
    const text =
      isIndexed && /headers/i.test(left.expression.getText())
        ? plain(textOf(left.argumentExpression, project))
        : undefined;
    return text === undefined ? [] : [{ name: text, value: right }];
  });
  return [...set, ...literal, ...assigned].filter(({ value }) => !isInRequest(value));
}

function isHeaders(object: ts.Node): boolean {
  const { parent } = object;
  if (ts.isNewExpression(parent)) return parent.expression.getText() === 'HttpHeaders';
  const name =
    ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) ? parent.name.getText() : '';
  return /headers/i.test(name);
}

function isInRequest(value: ts.Node): boolean {
  const holder = holderOf(value)?.getText() ?? '';
  // Headers in a constant, for a request that is sent below.
  if (!holder.includes('.clone(') && /\.(get|post|put|patch|request)\s*(<[^(]*>)?\(\s*[`'"\w]/.test(holder))
    return true;
  return (
    ts.findAncestor(value, (each) => {
      if (!ts.isCallExpression(each) || !ts.isPropertyAccessExpression(each.expression)) return false;
      return /^(get|post|put|patch|request|fetch)$/.test(each.expression.name.text);
    }) !== undefined
  );
}

/** The word in front of the token; a function or a constant may hold it. */
function schemeOf(value: ts.Expression, reach: readonly ts.Node[]): string {
  const inner = findAll(value, (node): node is ts.Expression => schemeIn(node) !== '')[0];
  if (inner) return schemeIn(inner).trim();
  const names = findAll(value, ts.isIdentifier).map(({ text }) => text);
  const held = reach
    .flatMap((each) => findAll(each, ts.isVariableDeclaration))
    .filter(
      ({ name, initializer }) =>
        names.includes(name.getText()) && initializer && schemeIn(initializer) !== '',
    );
  return schemeIn(held[0]?.initializer ?? value).trim();
}

function isReaction(call: ts.CallExpression): boolean {
  const { expression } = call;
  const text = expression.getText();
  const isInCatch = ts.findAncestor(call, (each) => {
    if (ts.isCatchClause(each)) return true;
    return (
      ts.isCallExpression(each) && /^(catchError|retryWhen|tap)$|\.catch$/.test(each.expression.getText())
    );
  });
  const isKnown = REACTION.test(text) && REACTOR.test(text) && !/^(console|throwError)/.test(text);
  return isKnown && (isInCatch !== undefined || /navigate|log_?out|sign_?out/i.test(text));
}
