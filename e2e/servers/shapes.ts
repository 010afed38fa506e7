import { jsonOf, type Answer } from '../tabs/servers/message.ts';

const OF_TOKENS = /token|jwt|access|refresh|expires|lifetime/i;
const OF_LIFE = /expires|expiry|lifetime|^exp$/i;
const OF_ERRORS = /^(error|code|name)$/;
const SHORT_WORD = /^[\w.-]{1,40}$/;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Characters that random text has together: one of them stands for all. */
const TOGETHER = [
  ['-', '_'],
  ['+', '/', '='],
];

export function code(text: string): string {
  return `\`${text}\``;
}

/** The fields of the answer to a sign-in, with the inner ones of those that hold tokens. */
export function signInFields(answer: Answer): string {
  return fieldsOf(jsonOf(answer)).map(code).join(', ') || 'no JSON';
}

function fieldsOf(json: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(json).flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null) return [value === '' ? `${name}: ""` : name];
    const inner = Object.keys(value).filter((key) => OF_TOKENS.test(key));
    return inner.length > 0 ? inner.map((key) => `${name}.${key}`) : [name];
  });
}

/** Where the life of an access token can be read. */
export function lifeOf(answer: Answer, accessToken: string): string {
  const named = fieldsOf(jsonOf(answer)).filter((name) => OF_LIFE.test(name.split('.').at(-1) ?? ''));
  const claims = claimsOf(accessToken);
  const span = claims && 'exp' in claims ? [code('iat' in claims ? 'exp - iat' : 'exp')] : [];
  return [...named.map(code), ...span].join(', ') || 'unknown';
}

function claimsOf(token: string): Readonly<Record<string, unknown>> | null {
  if (!JWT.test(token)) return null;
  const [, payload = ''] = token.split('.');
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** The characters of tokens, in a way that does not change from run to run. */
export function charactersOf(tokens: readonly string[]): string {
  if (tokens.length === 0) return 'none';
  if (tokens.every((token) => claimsOf(token))) return 'JWT';
  if (tokens.every((token) => UUID.test(token))) return 'UUID';
  if (tokens.every((token) => /^[0-9a-f]+$/.test(token))) return 'hexadecimal';
  const signs = tokens.join('').match(/[^A-Za-z0-9]/g) ?? [];
  const all = new Set(signs.flatMap((sign) => TOGETHER.find((group) => group.includes(sign)) ?? [sign]));
  return ['letters, digits', ...[...all].sort().map(code)].join(' ');
}

/** The names of the fields of a body, with the values of those that classify the error. */
export function bodyOf(answer: Answer): string {
  if (answer.body.length === 0) return 'empty';
  const entries = Object.entries(jsonOf(answer));
  if (entries.length === 0) return (answer.headers['content-type'] ?? 'no type').split(';')[0] ?? '';
  const parts = entries.map(([name, value]) =>
    OF_ERRORS.test(name) && typeof value === 'string' && SHORT_WORD.test(value) ? `${name}: ${value}` : name,
  );
  return code(`{ ${parts.join(', ')} }`);
}
