import { HttpErrorResponse, type HttpResponse, type HttpResponseBase } from '@angular/common/http';
import { catchError, map, type Observable, tap, throwError } from 'rxjs';
import { AuthError, isRefused, OwnAuthError } from '../../auth-errors';
import { displayUrl, parseUrl } from '../../request/parse-url';
import { safePredicate } from '../../request/safe-predicate';
import { fieldNames } from '../../session/field-names';
import { type AuthTokens, readTokens } from '../../session/tokens';
import type { EndpointContext, EndpointStrategy, RefreshOptions, RefreshStrategy } from '../refresh-strategy';

/** One request to a token endpoint. */
export interface TokenRequest {
  readonly url: string;
  readonly tokens: AuthTokens | null;
  /** @default null */
  readonly body?: unknown;
  /** Of the protocol; those of the options replace them. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly withCredentials?: boolean;
}

/** Names the endpoint of a strategy, so that the configuration can check it. */
export function withEndpoint(
  url: string,
  strategy: (tokens: AuthTokens | null, context: EndpointContext) => Observable<AuthTokens>,
): RefreshStrategy {
  return Object.assign(strategy, { endpoint: url } satisfies Partial<EndpointStrategy>);
}

/** Sends the request, and reads the tokens. A redirect fails: it would take the tokens to another place. */
export function requestTokens(
  { url, tokens, body = null, headers, withCredentials = false }: TokenRequest,
  { read = readTokens, method = 'POST', headers: more, refused = () => false }: RefreshOptions,
  { http, document = globalThis.document }: EndpointContext,
): Observable<AuthTokens> {
  const assertSameOrigin = sameOriginAssertion(url, document);
  return http
    .request<unknown>(method, url, {
      ...(method === 'GET' ? {} : { body }),
      headers: { ...headers, ...(typeof more === 'function' ? more(tokens && { ...tokens }) : more) },
      withCredentials,
      observe: 'response',
      redirect: 'error',
    })
    .pipe(
      tap<HttpResponse<unknown>>({ next: assertSameOrigin, error: assertSameOrigin }),
      catchError((failure: unknown) => {
        const isRefused = failure instanceof HttpErrorResponse && safePredicate(() => refused(failure));
        return throwError(() => (isRefused ? refusal() : failure));
      }),
      map((response) => readAnswer(response.body, url, read)),
    );
}

/** A protocol that needs a token cannot go on without one. */
export function rejectWithoutToken(): Observable<never> {
  return throwError(refusal);
}

function refusal(): AuthError {
  return new AuthError('refused');
}

/**
 * Neither tokens nor a refusal from another origin are believed, whatever the backend of the app does with `redirect`.
 * An answer that names the page's own origin and was not redirected comes through a bridge, as CapacitorHttp's.
 */
function sameOriginAssertion(
  url: string,
  document: Document | undefined,
): (answer: HttpResponseBase) => void {
  // In a test of an app that runs without a page.
  if (!document) return () => undefined;
  const base = document.baseURI;
  const expected = parseUrl(url, base)?.origin;
  return ({ url: from, redirected = false }) => {
    const origin = from ? parseUrl(from, base)?.origin : expected;
    const isBridge = !redirected && origin === document.location.origin;
    if (origin === expected || isBridge) return;
    throw new OwnAuthError(
      'bad-token-response',
      ngDevMode && `the token endpoint ${displayUrl(url)} redirected to another origin.`,
    );
  };
}

function readAnswer(answer: unknown, url: string, read: (response: unknown) => AuthTokens): AuthTokens {
  try {
    return read(answer);
  } catch (error) {
    if (error instanceof OwnAuthError || isRefused(error)) throw error;
    // The text of another error may quote the answer, and with it a token.
    const found = ngDevMode && fieldNames(answer);
    throw new OwnAuthError(
      'bad-token-response',
      ngDevMode &&
        `'read' threw for the answer of ${displayUrl(url)}; ${found ? `the answer has ${found}` : 'it has no fields'}.`,
    );
  }
}
