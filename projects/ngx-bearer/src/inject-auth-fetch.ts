import { HttpErrorResponse, HttpHeaders, HttpRequest, HttpResponse } from '@angular/common/http';
import { EnvironmentInjector, inject } from '@angular/core';
import { defer, EMPTY, type Observable, of, switchMap, throwError } from 'rxjs';
import { AuthInterceptor } from './auth-interceptor';
import { AUTH_SESSIONS, mostSpecific } from './auth-parts';

/**
 * A `fetch` for generated clients, streams and server-sent events: with the rules, the gate and the replay of `HttpClient`. A
 * request that no rule covers, or that has the header already, is sent as it is. Has to run in an injection context.
 *
 * It resolves with a 401 only if the request could not be healed. It rejects with an `AuthError` if no new token can be got for
 * now (`refresh-unavailable`, `refresh-limit`), or if the session ended before the request was sent (`session-ended`). A request
 * whose body is a stream cannot be sent twice: it gets its own 401, and the refresh starts behind it.
 *
 * @param name only the token of the session with this name is sent; by default the most specific rule of all sessions decides
 */
export function injectAuthFetch(name?: string): typeof fetch {
  const injector = inject(EnvironmentInjector);
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const parts = mostSpecific(injector.get(AUTH_SESSIONS), url);
    if (!parts || (name !== undefined && parts.settings.name !== name)) return fetch(input, init);
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const isStream = init?.body instanceof ReadableStream;
    return send(injector.get(AuthInterceptor), request, isStream);
  };
}

/** Sends a request past the interceptor, and again if that wants it. The first answer to a stream is its last. */
function send(interceptor: AuthInterceptor, request: Request, isStream: boolean): Promise<Response> {
  const { method, url, headers, signal } = request;
  return new Promise((resolve, reject) => {
    let unsent: Request | null = request;
    const handle = (sent: HttpRequest<unknown>): Observable<HttpResponse<Response>> => {
      const attempt = unsent;
      // Its caller has its own answer by now.
      if (!attempt) return EMPTY;
      unsent = isStream ? null : attempt.clone();
      return defer(() => fetch(withHeaders(attempt, sent))).pipe(
        switchMap((response) => {
          if (response.ok) return of(new HttpResponse({ body: response }));
          if (isStream) resolve(response);
          return throwError(() => failureOf(response));
        }),
      );
    };
    const seen = new HttpRequest<unknown>(method, url, null, { headers: new HttpHeaders(headers) });
    const sending = interceptor.intercept(seen, { handle }).subscribe({
      next: (event) => {
        resolve((event as HttpResponse<Response>).body as Response);
      },
      error: (failure: unknown) => {
        const answer = (failure instanceof HttpErrorResponse ? failure.error : failure) as Response | Error;
        if (answer instanceof Response) resolve(answer);
        else reject(answer);
      },
    });
    signal.addEventListener('abort', () => {
      sending.unsubscribe();
      reject(signal.reason as Error);
    });
  });
}

function withHeaders(request: Request, { headers, redirect }: HttpRequest<unknown>): Request {
  for (const name of headers.keys()) request.headers.set(name, String(headers.get(name)));
  if (redirect !== 'error') return request;
  // A request that is made of another one forgets where it comes from.
  const { referrer, referrerPolicy } = request;
  return new Request(request, { redirect, referrer, referrerPolicy });
}

/** An answer as a failure of `HttpClient`, by which rejections are known. */
function failureOf(response: Response): HttpErrorResponse {
  const { status, statusText, url, redirected } = response;
  return new HttpErrorResponse({
    error: response,
    headers: new HttpHeaders(response.headers),
    status,
    statusText,
    url,
    redirected,
  });
}
