import { OwnAuthError } from '../auth-errors';
import { warnOnce } from '../hints/warn-once';
import { withoutUndefined } from '../without-undefined';
import { describeAnswer } from './field-names';

/** The tokens of a sign-in or of a refresh. */
export interface AuthTokens {
  /** Is sent in the header: visible ASCII without spaces, at most 16 KiB. */
  readonly accessToken: string;
  /** Gets the next tokens, if the protocol has one: printable ASCII (RFC 6749 appendix A.17), at most 16 KiB. */
  readonly refreshToken?: string;
  /** Life of the access token in seconds from now (RFC 6749 section 5.1). */
  readonly expiresIn?: number;
}

/** Node's default limit for all headers together. */
const MAX_LENGTH = 16 * 1024;

/** Wider than the `b64token` of RFC 6750: Sanctum issues `1|abc`, Salesforce `00D…!AQ…`. No line break can pass. */
const ACCESS_TOKEN = /^[\x21-\x7e]+$/;

/** `1*VSCHAR`, RFC 6749 appendix A.17. */
const REFRESH_TOKEN = /^[\x20-\x7e]+$/;

/** Some servers send the number as text, as `"3600"` or `"3600.0"`. */
const SECONDS = /^-?\d+(\.\d+)?$/;

const ACCESS_TOKEN_NAMES: readonly string[] = ['access_token', 'accessToken', 'token'];

/**
 * Reads a token response, as an object or as JSON text: the access token from `access_token`, `accessToken` or `token`,
 * the refresh token from `refresh_token` or `refreshToken`, the life from `expires_in` or `expiresIn`. The first that is
 * not null counts. A refresh token or life that cannot be read counts as not given, with a warning in development.
 *
 * @throws AuthError `bad-token-response` if there is no access token, or if it is not visible ASCII of at most 16 KiB.
 * The message names the fields that were found, never their values.
 */
export function readTokens(response: unknown): AuthTokens {
  const answer = typeof response === 'string' ? parseJson(response) : response;
  const accessToken = readAccessToken(answer);
  const refreshToken = readRefreshToken(field(answer, 'refresh_token', 'refreshToken'));
  const expiresIn = readSeconds(field(answer, 'expires_in', 'expiresIn'));
  return withoutUndefined<AuthTokens>({ accessToken, refreshToken, expiresIn });
}

/** JSON arrives as text if the request asked for `responseType: 'text'`. Other text stays what it is. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Own properties only: a polluted prototype must not sign anybody in. NaN, which is no token, if a getter throws. */
function field(answer: unknown, ...names: readonly string[]): unknown {
  try {
    const fields = Object(answer) as Record<string, unknown>;
    const values = names.filter((name) => Object.hasOwn(fields, name)).map((name) => fields[name]);
    return values.find((value) => value != null);
  } catch {
    return NaN;
  }
}

function readAccessToken(answer: unknown): string {
  const value = field(answer, ...ACCESS_TOKEN_NAMES);
  if (isToken(value, ACCESS_TOKEN)) return value;
  throw new OwnAuthError('bad-token-response', ngDevMode && describeAccessToken(value, answer));
}

function readRefreshToken(value: unknown): string | undefined {
  if (isToken(value, REFRESH_TOKEN)) return value;
  // dj-rest-auth sends an empty one, and keeps the real one in a cookie.
  if (ngDevMode && value != null && value !== '') {
    warnOnce(`the refresh token ${describe(value)}, so the session goes on without one.`);
  }
  return undefined;
}

function readSeconds(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && SECONDS.test(value) ? Number(value) : value;
  if (Number.isFinite(seconds)) return seconds as number;
  if (ngDevMode && value != null && value !== '') {
    warnOnce(
      `the life of the access token (expires_in) ${describe(value)}. It has to be a number of seconds, so it is ignored.`,
    );
  }
  return undefined;
}

function isToken(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && value.length <= MAX_LENGTH && form.test(value);
}

function describeAccessToken(value: unknown, answer: unknown): string {
  if (value !== undefined) {
    return `the access token ${describe(value)}. It has to be visible ASCII without spaces, at most 16 KiB.`;
  }
  return (
    `there is no access_token, accessToken or token in the answer; it ${describeAnswer(answer)}. ` +
    "Give the strategy a 'read', or give signIn { accessToken, refreshToken, expiresIn }."
  );
}

/** The kind of a value, and never the value: it may hold a token. */
function describe(value: unknown): string {
  if (typeof value !== 'string') return `is ${Array.isArray(value) ? 'an array' : `of type ${typeof value}`}`;
  if (!value) return 'is empty';
  if (/^bearer /i.test(value)) return "begins with 'Bearer': leave that out";
  if (value.length > MAX_LENGTH) return `has ${value.length} characters`;
  const position = value.search(/[^\x21-\x7e]/);
  return position < 0
    ? 'is text'
    : `has ${describeCharacter(value.charAt(position))} at position ${position}`;
}

function describeCharacter(character: string): string {
  if (character === ' ') return 'a space';
  if (/[\r\n]/.test(character)) return 'a line break';
  return character < ' ' || character === '\x7f' ? 'a control character' : 'a character that is not ASCII';
}
