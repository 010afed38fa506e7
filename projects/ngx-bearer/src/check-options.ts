import type { AuthConfig } from './auth-config';
import { AuthError } from './auth-errors';
import type { ExternalStrategy } from './refresh/refresh-strategy';
import { LONGEST_TIMER_MS } from './refresh/longest-timer';

/** What to give for an option, and whether a value is that. */
type Check = readonly [remedy: string, holds: (value: unknown) => boolean];

/** RFC 9110 section 5.6.2. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

const CHECKS: Readonly<Record<keyof AuthConfig, Check>> = {
  allow: [
    "name at least one origin ('https://api.example.com') or path ('/api'); a rule is a string or a function of a URL, never a RegExp",
    isRules,
  ],
  refresh: ["give a strategy such as exchangeToken('https://api.example.com/auth')", isFunction],
  storage: [
    'give localTokenStorage(), sessionTokenStorage() or an object with read and write, or leave it out for memory',
    isStorage,
  ],
  name: ['give a text that is not empty, or leave it out for one session', isText],
  headerName: ['give a header name (RFC 9110 section 5.1)', isToken],
  scheme: ['give one word, or an empty string for none', (value) => value === '' || isToken(value)],
  shouldRefresh: ['give a function of the error and the request', isFunction],
  replay: [
    "choose 'all' or 'idempotent', or give a function of the request",
    (value) => isOneOf(value, 'all', 'idempotent') || isFunction(value),
  ],
  whileRefreshing: ["choose 'hold' or 'send'", (value) => isOneOf(value, 'hold', 'send')],
  refreshAhead: ['give milliseconds, 0 or more, or false', (value) => value === false || isNumber(value, 0)],
  refreshTimeout: [
    'give milliseconds, from 1 to 2147483647',
    (value) => isNumber(value, 1) && value <= LONGEST_TIMER_MS,
  ],
  refreshLimit: ['give { count, withinMs }: a whole number of 1 or more, and milliseconds above 0', isLimit],
  proof: ['give dpop() of ngx-bearer/dpop, or leave it out for bearer tokens', isProof],
  onSignOut: [
    'give a function of the tokens, such as revokeToken({ revocationEndpoint, clientId }), or leave it out',
    isFunction,
  ],
  allowInsecure: ['choose true or false', isBoolean],
};

/**
 * Checks every option but the strings in `allow`, which are judged where they are read. For development only: a
 * developer writes the options once.
 *
 * @throws AuthError `bad-config` that names the option, what was found, and what to give.
 */
export function checkOptions(config: AuthConfig): void {
  for (const [option, [remedy, holds]] of Object.entries(CHECKS)) {
    const value: unknown = config[option as keyof AuthConfig];
    const isLeftOut = value === undefined && !isOneOf(option, 'allow', 'refresh');
    if (!isLeftOut && !holds(value)) {
      throw new AuthError('bad-config', `'${option}' is ${describe(value)}: ${remedy}.`);
    }
  }
  if (config.proof) checkBesideProof(config);
  if (config.storage && (config.refresh as ExternalStrategy).isExternal) {
    throw new AuthError(
      'bad-config',
      "'storage' is given beside externalTokens: leave it out, since the SDK keeps the tokens.",
    );
  }
}

/** RFC 9449 section 7.1 names the header and the scheme. */
function checkBesideProof({ headerName, scheme, refresh }: AuthConfig): void {
  const option = headerName === undefined ? (scheme === undefined ? null : 'scheme') : 'headerName';
  if (option) {
    throw new AuthError('bad-config', `'${option}' is given beside 'proof': leave it out, DPoP has its own.`);
  }
  if (refresh.restores && !(refresh as ExternalStrategy).isExternal) {
    throw new AuthError(
      'bad-config',
      "'proof' is given beside refreshCookie: leave one out. A refresh token in a cookie belongs to a server, which has its own key.",
    );
  }
}

function isRules(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((rule) => typeof rule === 'string' || isFunction(rule))
  );
}

function isStorage(value: unknown): boolean {
  const { read, write } = Object(value) as Record<string, unknown>;
  return isFunction(read) && isFunction(write);
}

function isProof(value: unknown): boolean {
  return isFunction((Object(value) as Record<string, unknown>)['connect']);
}

function isLimit(value: unknown): boolean {
  const { count, withinMs } = Object(value) as Record<string, unknown>;
  return Number.isInteger(count) && isNumber(count, 1) && isNumber(withinMs, Number.MIN_VALUE);
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isToken(value: unknown): boolean {
  return typeof value === 'string' && TOKEN.test(value);
}

function isNumber(value: unknown, least: number): value is number {
  return Number.isFinite(value) && (value as number) >= least;
}

function isOneOf(value: unknown, ...names: string[]): boolean {
  return names.includes(value as string);
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return value.length ? 'an array with something else in it' : 'an empty array';
  return value instanceof Object ? `of type ${typeof value}` : JSON.stringify(value);
}
