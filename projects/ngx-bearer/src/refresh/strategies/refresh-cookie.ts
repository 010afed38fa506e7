import { DOCUMENT } from '@angular/common';
import { inject } from '@angular/core';
import type { AuthTokens } from '../../session/tokens';
import type { RefreshStrategy } from '../refresh-strategy';
import { asking, askTokenEndpoint } from './token-endpoint';

/**
 * `POST url` with credentials and no body: the refresh token is an HttpOnly cookie. It also runs with nobody
 * signed in, so that a reload restores the session. The XSRF cookie is repeated as a header, where this page can
 * read one: Angular's own XSRF protection does not see this request.
 *
 * @param options.cookieName the XSRF cookie; default `XSRF-TOKEN`
 * @param options.headerName the XSRF header; default `X-XSRF-TOKEN`
 * @param options.read reads the answer; default `readTokens`
 */
export function refreshCookie(
  url: string,
  options: {
    readonly cookieName?: string;
    readonly headerName?: string;
    readonly read?: (response: unknown) => AuthTokens;
  } = {},
): RefreshStrategy {
  const { cookieName = 'XSRF-TOKEN', headerName = 'X-XSRF-TOKEN', read } = options;
  const strategy = asking(url, (_tokens, context) => {
    const xsrf = readCookie(inject(DOCUMENT), cookieName);
    const headers = xsrf ? { [headerName]: xsrf } : {};
    return askTokenEndpoint({ url, body: null, headers, withCredentials: true, read }, context);
  });
  return Object.assign(strategy, { restores: true });
}

function readCookie(document: Document, name: string): string | undefined {
  let value: string | undefined;
  try {
    // Throws in a sandboxed frame.
    const found = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${name}=`));
    value = found?.slice(name.length + 1);
    return value && decodeURIComponent(value);
  } catch {
    return value;
  }
}
