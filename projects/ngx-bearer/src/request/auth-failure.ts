import { HttpErrorResponse, type HttpRequest } from '@angular/common/http';
import { AuthError, type AuthErrorCode } from '../auth-errors';

/** What the caller gets whose request was not sent, or whose token could not be renewed. */
export function authFailure(
  { urlWithParams }: HttpRequest<unknown>,
  error: AuthError,
  status: number,
): HttpErrorResponse {
  return new HttpErrorResponse({ status, statusText: error.code, url: urlWithParams, error });
}

/** For a request that was not sent, for want of a session. */
export function unsent(request: HttpRequest<unknown>, code: AuthErrorCode): HttpErrorResponse {
  return authFailure(
    request,
    new AuthError(code, ngDevMode && 'the request was not sent; sign in and send it again.'),
    401,
  );
}
