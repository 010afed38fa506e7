import ts from 'typescript';
import type { Project } from '../source/project';
import { holderOf, symbolOf, unwrap } from '../source/symbols';
import { plain, textOf } from '../source/text';
import { valueOfName } from '../source/values';
import { findAll, valueOf } from '../source/walk';
import { given, type HttpCall } from './http-calls';
import { readValue, type Value } from './token-values';

/** What a request carries beside its URL. */
export interface Parts {
  readonly body: Body;
  readonly headers: readonly (readonly [name: string, value: Value])[];
  readonly sendsCredentials: boolean;
  /** `responseType: 'text'` */
  readonly wantsText: boolean;
}

export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'json' | 'form'; readonly fields: readonly (readonly [name: string, value: Value])[] }
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'unknown'; readonly node: ts.Node };

/** Everything that a body holds. */
export function valuesIn(body: Body): readonly Value[] {
  if (body.kind === 'value') return [body.value];
  return body.kind === 'json' || body.kind === 'form' ? body.fields.map(([, value]) => value) : [];
}

type Field = readonly [name: string, value: Value];

/** Headers that Angular sends by itself. */
const USUAL = /^(content-type|accept)$/i;

export function readParts(call: HttpCall, project: Project): Parts {
  const options = follow(call.options, call, project);
  const headers = follow(valueOf(options, 'headers'), call, project);
  const credentials = valueOf(options, 'withCredentials') ?? valueOf(options, 'credentials');
  const read = headers ? fieldsOf(headers, call, project) : [];
  return {
    body: readBody(call, project),
    headers: (read ?? []).filter(([name]) => !USUAL.test(name)),
    wantsText: /^['"]text['"]/.test(valueOf(options, 'responseType')?.getText() ?? ''),
    sendsCredentials: /^(true|'include'|"include")$/.test(credentials?.getText() ?? ''),
  };
}

function readBody(call: HttpCall, project: Project): Body {
  const body = follow(call.body, call, project);
  if (!body || /^(null|undefined|''|""|\{\s*\})$/.test(body.getText())) return { kind: 'none' };
  if (isJson(body)) {
    return readBody({ ...call, body: body.arguments[0] }, project);
  }
  const fields = fieldsOf(body, call, project);
  if (fields) return { kind: isForm(body) ? 'form' : 'json', fields };
  const value = readValue(body, project, call.given);
  return value.kind === 'unknown' ? { kind: 'unknown', node: body } : { kind: 'value', value };
}

/** Through names, to what is written down. */
function follow(
  expression: ts.Expression | undefined,
  call: HttpCall,
  project: Project,
): ts.Expression | undefined {
  const inner = firstOf(given(expression, call, project), call, project);
  if (!inner || !(ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner))) return inner;
  const value = valueOfName(inner, project);
  const held = value && unwrap(value);
  const isWritten =
    held && (ts.isObjectLiteralExpression(held) || chainOf(held) !== undefined || isJson(held));
  return isWritten ? held : inner;
}

/** `body ?? {}` is the body, if there is one. */
function firstOf(
  node: ts.Expression | undefined,
  call: HttpCall,
  project: Project,
): ts.Expression | undefined {
  const isChoice = node && ts.isBinaryExpression(node) && /^(\?\?|\|\|)$/.test(node.operatorToken.getText());
  if (!isChoice) return node;
  const left = given(node.left, call, project);
  return left && unwrap(node.left) !== left ? left : node;
}

function isJson(node: ts.Expression): node is ts.CallExpression {
  return ts.isCallExpression(node) && node.expression.getText() === 'JSON.stringify';
}

function isForm(body: ts.Expression): boolean {
  return /\b(URLSearchParams|HttpParams)\b/.test(body.getText());
}

/** The fields of an object, of headers, or of a form. Undefined: it is none of these. */
function fieldsOf(node: ts.Expression, call: HttpCall, project: Project): Field[] | undefined {
  const read = (value: ts.Expression) => readValue(value, project, call.given);
  if (ts.isObjectLiteralExpression(node)) {
    const fields = node.properties.map((property): Field | undefined => {
      const name = property.name && nameText(property.name, project);
      if (name === undefined) return undefined;
      if (ts.isShorthandPropertyAssignment(property)) return [name, read(property.name)];
      return ts.isPropertyAssignment(property) ? [name, read(property.initializer)] : undefined;
    });
    return fields.includes(undefined) ? undefined : (fields as Field[]);
  }
  const chained = chainOf(node);
  if (!chained) return undefined;
  const [first] = chained.made.arguments ?? [];
  const literal = first && (valueOf(first, 'fromObject') ?? first);
  const start = literal && ts.isObjectLiteralExpression(literal) ? fieldsOf(literal, call, project) : [];
  const added = [...chained.calls, ...laterCalls(chained.made, project)].flatMap(
    ({ arguments: [name, value] }) => {
      const text = plain(textOf(name, project));
      return text !== undefined && value ? [[text, read(value)] as const] : [];
    },
  );
  return start && [...start, ...added];
}

interface Chain {
  readonly made: ts.NewExpression;
  readonly calls: readonly ts.CallExpression[];
}

/** `new HttpParams().set(…).set(…)` */
function chainOf(node: ts.Expression): Chain | undefined {
  const inner = unwrap(node);
  if (ts.isNewExpression(inner)) {
    return /^(HttpHeaders|HttpParams|URLSearchParams)$/.test(inner.expression.getText())
      ? { made: inner, calls: [] }
      : undefined;
  }
  if (!ts.isCallExpression(inner) || !ts.isPropertyAccessExpression(inner.expression)) return undefined;
  const before = chainOf(inner.expression.expression);
  const isSetting = /^(set|append)$/.test(inner.expression.name.text);
  return before && { made: before.made, calls: [...before.calls, ...(isSetting ? [inner] : [])] };
}

/** `body.set(…)` in statements below. */
function laterCalls(made: ts.NewExpression, { checker }: Project): ts.CallExpression[] {
  const variable = ts.findAncestor(made, ts.isVariableDeclaration);
  const holder = variable && holderOf(variable);
  if (!variable || !holder) return [];
  const symbol = checker.getSymbolAtLocation(variable.name);
  return findAll(holder, ts.isCallExpression).filter(({ expression }) => {
    const isSetting =
      ts.isPropertyAccessExpression(expression) && /^(set|append)$/.test(expression.name.text);
    return isSetting && symbol !== undefined && symbolOf(expression.expression, checker) === symbol;
  });
}

export function nameText(name: ts.PropertyName, project: Project): string | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  return ts.isComputedPropertyName(name) ? plain(textOf(name.expression, project)) : undefined;
}
