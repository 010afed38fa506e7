import { DOCUMENT } from '@angular/common';
import { HttpBackend, HttpErrorResponse, type HttpResponse } from '@angular/common/http';
import { inject } from '@angular/core';
import { map, type Observable, throwError } from 'rxjs';
import { AuthError } from '../../auth-errors';
import { type AuthTokens, readTokens } from '../../session/tokens';
import type { RefreshContext } from '../refresh-strategy';

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

/** Sends it, and reads the tokens. A redirect fails: it would carry the tokens to wherever it points. */
export function askTokenEndpoint(
  { url, body, headers = {}, withCredentials = false, read = readTokens }: TokenRequest,
  { http }: RefreshContext,
): Observable<AuthTokens> {
  const { baseURI } = inject(DOCUMENT);
  // XMLHttpRequest follows redirects whatever it is told, and Angular warns where it is told.
  const isXhr = 'xhrFactory' in inject(HttpBackend);
  return http
    .post<unknown>(url, body, {
      headers,
      withCredentials,
      observe: 'response',
      ...(!isXhr && { redirect: 'error' }),
    })
    .pipe(map((response) => readAnswer(response, new URL(url, baseURI).origin, read)));
}

/** For a protocol that needs a token there is none of: what a server would say if it were asked. */
export function refuseUnsent(url: string): Observable<never> {
  return throwError(
    () => new HttpErrorResponse({ status: 401, statusText: 'No Token To Refresh With', url }),
  );
}

function readAnswer(response: HttpResponse<unknown>, origin: string, read: ReadResponse): AuthTokens {
  // XMLHttpRequest follows redirects without asking.
  if (response.url && new URL(response.url, origin).origin !== origin) {
    throw new AuthError(
      'bad-token-response',
      ngDevMode && 'the token endpoint redirected to another origin.',
    );
  }
  try {
    return read(response.body);
  } catch (error) {
    // What `read` says may quote the answer, and with it a token.
    throw error instanceof AuthError
      ? error
      : new AuthError('bad-token-response', ngDevMode && "'read' threw.");
  }
}
