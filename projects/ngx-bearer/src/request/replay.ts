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
 * Remembers what a request is when it is first sent, and returns how to make it again: with the same body although
 * the caller may have changed the object since, and with the XSRF token of the moment.
 */
export function prepareReplay<T>(
  request: HttpRequest<T>,
  xsrf: HttpXsrfTokenExtractor | null,
): () => HttpRequest<T> {
  if (/^(GET|HEAD)$/.test(request.method)) return () => request;
  const makeBody = keepBody(request);
  const sent = xsrf?.getToken();
  return () => {
    // Angular's own interceptor has run before ours and does not run again. Its header is known by its value.
    const name = sent && request.headers.keys().find((key) => request.headers.get(key) === sent);
    const current = xsrf?.getToken();
    return request.clone({ body: makeBody(), ...(name && current && { setHeaders: { [name]: current } }) });
  };
}

/** Angular serialises an object at each sending, so an object changed meanwhile would change the replay. */
function keepBody<T>(request: HttpRequest<T>): () => T | null {
  const { body } = request;
  const sent =
    body && typeof body === 'object' && !(body instanceof HttpParams) ? request.serializeBody() : null;
  const copy = sent instanceof URLSearchParams ? (new URLSearchParams(sent) as T) : body;
  return () => (typeof sent === 'string' ? (JSON.parse(sent) as T) : copy);
}
