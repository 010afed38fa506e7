import { type Body, valuesIn } from '../survey/request-parts';
import type { Value } from '../survey/token-values';
import { fieldsCode, isUsual, PACKAGE, readCode, textCode, type Use, valueCode } from './code';
import type { Refresh } from './setup';

const GIVEN = { access: 'accessToken', refresh: 'refreshToken' } as const;
const OPTIONAL = { access: "tokens?.accessToken ?? ''", refresh: "tokens?.refreshToken ?? ''" } as const;

type Line = readonly [name: string, code: string];

/** The call of a strategy, or a strategy of its own. */
export function refreshCode(refresh: Refresh, use: Use): string {
  const { protocol, url } = refresh;
  const options = optionLines(refresh, use);
  switch (protocol) {
    case 'exchange':
      return called(use('exchangeToken', PACKAGE), textCode(url, use), options);
    case 'cookie':
      return called(use('refreshCookie', PACKAGE), textCode(url, use), options);
    case 'json':
      return called(use('postRefreshToken', PACKAGE), textCode(url, use), [
        ...bodyLines(refresh.body, use),
        ...options,
      ]);
    case 'oauth': {
      const client = textCode(refresh.clientId ?? ['my-app'], use);
      const all: Line[] = [['tokenEndpoint', textCode(url, use)], ['clientId', client], ...options];
      return `${use('refreshTokenGrant', PACKAGE)}(${all.length > 2 ? objectCode(all) : fieldsCode(all)})`;
    }
    case 'own':
      return ownCode(refresh, use);
  }
}

function called(name: string, url: string, options: readonly Line[]): string {
  return `${name}(${[url, ...(options.length > 0 ? [objectCode(options)] : [])].join(', ')})`;
}

function objectCode(lines: readonly Line[]): string {
  const body = lines.map(([name, code]) => `  ${name}: ${code.replaceAll('\n', '\n  ')},`).join('\n');
  return `{\n${body}\n}`;
}

function optionLines({ method = 'POST', headers = [], answer }: Refresh, use: Use): Line[] {
  return [
    ...(method === 'POST' ? [] : [['method', `'${method}'`] as const]),
    ...(headers.length === 0 ? [] : [['headers', headersCode(headers, use)] as const]),
    ...(answer && !isUsual(answer) ? [['read', readCode(answer, use)] as const] : []),
  ];
}

function headersCode(headers: readonly (readonly [string, Value])[], use: Use): string {
  const hasToken = headers.some(([, { kind }]) => kind === 'access' || kind === 'refresh');
  const code = fieldsCode(headers.map(([name, value]) => [name, valueCode(value, use, OPTIONAL)]));
  return hasToken ? `(tokens) => (${code})` : code;
}

function bodyLines(body: Body | undefined, use: Use): Line[] {
  if (!body || body.kind === 'unknown') return [];
  if (body.kind === 'none') return [['body', '() => null']];
  const isDefault =
    body.kind === 'json' && body.fields.length === 1 && body.fields[0]?.[0] === 'refresh_token';
  if (isDefault && isPlainRefresh(body.fields[0]?.[1])) return [];
  const tokens = ['access', 'refresh']
    .filter((kind) => valuesIn(body).some((each) => each.kind === kind))
    .map((kind) => `${kind}Token`);
  const code = bodyCode(body, use, GIVEN);
  const given = tokens.length > 0 ? `{ ${tokens.join(', ')} }` : '';
  return [['body', `(${given}) => ${code.startsWith('{') ? `(${code})` : code}`]];
}

function isPlainRefresh(value: Value | undefined): boolean {
  return value?.kind === 'refresh' && value.before === '';
}

function bodyCode(body: Body, use: Use, tokens: typeof GIVEN | typeof OPTIONAL): string {
  if (body.kind === 'none' || body.kind === 'unknown') return 'null';
  if (body.kind === 'value') return valueCode(body.value, use, tokens);
  const isForm = body.kind === 'form';
  const names = isForm && tokens === GIVEN ? { ...tokens, refresh: "refreshToken ?? ''" } : tokens;
  const fields = fieldsCode(body.fields.map(([name, value]) => [name, valueCode(value, use, names)]));
  return isForm ? `new URLSearchParams(${fields})` : fields;
}

/** The request as the application sent it, in a function of tokens. */
function ownCode(
  { url, method = 'POST', body = { kind: 'none' }, headers = [], ...rest }: Refresh,
  use: Use,
): string {
  const { answer, sendsCredentials, wantsText } = rest;
  const sent = headers.map(([name, value]) => [name, valueCode(value, use, OPTIONAL)] as const);
  const options: Line[] = [
    ...(body.kind === 'none' ? [] : [['body', bodyCode(body, use, OPTIONAL)] as const]),
    ...(sent.length === 0 ? [] : [['headers', fieldsCode(sent)] as const]),
    ...(sendsCredentials ? [['withCredentials', 'true'] as const] : []),
    ...(wantsText ? [['responseType', "'text'"] as const] : []),
  ];
  const read = answer && !isUsual(answer) ? readCode(answer, use) : use('readTokens', PACKAGE);
  const request = `http.request('${method}', ${textCode(url, use)}, ${fieldsCode(options)})`;
  const usesTokens = options.some(([, code]) => code.includes('tokens'));
  return `(${usesTokens ? 'tokens' : '_tokens'}, { http }) =>\n  ${request}.pipe(${use('map', 'rxjs')}(${read.replaceAll('\n', '\n  ')}))`;
}
