import type { Depot } from '../depot.ts';
import type { TokenFamily } from './token-family.ts';

/** The body of every answer that carries tokens (RFC 6749 §5.1). */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
}

/** A new access token, beside a refresh token where the protocol has one. */
export interface IssuedTokens {
  readonly answer: TokenAnswer;
  readonly refreshToken: string | null;
}

/** The next token pair of a family; `url` is that of the request. */
export async function issueTokens(depot: Depot, family: TokenFamily, url: string): Promise<IssuedTokens> {
  const version = family.nextVersion();
  const refreshToken = family.protocol === 'exchange' ? null : depot.refreshTokens.issue(family, version);
  const { accessToken, expiresInSeconds } = await depot.accessTokens.sign(family, { version, url });
  return {
    answer: { access_token: accessToken, token_type: 'Bearer', expires_in: expiresInSeconds },
    refreshToken,
  };
}
