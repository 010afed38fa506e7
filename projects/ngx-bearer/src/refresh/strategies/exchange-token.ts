import { bearerHeader } from '../../request/bearer-header';
import type { RefreshOptions, RefreshStrategy } from '../refresh-strategy';
import { rejectWithoutToken, requestTokens, withEndpoint } from './token-endpoint';

/**
 * The old access token gets a new one: `POST url` with it in the header, as requests send it, and no body. Laravel's JWT
 * packages work so.
 */
export function exchangeToken(url: string, options: RefreshOptions = {}): RefreshStrategy {
  return withEndpoint(url, (tokens, context) =>
    tokens
      ? requestTokens(
          { url, tokens, headers: bearerHeader(tokens.accessToken, context.header) },
          options,
          context,
        )
      : rejectWithoutToken(),
  );
}
