import { DOCUMENT } from '@angular/common';
import { type EnvironmentProviders, inject, makeEnvironmentProviders, PLATFORM_ID } from '@angular/core';
import { type AuthConfig, type AuthSettings, readConfig } from './auth-config';
import { AuthInterceptor } from './auth-interceptor';
import { AUTH_PARTS, type AuthParts } from './auth-parts';
import { AuthSession } from './auth-session';
import { RefreshGate } from './refresh/refresh-gate';
import { createTokenScope } from './request/token-scope';
import { SessionRecord } from './session/session-record';

/**
 * Sets up one session for the environment it is provided in. Stands beside
 * `provideHttpClient(withInterceptors([authInterceptor]))`.
 *
 * @throws AuthError `bad-config` at once, naming the option and the remedy.
 */
export function provideAuth(config: AuthConfig): EnvironmentProviders {
  const settings = readConfig(config);
  return makeEnvironmentProviders([
    { provide: AUTH_PARTS, useFactory: () => createParts(settings) },
    AuthSession,
    AuthInterceptor,
  ]);
}

function createParts(options: AuthSettings): AuthParts {
  const document = inject(DOCUMENT);
  const isServer = inject(PLATFORM_ID) === 'server';
  const settings = { ...options, isServer, ...(isServer && { refreshAhead: false as const }) };
  const session = new SessionRecord(settings);
  // On a server the page's origin comes from the Host header, which anybody may write.
  const ownOrigin = isServer ? null : document.location.origin;
  return {
    settings,
    session,
    gate: new RefreshGate(settings, session),
    isInScope: createTokenScope({ ...settings, ownOrigin, baseUri: () => document.baseURI }),
  };
}
