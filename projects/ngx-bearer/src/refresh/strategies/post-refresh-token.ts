import type { AuthTokens } from '../../session/tokens';
import type { RefreshStrategy } from '../refresh-strategy';
import { asking, askTokenEndpoint, refuseUnsent } from './token-endpoint';

/**
 * `POST url` with the refresh token as JSON: `{ "refresh_token": "…" }`.
 *
 * @param options.body makes another body of the tokens
 * @param options.read reads the answer; default `readTokens`
 */
export function postRefreshToken(
  url: string,
  options: {
    readonly body?: (tokens: AuthTokens) => unknown;
    readonly read?: (response: unknown) => AuthTokens;
  } = {},
): RefreshStrategy {
  const { body = ({ refreshToken }) => ({ refresh_token: refreshToken }), read } = options;
  return asking(url, (tokens, context) =>
    tokens?.refreshToken ? askTokenEndpoint({ url, body: body(tokens), read }, context) : refuseUnsent(url),
  );
}
