import { isPlatformServer } from '@angular/common';
import { type EnvironmentProviders, inject, makeEnvironmentProviders, PLATFORM_ID } from '@angular/core';
import { type AuthConfig, readConfig } from './auth-config';
import { AuthInterceptor } from './auth-interceptor';
import { AUTH_PARTS, type AuthParts } from './auth-parts';
import { AuthSession } from './auth-session';
import { RefreshGate } from './refresh/refresh-gate';
import { SessionRecord } from './session/session-record';

/**
 * Sets up one session for the environment it is provided in. Stands beside
 * `provideHttpClient(withInterceptors([authInterceptor]))`.
 *
 * @throws AuthError `bad-config` at once, naming the option and the remedy.
 */
export function provideAuth(config: AuthConfig): EnvironmentProviders {
  const options = readConfig(config);
  return makeEnvironmentProviders([
    {
      provide: AUTH_PARTS,
      useFactory: (): AuthParts => {
        const isServer = isPlatformServer(inject(PLATFORM_ID));
        const settings = { ...options, isServer, ...(isServer && { refreshAhead: false as const }) };
        const session = new SessionRecord(settings);
        return { settings, session, gate: new RefreshGate(settings, session) };
      },
    },
    AuthSession,
    AuthInterceptor,
  ]);
}
