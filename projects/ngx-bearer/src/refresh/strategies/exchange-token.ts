import type { AuthTokens } from '../../session/tokens';
import type { RefreshStrategy } from '../refresh-strategy';
import { asking, askTokenEndpoint, refuseUnsent } from './token-endpoint';

/**
 * The old token buys a new one: `POST url` with the old access token as bearer and no body, as Laravel's JWT
 * packages have it.
 *
 * @param options.read reads the answer; default `readTokens`
 */
export function exchangeToken(
  url: string,
  options: { readonly read?: (response: unknown) => AuthTokens } = {},
): RefreshStrategy {
  return asking(url, (tokens, context) =>
    tokens
      ? askTokenEndpoint(
          { url, body: null, headers: { Authorization: `Bearer ${tokens.accessToken}` }, read: options.read },
          context,
        )
      : refuseUnsent(url),
  );
}
