import type { AuthTokens } from '../../session/tokens';
import type { RefreshStrategy } from '../refresh-strategy';
import { asking, askTokenEndpoint, refuseUnsent } from './token-endpoint';

/**
 * The OAuth 2.0 refresh token grant of a public client (RFC 6749 section 6), form-encoded.
 *
 * @param options.scope asks for less than the original scope; left out by default
 * @param options.read reads the answer; default `readTokens`
 */
export function refreshTokenGrant(options: {
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly scope?: string;
  readonly read?: (response: unknown) => AuthTokens;
}): RefreshStrategy {
  const { tokenEndpoint: url, clientId, scope, read } = options;
  return asking(url, (tokens, context) => {
    if (!tokens?.refreshToken) return refuseUnsent(url);
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: tokens.refreshToken,
      client_id: clientId,
      ...(scope ? { scope } : {}),
    });
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return askTokenEndpoint({ url, body: form.toString(), headers, read }, context);
  });
}
