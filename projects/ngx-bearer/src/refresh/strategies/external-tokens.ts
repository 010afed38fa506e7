import { from, map, of } from 'rxjs';
import { AuthError } from '../../auth-errors';
import type { Session } from '../../session/session';
import type { AuthTokens } from '../../session/tokens';
import type { RefreshStrategy } from '../refresh-strategy';
import type { SessionSync } from '../session-sync';

/**
 * An SDK of an identity provider is the source of the tokens (keycloak-js, MSAL, oidc-client-ts, auth0-spa-js, Firebase): it signs
 * in, keeps the tokens and refreshes them. `storage` is left out. `signIn` need not be called: while nobody is signed in, the SDK
 * is asked before each request to an allowed URL is sent, one call at a time, since it may have signed somebody in meanwhile.
 *
 * @param getToken returns an access token, or null if nobody is signed in. With `forceRefresh` the one before is expired or was
 * rejected, and another one is needed. An exception means that there is none for now, and keeps the session
 */
export function externalTokens(
  getToken: (options: { readonly forceRefresh: boolean }) => Promise<string | null>,
): RefreshStrategy {
  const strategy: RefreshStrategy = (tokens) =>
    from(getToken({ forceRefresh: !!tokens })).pipe(
      map((accessToken): AuthTokens => {
        // The property of an SDK may be undefined.
        if (!accessToken) throw new AuthError('refused');
        return { accessToken };
      }),
    );
  return Object.assign(strategy, { restores: true, isExternal: true, connect: connectExternal });
}

/** Tabs, and what survives a reload, are the affair of the SDK. */
function connectExternal({ session }: { readonly session: Session }): SessionSync {
  let answered = 0;
  return {
    // Null is the answer for all requests issued before it. For a later one the SDK is asked again.
    isRestorable: ({ order }) => order > answered,
    acquire: (credential) => of(credential && credential.tokens),
    replace: (_, next) => of(next),
    endRefused: () => {
      answered = session.issue().order;
      return of(null);
    },
  };
}
