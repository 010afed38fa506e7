import type { AuthTokens } from '../../session/tokens';
import type { RefreshOptions, RefreshStrategy } from '../refresh-strategy';
import { rejectWithoutToken, requestTokens, withEndpoint } from './token-endpoint';

/**
 * `POST url` with the refresh token as JSON: `{ "refresh_token": "…" }`.
 *
 * @param options.body makes another body of the tokens
 */
export function postRefreshToken(
  url: string,
  options: RefreshOptions & { readonly body?: (tokens: AuthTokens) => unknown } = {},
): RefreshStrategy {
  const { body = ({ refreshToken }) => ({ refresh_token: refreshToken }) } = options;
  return withEndpoint(url, (tokens, context) =>
    tokens?.refreshToken
      ? requestTokens({ url, tokens, body: body(tokens) }, options, context)
      : rejectWithoutToken(),
  );
}
