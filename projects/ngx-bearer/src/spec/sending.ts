import {
  HttpErrorResponse,
  type HttpEvent,
  HttpHeaders,
  type HttpRequest,
  HttpResponse,
} from '@angular/common/http';
import type { Subscriber } from 'rxjs';
import { parseUrl } from '../request/parse-url';

interface AnswerOptions {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Where it was answered from, after a redirect. */
  readonly url?: string;
  /** As Fetch reports it; XMLHttpRequest does not. */
  readonly redirected?: boolean;
}

/** One request as it reached the server. */
export class Sending {
  isOpen = true;
  isCancelled = false;
  /** Where it would go; what no browser can parse goes nowhere. */
  readonly url: URL;
  readonly body: ReturnType<HttpRequest<unknown>['serializeBody']>;
  /** The body as text, as it was then: what the caller changes later does not change it. */
  readonly bodyText: string;
  readonly #subscriber: Subscriber<HttpEvent<unknown>>;

  constructor(
    readonly request: HttpRequest<unknown>,
    subscriber: Subscriber<HttpEvent<unknown>>,
  ) {
    const { urlWithParams } = request;
    this.url = parseUrl(urlWithParams, document.baseURI) ?? new URL('about:blank');
    this.body = request.serializeBody();
    const isText = typeof this.body === 'string' || this.body instanceof URLSearchParams;
    this.bodyText = isText ? String(this.body) : Object.prototype.toString.call(this.body);
    this.#subscriber = subscriber;
  }

  get isRefresh(): boolean {
    return this.url.pathname === '/auth/token';
  }

  /** The token it carries: in the body of a refresh, else in the header. */
  get token(): string | null {
    const header = this.request.headers.get('Authorization')?.replace(/^Bearer /, '') ?? null;
    return this.isRefresh ? (refreshTokenIn(this.bodyText) ?? header) : header;
  }

  toString(): string {
    const { method } = this.request;
    const line = this.isRefresh ? 'refresh' : `${method} ${this.url.pathname}${this.url.search}`;
    return `${line} ${this.token ?? 'without token'}`;
  }

  /** Tells of progress before the answer. */
  tell(event: HttpEvent<unknown>): void {
    this.#subscriber.next(event);
  }

  succeed(body: unknown = null, { headers = {}, url = this.url.href, redirected }: AnswerOptions = {}): void {
    this.isOpen = false;
    this.#subscriber.next(
      new HttpResponse({
        body,
        headers: new HttpHeaders(headers),
        url,
        ...(redirected !== undefined && { redirected }),
      }),
    );
    this.#subscriber.complete();
  }

  /** Answers 401, and returns the error as the backend made it. */
  reject(wwwAuthenticate = 'Bearer error="invalid_token"'): HttpErrorResponse {
    return this.fail(401, { headers: { 'WWW-Authenticate': wwwAuthenticate } });
  }

  /** Answers with a failure, and returns the error as the backend made it. Status 0: nothing was answered. */
  fail(
    status: number,
    { body = null, headers = {}, url = this.url.href, redirected }: AnswerOptions = {},
  ): HttpErrorResponse {
    return this.fault(
      new HttpErrorResponse({
        status,
        error: body,
        headers: new HttpHeaders(headers),
        url,
        ...(redirected !== undefined && { redirected }),
      }),
    );
  }

  /** Ends with whatever error. */
  fault<T>(error: T): T {
    this.isOpen = false;
    this.#subscriber.error(error);
    return error;
  }

  /** Ends without an answer. */
  end(): void {
    this.isOpen = false;
    this.#subscriber.complete();
  }
}

/** Out of JSON or of a form. */
function refreshTokenIn(body: string): string | null {
  if (!body.startsWith('{')) return new URLSearchParams(body).get('refresh_token');
  return (JSON.parse(body) as { refresh_token?: string }).refresh_token ?? null;
}
