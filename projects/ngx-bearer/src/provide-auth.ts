import { DOCUMENT } from '@angular/common';
import {
  type EnvironmentProviders,
  inject,
  InjectionToken,
  makeEnvironmentProviders,
  NgZone,
  PLATFORM_ID,
  provideEnvironmentInitializer,
} from '@angular/core';
import type { AuthConfig, AuthSettings } from './auth-config';
import { AuthInterceptor } from './auth-interceptor';
import { AUTH_PARTS, type AuthParts } from './auth-parts';
import { AuthError } from './auth-errors';
import { AuthSession } from './auth-session';
import { watchBypasses } from './hints/bypass-watch';
import { KnownRequests } from './hints/known-requests';
import { RequestHints } from './hints/request-hints';
import { RefreshGate } from './refresh/refresh-gate';
import { RefreshLimit } from './refresh/refresh-limit';
import { readConfig } from './read-config';
import { createTokenScope } from './request/token-scope';
import type { SessionSync } from './refresh/session-sync';
import { Session } from './session/session';
import type { Connectable } from './tabs/connect';
import { PlainPlace } from './tabs/plain-place';
import { StorageSync } from './tabs/storage-sync';
import { underTest } from './test-settings';

/** One entry for each `provideAuth` of an injector. */
const PROVIDED = new InjectionToken<readonly object[]>(ngDevMode ? 'ngx-bearer sessions' : '');

/**
 * Sets up one session for the environment it is provided in. Stands beside
 * `provideHttpClient(withInterceptors([authInterceptor]))`.
 *
 * A function is for a configuration that is known only at run time. It runs once, in the injection context of that
 * environment, when the session is first needed: by `AuthSession`, or by a request without `skipAuth()`.
 *
 * @throws AuthError `bad-config`, naming the option and the remedy: at once, or when the injector is created if it has a
 * second `provideAuth`; for what a function returns, where the session is first needed.
 */
export function provideAuth(config: AuthConfig | (() => AuthConfig)): EnvironmentProviders {
  const settings = typeof config === 'function' ? config : readConfig(config);
  return makeEnvironmentProviders([
    { provide: PROVIDED, useValue: settings, multi: true },
    provideEnvironmentInitializer(() => {
      assertOne(inject(PROVIDED));
    }),
    {
      provide: AUTH_PARTS,
      useFactory: () => {
        const known = typeof settings === 'function' ? readConfig(settings) : settings;
        return createParts(ngDevMode ? underTest(known) : known);
      },
    },
    AuthSession,
    AuthInterceptor,
  ]);
}

/** The second would win, and its requests would carry the token of the first one's API. */
function assertOne(provided: readonly object[]): void {
  // A module that two modules import comes twice, and is one.
  const { size } = new Set(provided);
  if (size === 1) return;
  throw new AuthError(
    'bad-config',
    ngDevMode &&
      `this injector has ${size} sessions: call provideAuth, or AuthModule.forRoot, once for an application, and ` +
        'again only in the providers of a lazy route.',
  );
}

function createParts(options: AuthSettings): AuthParts {
  const document = inject(DOCUMENT);
  const isServer = inject(PLATFORM_ID) === 'server';
  const settings = { ...options, isServer };
  const zone = inject(NgZone, { optional: true });
  const outsideZone = <T>(action: () => T): T => (zone ? zone.runOutsideAngular(action) : action());
  // With zone.js each event would run change detection: every write to localStorage in another tab, too.
  const session = new Session(settings.refreshAhead);
  const sync = outsideZone(() => connect(session, settings, isServer ? null : document.defaultView));
  // On a server the page's address comes from the Host header, which anybody may write.
  const ownOrigin = isServer ? null : document.location.origin;
  const limit = new RefreshLimit(settings.refreshLimit);
  const place = { ...settings, ownOrigin, baseUri: () => (isServer ? null : document.baseURI) };
  const isInScope = createTokenScope(place);
  const hints = ngDevMode
    ? new RequestHints({
        ...place,
        isAllowed: isInScope,
        isSignedIn: () => !!session.credential,
        // An injector below no application, as of a rendered page, has no root to provide it.
        known: inject(KnownRequests, { optional: true }) ?? new KnownRequests(),
      })
    : null;
  if (ngDevMode && hints && !isServer)
    session.lifetime.add(outsideZone(() => watchBypasses(hints, isInScope)));
  const gate = new RefreshGate({ settings, session, sync, limit, hints });
  return { settings, session, gate, isInScope, ownOrigin, hints };
}

/** A storage or a strategy of ours brings the code that it needs: an application without it does not ship it. */
function connect(
  session: Session,
  { storage, refresh, refreshTimeout }: AuthSettings,
  window: Window | null,
): SessionSync | null {
  const { connect } = (storage ?? refresh) as Connectable;
  if (connect) return connect({ session, window, refreshTimeout });
  return storage ? new StorageSync(session, new PlainPlace(storage, null, session.lifetime)) : null;
}
