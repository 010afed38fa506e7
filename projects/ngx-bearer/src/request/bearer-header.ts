import type { HttpRequest } from '@angular/common/http';

const AUTHORIZATION = 'Authorization';

/** How the token is sent. */
interface BearerHeader {
  readonly headerName: string;
  readonly scheme: string;
}

/** Whether somebody has already said who the request comes from; such a request is not ours. */
export function hasBearer({ headers }: HttpRequest<unknown>, { headerName }: BearerHeader): boolean {
  return headers.has(AUTHORIZATION) || (headerName !== AUTHORIZATION && headers.has(headerName));
}

/** The request with the token on it; the same object where there is none. */
export function withBearer<T>(
  request: HttpRequest<T>,
  token: string | undefined,
  { headerName, scheme }: BearerHeader,
): HttpRequest<T> {
  if (!token) return request;
  const setHeaders = { [headerName]: scheme ? `${scheme} ${token}` : token };
  // Browsers strip `Authorization` from a redirect to another origin, and no other header
  // (https://fetch.spec.whatwg.org/#http-redirect-fetch): with another name a redirect has to fail.
  const isStripped = headerName === AUTHORIZATION || headerName.toLowerCase() === 'authorization';
  return request.clone(isStripped ? { setHeaders } : { setHeaders, redirect: 'error' });
}
