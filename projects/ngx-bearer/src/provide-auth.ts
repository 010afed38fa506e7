import { DOCUMENT } from '@angular/common';
import { type EnvironmentProviders, inject, makeEnvironmentProviders, PLATFORM_ID } from '@angular/core';
import { type AuthConfig, type AuthSettings, readConfig } from './auth-config';
import { AuthInterceptor } from './auth-interceptor';
import { AUTH_PARTS, type AuthParts } from './auth-parts';
import { AuthSession } from './auth-session';
import { RefreshGate } from './refresh/refresh-gate';
import { RefreshLimit } from './refresh/refresh-limit';
import { createRefreshLock, lockLifetime } from './refresh/refresh-lock';
import { withHints } from './request/scope-hint';
import { createTokenScope } from './request/token-scope';
import { openDatabase } from './session/store/database';
import { openStore } from './session/store/open-store';
import { areaStorage } from './session/store/token-storage';
import { SessionRecord } from './session/session-record';
import { shareSignOut } from './session/shared-sign-out';
import { SharedSession } from './session/shared-session';
import { underTest } from './test-settings';

/**
 * Sets up one session for the environment it is provided in. Stands beside
 * `provideHttpClient(withInterceptors([authInterceptor]))`.
 *
 * @throws AuthError `bad-config` at once, naming the option and the remedy.
 */
export function provideAuth(config: AuthConfig): EnvironmentProviders {
  const settings = readConfig(config);
  return makeEnvironmentProviders([
    { provide: AUTH_PARTS, useFactory: () => createParts(ngDevMode ? underTest(settings) : settings) },
    AuthSession,
    AuthInterceptor,
  ]);
}

function createParts(options: AuthSettings): AuthParts {
  const document = inject(DOCUMENT);
  const isServer = inject(PLATFORM_ID) === 'server';
  const settings = { ...options, isServer };
  const { session, shared, lock } = openSession(settings, isServer ? null : document.defaultView);
  // On a server the page's address comes from the Host header, which anybody may write.
  const ownOrigin = isServer ? null : document.location.origin;
  const limit = new RefreshLimit(settings.refreshLimit);
  const place = { ...settings, ownOrigin, baseUri: () => (isServer ? null : document.baseURI) };
  const isInScope = createTokenScope(place);
  return {
    settings,
    session,
    gate: new RefreshGate({ settings, session, shared, lock, limit }),
    isInScope: ngDevMode
      ? withHints(isInScope, { ...place, isSignedIn: () => !!session.credential })
      : isInScope,
  };
}

/** The session, and what keeps it in step with that of other tabs. Nothing is opened where tabs share nothing. */
function openSession(settings: AuthSettings, window: Window | null) {
  const { crossTab, storage, storageKey, refreshTimeout } = settings;
  const database = crossTab ? openDatabase(window, `${storageKey}.session`) : null;
  const lock = crossTab ? createRefreshLock(window, database, lockLifetime(refreshTimeout)) : null;
  const store = openStore(settings, window, database);
  const session = new SessionRecord(settings, store);
  const shared = new SharedSession(session, store);
  if (crossTab && window) {
    shared.followAll(window);
    const area = storage === 'memory' ? areaStorage('local', `${storageKey}.signed-out`, window) : null;
    if (area) shareSignOut(session, area, window);
  }
  return { session, shared, lock };
}
