import { cookieTabs } from '../../tabs/cookie-tabs';
import type { RefreshOptions, RefreshStrategy } from '../refresh-strategy';
import { requestTokens, withEndpoint } from './token-endpoint';

/**
 * `POST url` with credentials and no body: the refresh token is an HttpOnly cookie. It also runs with nobody signed in,
 * so that a reload restores the session. The XSRF cookie is repeated as a header, if this page can read one: Angular's
 * own XSRF protection does not see this request.
 *
 * @param options.cookieName the XSRF cookie; default `XSRF-TOKEN`
 * @param options.headerName the XSRF header; default `X-XSRF-TOKEN`
 */
export function refreshCookie(
  url: string,
  options: RefreshOptions & { readonly cookieName?: string; readonly headerName?: string } = {},
): RefreshStrategy {
  const { cookieName = 'XSRF-TOKEN', headerName = 'X-XSRF-TOKEN' } = options;
  const strategy = withEndpoint(url, (tokens, context) => {
    const xsrf = readCookie(context.document ?? globalThis.document, cookieName);
    const headers: Record<string, string> = xsrf ? { [headerName]: xsrf } : {};
    return requestTokens({ url, tokens, headers, withCredentials: true }, options, context);
  });
  return Object.assign(strategy, { restores: true, ...cookieTabs(url) });
}

function readCookie(document: Document, name: string): string | undefined {
  let value: string | undefined;
  try {
    // Throws in a sandboxed frame, and without a page.
    const found = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${name}=`));
    value = found?.slice(name.length + 1);
    return value && decodeURIComponent(value);
  } catch {
    return value;
  }
}
