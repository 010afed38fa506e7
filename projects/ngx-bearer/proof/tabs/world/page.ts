import { DOCUMENT } from '@angular/common';
import { HttpBackend, HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { createEnvironmentInjector } from '@angular/core';
import type { AuthConfig } from 'ngx-bearer';
import { ALLOW, TOKEN_ENDPOINT } from '../../program/places.ts';
import { document, FakeWindow, platform } from '../../world/platform.ts';
import type { Page, Tab } from './facts.ts';
import { Network } from './network.ts';
import type { World } from './world.ts';

export const STORAGE_KEY = 'proof';

/** Loads the app in a tab: the library in an injector of its own. */
export function openPage(tab: Tab, world: World): Page {
  const window = new FakeWindow();
  const { seenUpTo } = tab.view;
  const page = {
    ...INITIAL,
    tab,
    window,
    tasks: [],
    hidden: new Set(),
    toldUpTo: seenUpTo,
    knowsUpTo: seenUpTo,
  } as Partial<Page> as Page;
  equip(page, world);
  page.found = world.sessions.foundBy(page);
  world.clock.owner = page;
  const { authInterceptor, provideAuth, AuthSession } = world.library;
  const injector = createEnvironmentInjector(
    [
      { provide: DOCUMENT, useValue: { ...document, defaultView: window } },
      provideHttpClient(withInterceptors([authInterceptor])),
      provideAuth(configure(world)),
      { provide: HttpBackend, useValue: new Network(world, page) },
    ],
    platform,
  );
  const http = injector.get(HttpClient);
  const session = injector.get(AuthSession);
  session.events.subscribe((event) => {
    world.hear(event, page);
  });
  return Object.assign(page, {
    session,
    send: http.request.bind(http) as Page['send'],
    destroy: () => {
      injector.destroy();
    },
    // Each operation of the database listens until it is done.
    listeners: window.listeners - page.tasks.length,
  });
}

/** Gives a page what its platform has. */
function equip(page: Page, { setting, locks, database }: World): void {
  const { tab, window } = page;
  Object.assign(window, {
    localStorage: areaOf(tab.view.items, (key, value) => {
      tab.view.put(key, value);
    }),
    sessionStorage: areaOf(tab.items, (key, value) => {
      if (value === null) tab.items.delete(key);
      else tab.items.set(key, value);
    }),
    navigator: setting.platform === 'locks' ? { locks: locks.of(page) } : {},
    indexedDB: database.of(page),
  });
}

const INITIAL = {
  state: 'running',
  isCached: false,
  absences: 0,
  grant: null,
  grantedFrom: 0,
  relievedMs: -Infinity,
  wokenIn: -1,
  signedOutIn: -1,
} as const;

function configure({ setting, library }: World): AuthConfig {
  const { localTokenStorage, refreshCookie, refreshTokenGrant, sessionTokenStorage } = library;
  const isCookie = setting.storage === 'cookie';
  const key = STORAGE_KEY;
  return {
    allow: ALLOW,
    refresh: isCookie
      ? refreshCookie(TOKEN_ENDPOINT)
      : refreshTokenGrant({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'proof' }),
    ...(setting.storage === 'local' && { storage: localTokenStorage({ key }) }),
    ...(setting.storage === 'session' && { storage: sessionTokenStorage({ key }) }),
  };
}

function areaOf(
  items: ReadonlyMap<string, string>,
  put: (key: string, value: string | null) => void,
): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: put,
    removeItem: (key) => {
      put(key, null);
    },
  };
}
