import { DOCUMENT } from '@angular/common';
import {
  FetchBackend,
  HttpBackend,
  HttpClient,
  HttpErrorResponse,
  type HttpResponse,
  type HttpResponseBase,
} from '@angular/common/http';
import { inject } from '@angular/core';
import { map, type Observable, tap, throwError } from 'rxjs';
import { AuthError } from '../../auth-errors';
import { type AuthTokens, readTokens } from '../../session/tokens';
import type { EndpointStrategy, RefreshContext, RefreshStrategy } from '../refresh-strategy';

/** Reads a server's answer that names its fields otherwise. */
type ReadResponse = (response: unknown) => AuthTokens;

/** One POST to a token endpoint. */
export interface TokenRequest {
  readonly url: string;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
  readonly withCredentials?: boolean;
  readonly read?: ReadResponse | undefined;
}

/** Lets the configuration know which endpoint a strategy asks. */
export function asking(url: string, strategy: RefreshStrategy): RefreshStrategy {
  return Object.assign(strategy, { endpoint: url } satisfies Partial<EndpointStrategy>);
}

/** Sends it, and reads the tokens. A redirect fails: it would carry the tokens to wherever it points. */
export function askTokenEndpoint(
  { url, body, headers = {}, withCredentials = false, read = readTokens }: TokenRequest,
  context: RefreshContext,
): Observable<AuthTokens> {
  const { origin } = new URL(url, inject(DOCUMENT).baseURI);
  // XMLHttpRequest follows redirects whatever it is told.
  const isXhr = 'xhrFactory' in inject(HttpBackend);
  const http = isXhr ? new HttpClient(new FetchBackend()) : context.http;
  // Whatever the backend of the app does, neither tokens nor a refusal from elsewhere are believed.
  const refuseElsewhere = ({ url: from }: HttpResponseBase): void => {
    if (from && new URL(from, origin).origin !== origin) {
      throw new AuthError(
        'bad-token-response',
        ngDevMode && 'the token endpoint redirected to another origin.',
      );
    }
  };
  return http
    .post<unknown>(url, body, {
      headers,
      withCredentials,
      observe: 'response',
      redirect: 'error',
    })
    .pipe(
      tap<HttpResponse<unknown>>({ next: refuseElsewhere, error: refuseElsewhere }),
      map((response) => readAnswer(response.body, read)),
    );
}

/** For a protocol that needs a token there is none of: what a server would say if it were asked. */
export function refuseUnsent(url: string): Observable<never> {
  return throwError(
    () => new HttpErrorResponse({ status: 401, statusText: 'No Token To Refresh With', url }),
  );
}

function readAnswer(answer: unknown, read: ReadResponse): AuthTokens {
  try {
    return read(answer);
  } catch (error) {
    // What `read` says may quote the answer, and with it a token.
    throw error instanceof AuthError
      ? error
      : new AuthError('bad-token-response', ngDevMode && "'read' threw.");
  }
}
