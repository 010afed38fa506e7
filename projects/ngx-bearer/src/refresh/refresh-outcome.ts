import { HttpErrorResponse } from '@angular/common/http';
import { AuthError, isRefused, OwnAuthError } from '../auth-errors';
import type { UnavailableReason } from '../auth-events';
import type { AuthTokens } from '../session/tokens';
import { readRetryAfter } from './retry-after';

/** How a refresh ended, for those who waited for it. */
export type Outcome = Renewed | Ended | Unavailable;

/** There are new tokens, under this epoch. */
interface Renewed {
  readonly kind: 'renewed';
  readonly epoch: number;
}

/** The session they waited under is over. */
interface Ended {
  readonly kind: 'ended';
}

/** No tokens were got, although nobody refused them. */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: UnavailableReason;
  readonly error: AuthError;
  /** What callers get as status: the refresh's own, or 0. */
  readonly status: number;
  /** How long the server asked to be left alone, in milliseconds; null where it did not say. */
  readonly retryAfterMs: number | null;
}

/** RFC 6749 section 5.2: what trying again with the same refresh token cannot mend. */
const REFUSALS: readonly unknown[] = ['invalid_grant', 'invalid_client', 'unauthorized_client'];

/**
 * Whether the server refuses the session. With nobody signed in any 4xx means that there is no session to restore, but
 * 408 (request timeout) and 429 (too many requests): servers answer a missing cookie with 400, 404 or 422.
 */
export function isRefusal(failure: unknown, isRestoring = false): boolean {
  if (isRefused(failure)) return true;
  if (!(failure instanceof HttpErrorResponse)) return false;
  const { status, error } = failure as { status: number; error: { error?: unknown } | null };
  if (isRestoring && status >= 400 && status < 500) return status !== 408 && status !== 429;
  return status === 401 || status === 403 || (status === 400 && REFUSALS.includes(error?.error));
}

/** What callers are told of any other failure. No text of it is passed on that could hold a token. */
export function describeFailure(failure: unknown, tokens: AuthTokens | null): Unavailable {
  // With a success status the failure is that the body could not be parsed: it may be full of tokens.
  const isAnswer = failure instanceof HttpErrorResponse && !(failure.status > 0 && failure.status < 300);
  const reason = isAnswer ? (failure.status ? 'server' : 'network') : reasonWithoutAnswer(failure);
  const cause = isAnswer && !holdsToken(failure, tokens) ? failure : withoutText(failure, reason);
  const detail =
    ngDevMode && `no new token was got (${reason}); the session is kept, and a later try may succeed.`;
  return {
    kind: 'unavailable',
    reason,
    error: new AuthError('refresh-unavailable', detail, { cause }),
    status: isAnswer ? failure.status : 0,
    retryAfterMs: isAnswer ? readRetryAfter(failure.headers) : null,
  };
}

/** More refreshes than `AuthConfig.refreshLimit` allows. */
export function limitReached(retryAfterMs: number): Unavailable {
  const detail =
    ngDevMode && 'too many refreshes in a short time: does the server reject tokens it has just issued?';
  return {
    kind: 'unavailable',
    reason: 'limit',
    error: new AuthError('refresh-limit', detail),
    status: 0,
    retryAfterMs,
  };
}

/** The error of a strategy that did not answer in time. */
export function timedOut(afterMs: number): AuthError {
  return new OwnAuthError('refresh-unavailable', ngDevMode && `no answer within ${afterMs} ms.`);
}

function reasonWithoutAnswer(failure: unknown): UnavailableReason {
  if (failure instanceof AuthError && failure.code === 'bad-token-response') return 'malformed';
  if (failure instanceof OwnAuthError) return 'timeout';
  return failure instanceof HttpErrorResponse ? 'malformed' : 'network';
}

/** What cannot be searched, as binary bodies or those nested without end, counts as holding one. */
function holdsToken({ url, headers, error }: HttpErrorResponse, tokens: AuthTokens | null): boolean {
  const body: unknown = error;
  if (body instanceof Blob || body instanceof ArrayBuffer) return true;
  const fields = headers.keys().map((name) => headers.getAll(name));
  try {
    const text = `${String(url)} ${fields.join()} ${body instanceof Error ? body.message : JSON.stringify(body)}`;
    return [tokens?.accessToken, tokens?.refreshToken].some(
      (token) => token && text.includes(plainPart(token)),
    );
  } catch {
    return true;
  }
}

/** The longest part that reads the same in JSON, in HTML and in a URL: Sanctum's tokens have `|`, Salesforce's `!`. */
function plainPart(token: string): string {
  return token.split(/[^\w.-]+/).reduce((longest, part) => (part.length > longest.length ? part : longest));
}

function withoutText(failure: unknown, reason: UnavailableReason): AuthError {
  if (failure instanceof OwnAuthError) return failure;
  const kind = failure instanceof Error ? failure.name : typeof failure;
  return new AuthError(
    reason === 'malformed' ? 'bad-token-response' : 'refresh-unavailable',
    ngDevMode && `the refresh failed with ${kind}; its text may hold a token and is left out.`,
  );
}
