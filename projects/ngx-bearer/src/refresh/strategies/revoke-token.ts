import type { Observable } from 'rxjs';
import type { AuthTokens } from '../../session/tokens';
import type { RefreshContext } from '../refresh-strategy';

/**
 * An `onSignOut` that revokes the tokens at an OAuth 2.0 server (RFC 7009), as a public client: the refresh token, with which
 * a server also revokes its access tokens, or the access token if there is no other. The request outlives the page.
 */
export function revokeToken(options: {
  readonly revocationEndpoint: string;
  readonly clientId: string;
}): (tokens: AuthTokens, context: RefreshContext) => Observable<unknown> {
  const { revocationEndpoint: endpoint, clientId } = options;
  const revoke = (tokens: AuthTokens, { http }: RefreshContext): Observable<unknown> => {
    const { accessToken, refreshToken } = tokens;
    const form = new URLSearchParams({
      token: refreshToken ?? accessToken,
      token_type_hint: refreshToken ? 'refresh_token' : 'access_token',
      client_id: clientId,
    });
    return http.request('POST', endpoint, {
      body: form.toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      responseType: 'text',
      redirect: 'error',
      keepalive: true,
    });
  };
  return Object.assign(revoke, { endpoint });
}
