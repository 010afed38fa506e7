import type { HttpErrorResponse } from '@angular/common/http';
import type { RefreshOptions, RefreshStrategy } from '../refresh-strategy';
import { rejectWithoutToken, requestTokens, withEndpoint } from './token-endpoint';

/**
 * The OAuth 2.0 refresh token grant of a public client (RFC 6749 section 6), form-encoded. A 400 without a readable
 * `error` counts as refused, too: some servers answer an invalid refresh token with an empty body.
 *
 * @param options.scope asks for less than the original scope; not sent by default
 */
export function refreshTokenGrant(
  options: RefreshOptions & {
    readonly tokenEndpoint: string;
    readonly clientId: string;
    readonly scope?: string;
  },
): RefreshStrategy {
  const { tokenEndpoint: url, clientId, scope, refused } = options;
  const grantOptions: RefreshOptions = {
    ...options,
    refused: (error) => isWithoutReason(error) || !!refused?.(error),
  };
  return withEndpoint(url, (tokens, context) => {
    if (!tokens?.refreshToken) return rejectWithoutToken();
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: tokens.refreshToken,
      client_id: clientId,
      ...(scope ? { scope } : {}),
    });
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return requestTokens({ url, tokens, body: form.toString(), headers }, grantOptions, context);
  });
}

function isWithoutReason({ status, error }: HttpErrorResponse): boolean {
  return status === 400 && typeof (error as { error?: unknown } | null)?.error !== 'string';
}
