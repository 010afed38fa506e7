import { HttpErrorResponse } from '@angular/common/http';
import { AuthError } from '../auth-errors';
import { detailOf, warnOnce } from './warn-once';
import { fieldNames } from '../session/field-names';
import type { EndpointStrategy, RefreshStrategy } from '../refresh/refresh-strategy';

/** Warns of a failed refresh that a retry cannot correct: a 4xx, or an answer that cannot be read. For development only. */
export function warnIfPermanent(failure: unknown, strategy: RefreshStrategy): void {
  const { endpoint } = strategy as EndpointStrategy;
  if (failure instanceof AuthError && failure.code === 'bad-token-response') {
    warn(`The answer${endpoint ? ` of ${withoutQuery(endpoint)}` : ''} cannot be read: ${detailOf(failure)}`);
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
  const place = withoutQuery(failure.url ?? endpoint ?? 'the server');
  if (failure.status < 300) return `The answer of ${place} is not JSON.`;
  const found = fieldNames(failure.error);
  return (
    `${place} answered ${failure.status}${found ? ` with ${found}` : ''}. Check the URL, the method and the body of the ` +
    "strategy. If this answer means that the refresh token is invalid, give the strategy 'refused'."
  );
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*/s, '');
}
