import { DOCUMENT } from '@angular/common';
import { FetchBackend, HttpBackend, HttpClient, HttpHandler } from '@angular/common/http';
import { EnvironmentInjector, inject, runInInjectionContext } from '@angular/core';
import {
  defer,
  finalize,
  first,
  map,
  type Observable,
  type ObservableInput,
  throwError,
  timeout,
} from 'rxjs';
import type { RequestHints } from '../hints/request-hints';
import type { BearerHeader } from '../request/bearer-header';
import type { Prover } from '../request-proof';
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
  /** Of `provideAuth`. */
  readonly injector: EnvironmentInjector;
  /** Undefined if tokens are sent as they are. */
  readonly proof: Prover | undefined;
}

/** Runs the strategy. Whatever it does, the result is one pair of tokens or one error, in time. */
export function refreshTokens(tokens: AuthTokens | null, parts: CallParts): Observable<AuthTokens> {
  const { refresh } = parts.settings;
  return callServer((context) => refresh(tokens && Object.assign({}, tokens), context), parts).pipe(
    // An answer without a value reads as null, which is no token response.
    map(readTokens),
  );
}

/**
 * Calls code of the configuration in an injection context, with a signal that is aborted at the end, also if it is called off.
 * Emits its first value, or null without one. Ends in time, whatever it does.
 */
export function callServer(
  call: (context: EndpointContext) => ObservableInput<unknown>,
  parts: CallParts,
): Observable<unknown> {
  const { settings, hints, injector } = parts;
  return defer(() => {
    const abort = new AbortController();
    const endRefresh = ngDevMode ? hints?.known.beginRefresh() : undefined;
    const callIt = (): ObservableInput<unknown> =>
      call({
        http: new HttpClient(refreshBackend(parts)),
        signal: abort.signal,
        // A strategy may call one of ours after an `await`, when nothing can be injected any more.
        document: inject(DOCUMENT),
        header: settings,
      });
    return defer(() => runInInjectionContext(injector, callIt)).pipe(
      finalize(() => {
        abort.abort();
        if (ngDevMode) endRefresh?.();
      }),
    );
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
function refreshBackend({ hints, injector, proof }: CallParts): HttpBackend {
  const backend = appBackend(injector);
  const forTokens = 'xhrFactory' in backend ? new FetchBackend() : backend;
  return {
    handle: (request) => {
      if (ngDevMode) hints?.note(request.urlWithParams);
      const target = request.redirect === 'error' ? forTokens : backend;
      return (proof?.forRefresh(target) ?? target).handle(request);
    },
  };
}

/** With `withRequestsMadeViaParent()` the backend is the chain of interceptors of the parent. */
function appBackend(injector: EnvironmentInjector): HttpBackend {
  const skipSelf = { skipSelf: true };
  const backend = injector.get(HttpBackend);
  if (backend !== injector.get(HttpHandler, null, skipSelf)) return backend;
  return appBackend(injector.get(EnvironmentInjector, undefined, skipSelf));
}
