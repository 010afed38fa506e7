import type { AuthErrorCode } from 'ngx-bearer';

/** A failed call, as far as a person needs to know it. */
export interface Failure {
  readonly status: number;
  /** The code of the `AuthError` that the call's `HttpErrorResponse` carries, if it carries one. */
  readonly code: AuthErrorCode | null;
  readonly signedIn: boolean;
  /** Epoch milliseconds before which no refresh is tried; null when none is held back. */
  readonly retryAt: number | null;
}

/** What to tell the person about it at the moment `now` (epoch milliseconds). */
export function failureInWords(failure: Failure, now: number): string {
  switch (failure.code) {
    case 'session-ended':
      return 'The session has ended. Please sign in again.';
    case 'not-signed-in':
      return 'Please sign in first.';
    case 'refresh-unavailable':
      return `The sign-in server cannot be reached; ${nextTry(failure.retryAt, now)}`;
    case 'refresh-limit':
      return `Too many refreshes in a short time; ${nextTry(failure.retryAt, now)}`;
    default:
      return statusInWords(failure);
  }
}

/** `next try in 4 s.`, or what happens once that time has passed. */
export function nextTry(retryAt: number | null, now: number): string {
  const waitMs = (retryAt ?? now) - now;
  return waitMs > 0 ? `next try in ${Math.ceil(waitMs / 1000)} s.` : 'the next call tries again.';
}

function statusInWords({ status, signedIn }: Failure): string {
  if (status === 401 && !signedIn) return 'The session has ended. Please sign in again.';
  switch (status) {
    case 0:
      return 'The API cannot be reached.';
    case 401:
      return 'The server did not accept the token it was sent with (401).';
    case 403:
      return 'This user may not do that (403).';
    case 413:
      return 'That file is too large for the server.';
    default:
      return `The server could not do it (${status}).`;
  }
}
