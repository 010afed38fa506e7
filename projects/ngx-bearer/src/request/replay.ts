import { HttpParams, type HttpRequest, type HttpXsrfTokenExtractor } from '@angular/common/http';
import { safePredicate } from './safe-predicate';

/** Which requests may be sent a second time. */
type ReplayRule = 'all' | 'idempotent' | ((request: HttpRequest<unknown>) => boolean);

/** RFC 9110 section 9.2.2. */
const IDEMPOTENT = /^(GET|HEAD|OPTIONS|TRACE|PUT|DELETE)$/;

/** Whether the rule lets this request be sent a second time. */
export function mayReplay(request: HttpRequest<unknown>, rule: ReplayRule): boolean {
  return typeof rule === 'function'
    ? safePredicate(() => rule(request))
    : rule === 'all' || IDEMPOTENT.test(request.method);
}

/**
 * The header in which Angular's own interceptor has put the XSRF token. It may have any name, and is known by its
 * value; undefined where there is none.
 */
export function findXsrfHeader(
  { method, headers }: HttpRequest<unknown>,
  xsrf: HttpXsrfTokenExtractor | null,
): string | undefined {
  const token = /^(GET|HEAD)$/.test(method) ? null : readXsrf(xsrf);
  return token ? headers.keys().find((name) => headers.get(name) === token) : undefined;
}

/** The replay with the XSRF token of the moment: Angular's interceptor runs before ours, and not again. */
export function withXsrf(
  replay: HttpRequest<unknown>,
  header: string,
  xsrf: HttpXsrfTokenExtractor | null,
): HttpRequest<unknown> {
  const token = replay.headers.has(header) && readXsrf(xsrf);
  return token ? replay.clone({ setHeaders: { [header]: token } }) : replay;
}

/** Null also in a sandboxed frame, which may not read its cookies. */
function readXsrf(xsrf: HttpXsrfTokenExtractor | null): string | null {
  try {
    return xsrf && xsrf.getToken();
  } catch {
    return null;
  }
}

/** Returns how to make the request again with the body it is sent with now, whatever the caller does to the object. */
export function keepBody<T>(request: HttpRequest<T>): () => HttpRequest<T> {
  const { body } = request;
  if (typeof body !== 'object' || body === null || body instanceof HttpParams) return () => request;
  // Angular serialises an object at each sending, so an object changed meanwhile would change the replay.
  const sent = request.serializeBody();
  const copy = sent instanceof URLSearchParams ? (new URLSearchParams(sent) as T) : body;
  return () => request.clone({ body: typeof sent === 'string' ? (parseBody(sent) as T) : copy });
}

/** A `toJSON` may give a text (as of a Date), a number or null. Angular would send these as they are, and not as JSON. */
function parseBody(sent: string): unknown {
  const value: unknown = JSON.parse(sent);
  return typeof value === 'object' && value !== null ? value : { toJSON: () => value };
}
