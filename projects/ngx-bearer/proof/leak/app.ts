import { HttpBackend, HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { createEnvironmentInjector } from '@angular/core';
import type { AuthSession } from 'ngx-bearer';
import type { Library } from '../library.ts';
import { ALLOW, PAGE, TOKEN_ENDPOINT } from '../program/places.ts';
import { document, FakeWindow, platform } from '../world/platform.ts';
import { Server } from './server.ts';

/** One load of an app with the library in it. */
export interface App {
  readonly http: HttpClient;
  readonly session: AuthSession;
  readonly server: Server;
  readonly window: FakeWindow;
  readonly destroy: () => void;
}

/** With the session in localStorage, so that it listens to other tabs. */
export function openApp(library: Library): App {
  const { authInterceptor, AuthSession, localTokenStorage, provideAuth, refreshTokenGrant } = library;
  const server = new Server();
  const window = new FakeWindow();
  window.localStorage = makeArea();
  document.defaultView = window;
  const refresh = refreshTokenGrant({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'leak' });
  const injector = createEnvironmentInjector(
    [
      provideHttpClient(withInterceptors([authInterceptor])),
      { provide: HttpBackend, useValue: server },
      provideAuth({ allow: ALLOW, refresh, storage: localTokenStorage(), replay: 'all' }),
    ],
    platform,
  );
  return {
    http: injector.get(HttpClient),
    session: injector.get(AuthSession),
    server,
    window,
    destroy: () => {
      injector.destroy();
      document.defaultView = null;
    },
  };
}

/** Where requests go: another URL each. */
export function urlOf(request: number, isBroken = false): string {
  return `${PAGE}/api/items/${request}${isBroken ? '/broken' : ''}`;
}

function makeArea(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
