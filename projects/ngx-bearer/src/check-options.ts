import type { AuthConfig } from './auth-config';
import { AuthError } from './auth-errors';

/** What an option has to be, and whether a value is it. */
type Check = readonly [expected: string, holds: (value: never) => boolean];

/** RFC 9110 section 5.6.2. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';

/**
 * Checks every option but the strings in `allow`, which are judged by whoever reads them. Only in development: the
 * options are written once, by a developer.
 *
 * @throws AuthError `bad-config` that names the option, the kind of value found, and what to give.
 */
export function checkOptions(config: AuthConfig): void {
  for (const [option, [expected, holds]] of Object.entries(createChecks())) {
    const value = config[option as keyof AuthConfig] as never;
    if (value === undefined && option !== 'allow' && option !== 'refresh') continue;
    if (!holds(value)) throw new AuthError('bad-config', `'${option}' is ${describe(value)}: ${expected}.`);
  }
}

function createChecks(): Record<keyof AuthConfig, Check> {
  return {
    allow: [
      "name at least one origin ('https://api.example.com') or path ('/api'); each rule is a string or a function of a URL, never a RegExp",
      isRules,
    ],
    refresh: ["give a strategy such as exchangeToken('https://api.example.com/auth')", isFunction],
    storage: ["choose 'memory', 'session' or 'local', or give an object with read and write", isStorage],
    storageKey: [
      'give a name that is not empty',
      (value: unknown) => typeof value === 'string' && value !== '',
    ],
    headerName: ['give a header name (RFC 9110 section 5.1)', isToken],
    scheme: [
      'give one word, or an empty string for none',
      (value: unknown) => value === '' || isToken(value),
    ],
    shouldRefresh: ['give a function of the error and the request', isFunction],
    replay: [
      "choose 'all' or 'idempotent', or give a function of the request",
      (value: unknown) => value === 'all' || value === 'idempotent' || isFunction(value),
    ],
    whileRefreshing: ["choose 'hold' or 'send'", (value: unknown) => value === 'hold' || value === 'send'],
    refreshAhead: [
      'give milliseconds, 0 or more, or false',
      (value: unknown) => value === false || isAtLeast(value, 0),
    ],
    // A longer timer fires at once (https://html.spec.whatwg.org/#dom-settimeout takes 32 bits).
    refreshTimeout: [
      'give milliseconds, from 1 to 2147483647',
      (value: unknown) => isAtLeast(value, 1) && value < 2 ** 31,
    ],
    refreshLimit: [
      'give { count, withinMs } with a whole count of 1 or more and withinMs above 0',
      (value: AuthConfig['refreshLimit']) =>
        Number.isInteger(value?.count) &&
        isAtLeast(value?.count, 1) &&
        isAtLeast(value?.withinMs, Number.MIN_VALUE),
    ],
    allowInsecure: ['choose true or false', isBoolean],
    crossTab: ['choose true or false', isBoolean],
  };
}

function isRules(allow: unknown): boolean {
  return (
    Array.isArray(allow) &&
    allow.length > 0 &&
    allow.every((rule) => typeof rule === 'string' || isFunction(rule))
  );
}

function isStorage(storage: AuthConfig['storage'] | null): boolean {
  if (typeof storage === 'string') return ['memory', 'session', 'local'].includes(storage);
  return isFunction(storage?.read) && isFunction(storage?.write);
}

function isToken(value: unknown): boolean {
  return typeof value === 'string' && TOKEN.test(value);
}

function isAtLeast(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= least;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'missing';
  if (Array.isArray(value)) return value.length ? 'an array with something else in it' : 'an empty array';
  return typeof value === 'object' || typeof value === 'function'
    ? `of type ${typeof value}`
    : `'${String(value)}'`;
}
