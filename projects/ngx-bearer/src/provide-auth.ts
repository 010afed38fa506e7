import { DOCUMENT } from '@angular/common';
import {
  EnvironmentInjector,
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
import { assertDistinct } from './assert-distinct';
import { AUTH_SESSIONS, type AuthParts } from './auth-parts';
import { AuthSession } from './auth-session';
import { watchBypasses } from './hints/bypass-watch';
import { KnownRequests } from './hints/known-requests';
import { RequestHints } from './hints/request-hints';
import { RefreshGate } from './refresh/refresh-gate';
import { RefreshLimit } from './refresh/refresh-limit';
import { readConfig } from './read-config';
import type { RequestProof } from './request-proof';
import { createSpecificity } from './request/token-scope';
import type { SessionSync } from './refresh/session-sync';
import { Session } from './session/session';
import type { Connectable } from './storage/connect';
import { PlainSync } from './storage/plain-sync';
import { underTest } from './test-settings';

/** The settings of one `provideAuth`, or what reads them from its function. */
type Provided = AuthSettings | (() => AuthSettings);

const PROVIDED = new InjectionToken<readonly Provided[]>(ngDevMode ? 'ngx-bearer configurations' : '');

/**
 * Sets up a session for the environment it is provided in: one, or several with names. Stands beside
 * `provideHttpClient(withInterceptors([authInterceptor]))`.
 *
 * A function is for a configuration that is known only at run time. It runs once, in the injection context of that
 * environment, when a session is first needed: by `AuthSession`, or by a request without `skipAuth()`.
 *
 * @throws AuthError `bad-config`, naming the option and the remedy: at once, or when the injector is created if two of its
 * sessions have the same name, none or a rule in common; for what a function returns, where a session is first needed.
 */
export function provideAuth(config: AuthConfig | (() => AuthConfig)): EnvironmentProviders {
  const provided: Provided = typeof config === 'function' ? () => readConfig(config) : readConfig(config);
  return makeEnvironmentProviders([
    { provide: PROVIDED, useValue: provided, multi: true },
    ngDevMode ? provideEnvironmentInitializer(assertKnownDistinct) : [],
    { provide: AUTH_SESSIONS, useFactory: createSessions },
    AuthSession,
    AuthInterceptor,
  ]);
}

/** What a function returns is looked at when a session is first needed. */
function assertKnownDistinct(): void {
  assertDistinct(
    [...new Set(inject(PROVIDED))].flatMap((provided) => (typeof provided === 'function' ? [] : [provided])),
  );
}

function createSessions(): readonly AuthParts[] {
  // A module that two modules import comes twice, and is one.
  const all = [...new Set(inject(PROVIDED))].map((provided) =>
    typeof provided === 'function' ? provided() : provided,
  );
  if (ngDevMode) assertDistinct(all);
  return all.map(createParts);
}

function createParts(options: AuthSettings): AuthParts {
  const document = inject(DOCUMENT);
  const isServer = inject(PLATFORM_ID) === 'server';
  const settings = Object.assign({}, ngDevMode ? underTest(options) : options, { isServer });
  const { allow, allowInsecure } = settings;
  const zone = inject(NgZone, { optional: true });
  const outsideZone = <T>(action: () => T): T => (zone ? zone.runOutsideAngular(action) : action());
  // With zone.js each event would run change detection: every write to localStorage in another tab, too.
  const session = new Session(settings.refreshAhead);
  // Before the storage, which may read a session at once.
  const proof = (settings.proof as RequestProof | undefined)?.connect(session, settings);
  const sync = outsideZone(() => connect(session, settings, isServer ? null : document.defaultView));
  // On a server the page's address comes from the Host header, which anybody may write.
  const ownOrigin = isServer ? null : document.location.origin;
  const limit = new RefreshLimit(settings.refreshLimit);
  const place = { allow, allowInsecure, ownOrigin, baseUri: () => (isServer ? null : document.baseURI) };
  const specificity = createSpecificity(place);
  const hints = ngDevMode
    ? new RequestHints({
        ...settings,
        ...place,
        isAllowed: (url) => specificity(url) > 0,
        isSignedIn: () => !!session.credential,
        // An injector below no application, as of a rendered page, has no root to provide it.
        known: inject(KnownRequests, { optional: true }) ?? new KnownRequests(),
      })
    : null;
  if (ngDevMode && hints && !isServer) session.lifetime.add(outsideZone(() => watchBypasses(hints)));
  const injector = inject(EnvironmentInjector);
  const parts = { settings, session, sync, limit, hints, injector, specificity, ownOrigin, proof };
  return Object.assign(parts, { gate: new RefreshGate(parts) });
}

/** A storage or a strategy of ours brings the code that it needs: an application without it does not ship it. */
function connect(
  session: Session,
  { storage, refresh, refreshTimeout, name }: AuthSettings,
  window: Window | null,
): SessionSync | null {
  const { connect } = (storage ?? refresh) as Connectable;
  if (connect) return connect({ session, window, refreshTimeout, name });
  return storage ? new PlainSync(session, storage) : null;
}
