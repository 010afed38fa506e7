import {
  HTTP_INTERCEPTORS,
  HttpBackend,
  HttpClient,
  type HttpErrorResponse,
  type HttpInterceptorFn,
  provideHttpClient,
  withInterceptors,
  withInterceptorsFromDi,
} from '@angular/common/http';
import { createEnvironmentInjector, type EnvironmentProviders, type Provider } from '@angular/core';
import type { AuthConfig, AuthEvent, RefreshStrategy } from 'ngx-bearer';
import { ALLOW, TOKEN_ENDPOINT } from '../program/places.ts';
import type { Page } from './facts.ts';
import { issueTo } from './issuer.ts';
import { Network } from './network.ts';
import { usesProofs } from './nonces.ts';
import { document, FakeWindow, platform } from './platform.ts';
import { refreshByPromise } from './promised-refresh.ts';
import { react } from './reactions.ts';
import type { World } from './world.ts';

export const STORAGE_KEY = 'proof';
export const REFRESH_TIMEOUT_MS = 10_000;
export const LIMIT_WITHIN_MS = 30_000;

/** Loads the app: the library in an injector of its own. */
export function openPage(world: World, isStale: boolean): Page {
  const window = new FakeWindow();
  window.localStorage = isCookieAlone(world.setting)
    ? world.shared
    : world.store.asArea(`${STORAGE_KEY}.session`);
  document.defaultView = window;
  showCookie(world);
  const injector = createEnvironmentInjector(
    [...register(world), { provide: HttpBackend, useValue: new Network(world) }],
    platform,
  );
  const http = injector.get(HttpClient);
  const page: Page = {
    serial: world.nextSerial(),
    session: injector.get(world.library.AuthSession),
    send: (request) => http.request(request),
    leave: () => {
      injector.destroy();
    },
    window,
    listeners: () => window.listeners,
    isStale,
    openedMs: world.clock.elapsedMs,
    isDestroyed: false,
    grant: null,
    hasMissedToken: false,
    refreshStarts: [],
    relievedMs: -1,
  };
  page.session.events.subscribe((event) => {
    hear(event, page, world);
  });
  return page;
}

/** Whether a cookie alone keeps the session: localStorage says then that there is one. */
function isCookieAlone({ strategy, storage }: World['setting']): boolean {
  return strategy === 'cookie' && storage === 'memory';
}

/** Lets scripts of the page see the XSRF cookie of the moment. */
export function showCookie({ xsrf }: World): void {
  document.cookie = `theme=dark; XSRF-TOKEN=${xsrf}`;
}

function hear(event: AuthEvent, page: Page, world: World): void {
  world.events.push(event);
  world.look();
  if (event.type === 'signed-out' && world.leaving) world.leaving.farewells++;
  world.note(() => `       — event ${event.type}${'reason' in event ? ` (${event.reason})` : ''}`);
  world.see('told', { event, page });
  react(event, world);
}

function register(world: World): (Provider | EnvironmentProviders)[] {
  const { authInterceptor, AuthInterceptor, provideAuth } = world.library;
  const issue: HttpInterceptorFn = issueTo(world);
  const byClass = { provide: HTTP_INTERCEPTORS, useExisting: AuthInterceptor, multi: true };
  const auth = provideAuth(configure(world));
  switch (world.setting.registration) {
    case 'function':
      return [provideHttpClient(withInterceptors([issue, authInterceptor])), auth];
    case 'class':
      return [provideHttpClient(withInterceptors([issue]), withInterceptorsFromDi()), auth, byClass];
    case 'both':
      return [
        provideHttpClient(withInterceptors([issue, authInterceptor]), withInterceptorsFromDi()),
        auth,
        byClass,
      ];
  }
}

function configure(world: World): AuthConfig {
  const { storage, replay, whileRefreshing, refreshAhead, limitCount } = world.setting;
  return {
    allow: ALLOW,
    refresh: strategyOf(world),
    ...(usesProofs(world.setting) && { proof: world.library.dpop() }),
    ...(storage === 'local' && {
      storage: world.library.localTokenStorage({ key: STORAGE_KEY, tabs: false }),
    }),
    ...(storage !== 'local' && storage !== 'memory' && { storage: world.store }),
    replay: replay === 'not PUT' ? (request) => refusesPut(request.method) : replay,
    whileRefreshing,
    ...(refreshAhead !== 'default' && { refreshAhead }),
    refreshTimeout: REFRESH_TIMEOUT_MS,
    refreshLimit: { count: limitCount, withinMs: LIMIT_WITHIN_MS },
  };
}

/** A rule of the app that throws, which means no. */
function refusesPut(method: string): boolean {
  if (method === 'PUT') throw new Error('PUT is not to be replayed.');
  return true;
}

function refused({ status }: HttpErrorResponse): boolean {
  return status === 422;
}

function strategyOf(world: World): RefreshStrategy {
  const { exchangeToken, postRefreshToken, refreshCookie, refreshTokenGrant } = world.library;
  switch (world.setting.strategy) {
    case 'grant':
      return refreshTokenGrant({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'proof', refused });
    case 'json':
      return postRefreshToken(TOKEN_ENDPOINT, { refused });
    case 'exchange':
      return exchangeToken(TOKEN_ENDPOINT, { refused });
    case 'cookie':
      return refreshCookie(TOKEN_ENDPOINT, { refused });
    case 'promise':
      return refreshByPromise(world);
  }
}
