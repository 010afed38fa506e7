import { DOCUMENT } from '@angular/common';
import { FetchBackend, HttpBackend, HttpClient } from '@angular/common/http';
import { type EnvironmentInjector, inject, runInInjectionContext } from '@angular/core';
import {
  defer,
  first,
  map,
  type Observable,
  type ObservableInput,
  type Subscription,
  throwError,
  timeout,
} from 'rxjs';
import type { RequestHints } from '../hints/request-hints';
import type { BearerHeader } from '../request/bearer-header';
import { type AuthTokens, readTokens } from '../session/tokens';
import { timedOut } from './refresh-outcome';
import type { EndpointContext, RefreshStrategy } from './refresh-strategy';

/** The options that a refresh needs. */
export interface RefreshSettings extends BearerHeader {
  readonly refresh: RefreshStrategy;
  /** In milliseconds. */
  readonly refreshTimeout: number;
  /** Whether this is a server, which refreshes nothing. */
  readonly isServer: boolean;
}

/** Where code of the configuration runs. */
export interface CallParts {
  readonly settings: RefreshSettings;
  /** Null in production. */
  readonly hints: RequestHints | null;
}

/** What is under way, and the injector that it runs in. */
export interface CallScope {
  readonly work: Subscription;
  readonly injector: EnvironmentInjector;
}

/** Runs the strategy. Whatever it does, the result is one pair of tokens or one error, in time. */
export function refreshTokens(
  tokens: AuthTokens | null,
  parts: CallParts,
  scope: CallScope,
): Observable<AuthTokens> {
  const { refresh } = parts.settings;
  return callServer((context) => refresh(tokens && { ...tokens }, context), parts, scope).pipe(
    // An answer without a value reads as null, which is no token response.
    map(readTokens),
  );
}

/**
 * Calls code of the configuration in an injection context, with a signal that is aborted if the work is called off. Emits its
 * first value, or null without one. Ends in time, whatever it does.
 */
export function callServer(
  call: (context: EndpointContext) => ObservableInput<unknown>,
  { settings, hints }: CallParts,
  { work, injector }: CallScope,
): Observable<unknown> {
  return defer(() => {
    const abort = new AbortController();
    work.add(() => {
      abort.abort();
    });
    if (ngDevMode && hints) work.add(hints.known.beginRefresh());
    return runInInjectionContext(injector, () => {
      // A strategy may call one of ours after an `await`, when nothing can be injected any more.
      const context: EndpointContext = {
        http: new HttpClient(refreshBackend(hints)),
        signal: abort.signal,
        document: inject(DOCUMENT),
        header: settings,
      };
      return call(context);
    });
  }).pipe(
    first(null, null),
    timeout({
      first: settings.refreshTimeout,
      with: () => throwError(() => timedOut(settings.refreshTimeout)),
    }),
  );
}

/**
 * The backend of the app, but for requests that must not be redirected: XMLHttpRequest follows every redirect, and a 307
 * would take the refresh token with it.
 */
function refreshBackend(hints: RequestHints | null): HttpBackend {
  const backend = inject(HttpBackend);
  const forTokens = 'xhrFactory' in backend ? new FetchBackend() : backend;
  return {
    handle: (request) => {
      if (ngDevMode) hints?.note(request.urlWithParams);
      return (request.redirect === 'error' ? forTokens : backend).handle(request);
    },
  };
}
