export { provideAuth } from './provide-auth';
export { AuthModule } from './auth-module';
export { AuthInterceptor, authInterceptor } from './auth-interceptor';
export { AuthSession } from './auth-session';
export { injectAuthSession } from './inject-auth-session';
export { injectAuthFetch } from './inject-auth-fetch';

export { exchangeToken } from './refresh/strategies/exchange-token';
export { postRefreshToken } from './refresh/strategies/post-refresh-token';
export { refreshTokenGrant } from './refresh/strategies/refresh-token-grant';
export { refreshCookie } from './refresh/strategies/refresh-cookie';
export { externalTokens } from './refresh/strategies/external-tokens';
export { revokeToken } from './refresh/strategies/revoke-token';
export { localTokenStorage } from './tabs/local-token-storage';
export { sessionTokenStorage } from './tabs/session-token-storage';
export { sharedTokenStorage } from './tabs/shared-token-storage';
export { readTokens } from './session/tokens';

export { AUTH, requireAuth, skipAuth } from './request/auth-context';
export { isTokenRejection } from './request/token-rejection';
export { AuthError } from './auth-errors';

export { AUTH_SESSIONS as ɵAUTH_SESSIONS, findSession as ɵfindSession } from './auth-parts';
export { warnOnce as ɵwarnOnce } from './hints/warn-once';
export { authFailure as ɵauthFailure } from './request/auth-failure';
export { displayUrl as ɵdisplayUrl } from './request/parse-url';
export { withhold as ɵwithhold } from './request/withheld-events';
export { parseJson as ɵparseJson } from './session/tokens';
export { attempt as ɵattempt } from './storage/attempt';
export { openDatabase as ɵopenDatabase } from './tabs/database';
export { TEST_SETTINGS as ɵTEST_SETTINGS } from './test-settings';

export type { AuthConfig } from './auth-config';
export type { AuthErrorCode } from './auth-errors';
export type { AuthEvent } from './auth-events';
export type { RefreshContext, RefreshOptions, RefreshStrategy } from './refresh/refresh-strategy';
export type { AuthTokens } from './session/tokens';
export type { RequestProof as ɵRequestProof } from './request-proof';
export type { TokenStorage } from './storage/token-storage';
