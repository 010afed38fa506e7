import { HttpContext, HttpContextToken, type HttpRequest } from '@angular/common/http';

/**
 * How one request is treated: `'auto'` attaches the token where it may go, `'skip'` leaves the request alone,
 * `'required'` is not sent while nobody is signed in.
 *
 * @default 'auto'
 */
export const AUTH = new HttpContextToken<'auto' | 'skip' | 'required'>(() => 'auto');

/** How a request is to be treated. To ask a context for what it does not hold would have it keep the default. */
export function readAuth({ context }: HttpRequest<unknown>): 'auto' | 'skip' | 'required' {
  return context.has(AUTH) ? context.get(AUTH) : 'auto';
}

/** A context whose request passes untouched: no token, no waiting, no refresh on its 401. */
export function skipAuth(context = new HttpContext()): HttpContext {
  return context.set(AUTH, 'skip');
}

/**
 * A context whose request is not sent while nobody is signed in. It waits for a session that is being read or can be restored.
 * Then, with nobody signed in, it fails with an `HttpErrorResponse` of status 401 whose `error` is an `AuthError` with the code
 * `not-signed-in`. If the restore gets no answer, it fails with `refresh-unavailable`, since nobody knows who is signed in.
 */
export function requireAuth(context = new HttpContext()): HttpContext {
  return context.set(AUTH, 'required');
}
