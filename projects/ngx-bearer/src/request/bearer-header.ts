import type { HttpRequest } from '@angular/common/http';

const AUTHORIZATION = 'Authorization';

/** How the token is sent. */
export interface BearerHeader {
  readonly headerName: string;
  readonly scheme: string;
}

/** As `provideAuth` has it by default. */
export const DEFAULT_HEADER: Readonly<BearerHeader> = { headerName: AUTHORIZATION, scheme: 'Bearer' };

/** Whether the caller has already named the user; such a request is not ours. */
export function hasBearer({ headers }: HttpRequest<unknown>, { headerName }: BearerHeader): boolean {
  return headers.has(AUTHORIZATION) || (headerName !== AUTHORIZATION && headers.has(headerName));
}

/** The header with the token. */
export function bearerHeader(
  token: string,
  { headerName, scheme }: BearerHeader = DEFAULT_HEADER,
): Record<string, string> {
  return { [headerName]: scheme ? `${scheme} ${token}` : token };
}

/** The request with the token on it; the same object without a token. */
export function withBearer<T>(
  request: HttpRequest<T>,
  token: string | undefined,
  header: BearerHeader,
): HttpRequest<T> {
  if (!token) return request;
  const setHeaders = bearerHeader(token, header);
  // Browsers strip `Authorization` from a redirect to another origin, and no other header
  // (https://fetch.spec.whatwg.org/#http-redirect-fetch): with another name a redirect has to fail.
  const isStripped =
    header.headerName === AUTHORIZATION || header.headerName.toLowerCase() === 'authorization';
  return request.clone(isStripped ? { setHeaders } : { setHeaders, redirect: 'error' });
}
