import type { Reference, Text } from '../source/text';
import type { Path } from '../survey/answer-steps';
import type { Answer } from '../survey/token-answer';
import type { Value } from '../survey/token-values';

export const PACKAGE = 'ngx-bearer';
export const HTTP = '@angular/common/http';

/** Gives the name under which an export of a module, or of a file, is known where the code goes. */
export type Use = (name: string, module: string) => string;

export function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&').replaceAll('\n', '\\n')}'`;
}

/** A text with the application's own constants in it. */
export function textCode(text: Text, use: Use): string {
  const [first, ...others] = text;
  if (others.length === 0) return typeof first === 'object' ? referenceCode(first, use) : quoted(first ?? '');
  const parts = text.map((part) =>
    typeof part === 'string' ? part.replace(/[`\\]|\$\{/g, '\\$&') : `\${${referenceCode(part, use)}}`,
  );
  return `\`${parts.join('')}\``;
}

function referenceCode({ code, root, file }: Reference, use: Use): string {
  return use(root, file) + code.slice(root.length);
}

/** A value where `accessToken` and `refreshToken` are at hand, by these expressions. */
export function valueCode(
  value: Value,
  use: Use,
  tokens: Readonly<Record<'access' | 'refresh', string>>,
): string {
  if (value.kind === 'unknown') return `'' /* ${value.node.getText().replaceAll('*/', '')} */`;
  if (value.kind === 'text') return textCode(value.text, use);
  const token = tokens[value.kind];
  return value.before ? `\`${value.before}\${${token}}\`` : token;
}

/** The fields of an object literal; one that holds a name like its own is short. */
export function fieldsCode(fields: readonly (readonly [string, string])[]): string {
  const parts = fields.map(([name, code]) => (name === code ? name : `${propertyName(name)}: ${code}`));
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function propertyName(name: string): string {
  return isName(name) ? name : quoted(name);
}

function isName(name: string): boolean {
  return /^[a-z_$][\w$]*$/i.test(name);
}

/** Whether `readTokens` finds these tokens by itself. */
export function isUsual({ access, refresh }: Answer): boolean {
  const isOneOf = (path: Path | undefined, ...names: string[]) =>
    path?.length === 1 && names.includes(path[0] ?? '');
  return (
    isOneOf(access, 'access_token', 'accessToken', 'token') &&
    (refresh === undefined || isOneOf(refresh, 'refresh_token', 'refreshToken'))
  );
}

/** `(answer) => { … }`, which takes the tokens out of an answer of any type. */
export function readCode(answer: Answer, use: Use): string {
  if (answer.access.length === 0) return `(answer) => ${use('readTokens', PACKAGE)}({ accessToken: answer })`;
  return `(answer) => {\n${readLines(answer)}\n  return ${use('readTokens', PACKAGE)}(${tokensCode(answer)});\n}`;
}

/** The line that gives the answer its type. */
export function readLines({ access, refresh }: Answer, from = 'answer', mark: Mark = ''): string {
  const second = mark === '?' ? 'string' : 'string | undefined';
  const fields = [[access, 'string'] as const, ...(refresh ? [[refresh, second] as const] : [])];
  return `  const tokens = ${from} as ${typeCode(fields, mark)};`;
}

/** `?` behind the names, where an answer may come without them. */
type Mark = '' | '?';

/** The object of tokens. */
export function tokensCode({ access, refresh }: Answer, mark: Mark = ''): string {
  return fieldsCode([
    ['accessToken', pathCode(access, mark)],
    ...(refresh ? [['refreshToken', pathCode(refresh, mark)] as const] : []),
  ]);
}

/** The way to a token, from `tokens` on. */
export function pathCode(path: Path, mark: Mark = ''): string {
  return path.reduce((code, name, index) => {
    const step = mark === '?' && index > 0 ? '?.' : '.';
    return isName(name) ? `${code}${step}${name}` : `${code}${step === '.' ? '' : step}[${quoted(name)}]`;
  }, 'tokens');
}

function typeCode(fields: readonly (readonly [Path, string])[], mark: Mark): string {
  const names = [...new Set(fields.map(([[name = '']]) => name))];
  const parts = names.map((name) => {
    const below = fields
      .filter(([[first]]) => first === name)
      .map(([path, type]) => [path.slice(1), type] as const);
    const [leaf] = below.filter(([path]) => path.length === 0);
    return `${propertyName(name)}${mark}: ${leaf ? leaf[1] : typeCode(below, mark)}`;
  });
  return `{ ${parts.join('; ')} }`;
}
