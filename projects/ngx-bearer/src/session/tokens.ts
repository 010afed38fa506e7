import { AuthError } from '../auth-errors';

/** What a sign-in or a refresh brings. */
export interface AuthTokens {
  /** Goes into the header: an RFC 6750 section 2.1 `b64token` of at most 16 KiB. */
  readonly accessToken: string;
  /** Buys the next tokens, where the protocol has one. The same form and limit. */
  readonly refreshToken?: string;
  /** Life of the access token in seconds from now (RFC 6749 section 5.1). */
  readonly expiresIn?: number;
}

/** Node's default limit for all headers together. */
const MAX_LENGTH = 16 * 1024;

/** RFC 6750 section 2.1. Also what keeps line breaks out of the header. */
const B64TOKEN = /^[\w.~+/-]+=*$/;

/**
 * Reads a token response: `access_token`, `refresh_token` and `expires_in`, or their camelCase forms.
 * A refresh token or life that is null counts as not given; a life may be a string of digits.
 *
 * @throws AuthError `bad-token-response` on anything else: no object, a token that is missing, empty, no
 * `b64token` or over 16 KiB, a life that is no finite number. The message names the field, never its value.
 */
export function readTokens(response: unknown): AuthTokens {
  const refreshToken = field(response, 'refresh_token', 'refreshToken');
  const expiresIn = field(response, 'expires_in', 'expiresIn');
  return {
    accessToken: checkToken('access_token', field(response, 'access_token', 'accessToken')),
    ...(refreshToken == null ? {} : { refreshToken: checkToken('refresh_token', refreshToken) }),
    ...(expiresIn == null ? {} : { expiresIn: checkSeconds(expiresIn) }),
  };
}

/** Own properties only: a polluted prototype must not sign anybody in. NaN, which is none, for one that throws. */
function field(response: unknown, ...names: string[]): unknown {
  try {
    const fields = Object(response) as Record<string, unknown>;
    const name = names.find((candidate) => Object.hasOwn(fields, candidate));
    return name && fields[name];
  } catch {
    return NaN;
  }
}

function checkToken(name: string, value: unknown): string {
  if (typeof value === 'string' && value.length <= MAX_LENGTH && B64TOKEN.test(value)) return value;
  throw new AuthError(
    'bad-token-response',
    ngDevMode && `${name} is ${describe(value)}; it has to be an RFC 6750 b64token of at most 16 KiB.`,
  );
}

function checkSeconds(value: unknown): number {
  const seconds = typeof value === 'string' && /^-?\d+$/.test(value) ? +value : value;
  if (Number.isFinite(seconds)) return seconds as number;
  throw new AuthError(
    'bad-token-response',
    ngDevMode && `expires_in is ${describe(value)}; it has to be a number of seconds.`,
  );
}

/** The kind of a value, and never the value: it may hold a token. */
function describe(value: unknown): string {
  if (value === null || value === undefined) return 'missing';
  if (typeof value === 'string') return value ? `a string of ${value.length} characters` : 'empty';
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
}
