import { HttpErrorResponse } from '@angular/common/http';
import { AuthError, OwnAuthError } from '../auth-errors';
import { displayUrl, parseUrl } from '../request/parse-url';
import { detailOf, warnOnce } from './warn-once';
import { fieldNames } from '../session/field-names';
import type { EndpointStrategy, RefreshStrategy } from '../refresh/refresh-strategy';

/** Warns of a failed refresh that a retry cannot correct: a 4xx, or an answer that cannot be read. For development only. */
export function warnIfPermanent(failure: unknown, strategy: RefreshStrategy): void {
  const { endpoint } = strategy as EndpointStrategy;
  if (failure instanceof AuthError && failure.code === 'bad-token-response') {
    const place = endpoint ? ` of ${displayUrl(endpoint)}` : '';
    // An app may write anything into an error of its own, also what it has read.
    const reason = failure instanceof OwnAuthError ? `: ${detailOf(failure)}` : '.';
    warn(`The answer${place} cannot be read${reason}`);
  }
  if (failure instanceof HttpErrorResponse && isPermanent(failure)) warn(describe(failure, endpoint));
}

function warn(reason: string): void {
  warnOnce(`the token refresh failed, and a retry will fail in the same way. ${reason}`);
}

/** 408 and 429 ask for a retry. With a success status the body was no JSON. */
function isPermanent({ status }: HttpErrorResponse): boolean {
  return (status >= 200 && status < 300) || (status >= 400 && status < 500 && ![408, 429].includes(status));
}

function describe(failure: HttpErrorResponse, endpoint: string | undefined): string {
  // A strategy of the app may put the token into a path.
  const place = endpoint ? displayUrl(endpoint) : (parseUrl(failure.url ?? '')?.origin ?? 'the server');
  if (failure.status < 300) return `The answer of ${place} is not JSON.`;
  const found = fieldNames(failure.error);
  return (
    `${place} answered ${failure.status}${found ? ` with ${found}` : ''}. Check the URL, the method and the body of the ` +
    "strategy. If this answer means that the refresh token is invalid, give the strategy 'refused'."
  );
}
