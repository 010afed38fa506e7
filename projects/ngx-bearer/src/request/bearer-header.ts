import type { HttpRequest } from '@angular/common/http';

/** How the token is sent. */
export interface BearerHeader {
  readonly headerName: string;
  readonly scheme: string;
}

/** Whether somebody has already said who the request comes from; such a request is not ours. */
export function hasBearer(request: HttpRequest<unknown>, { headerName }: BearerHeader): boolean {
  return request.headers.has('Authorization') || request.headers.has(headerName);
}

/** The request with the token on it. */
export function withBearer<T>(request: HttpRequest<T>, token: string, header: BearerHeader): HttpRequest<T> {
  const setHeaders = { [header.headerName]: header.scheme ? `${header.scheme} ${token}` : token };
  // Browsers strip `Authorization` from a redirect to another origin, and no other header
  // (https://fetch.spec.whatwg.org/#http-redirect-fetch): with another name a redirect has to fail.
  return header.headerName.toLowerCase() === 'authorization'
    ? request.clone({ setHeaders })
    : request.clone({ setHeaders, redirect: 'error' });
}
