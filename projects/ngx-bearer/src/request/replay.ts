import { HttpParams, type HttpRequest, type HttpXsrfTokenExtractor } from '@angular/common/http';
import { agrees } from './agrees';

/** Which requests may be sent a second time. */
type ReplayRule = 'all' | 'idempotent' | ((request: HttpRequest<unknown>) => boolean);

/** RFC 9110 section 9.2.2. */
const IDEMPOTENT = /^(GET|HEAD|OPTIONS|TRACE|PUT|DELETE)$/;

/** Whether the rule lets this request be sent a second time. */
export function mayReplay(request: HttpRequest<unknown>, rule: ReplayRule): boolean {
  return typeof rule === 'function'
    ? agrees(() => rule(request))
    : rule === 'all' || IDEMPOTENT.test(request.method);
}

/**
 * Returns how to put the XSRF token of the moment on a request. Angular's own interceptor has run before ours, and
 * does not run again; its header may have any name, and is known by its value.
 */
export function keepXsrf(
  request: HttpRequest<unknown>,
  xsrf: HttpXsrfTokenExtractor | null,
): (replay: HttpRequest<unknown>) => HttpRequest<unknown> {
  const sent = /^(GET|HEAD)$/.test(request.method) ? null : xsrf?.getToken();
  const name = sent && request.headers.keys().find((key) => request.headers.get(key) === sent);
  return (replay) => {
    const current = name && xsrf?.getToken();
    return current ? replay.clone({ setHeaders: { [name]: current } }) : replay;
  };
}

/** Returns how to make the request again with the body it is sent with now, whatever the caller does to the object. */
export function keepBody<T>(request: HttpRequest<T>): () => HttpRequest<T> {
  const { body } = request;
  if (typeof body !== 'object' || body === null || body instanceof HttpParams) return () => request;
  // Angular serialises an object at each sending, so an object changed meanwhile would change the replay.
  const sent = request.serializeBody();
  const copy = sent instanceof URLSearchParams ? (new URLSearchParams(sent) as T) : body;
  return () => request.clone({ body: typeof sent === 'string' ? (JSON.parse(sent) as T) : copy });
}
