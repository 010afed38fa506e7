import { DOCUMENT, PLATFORM_ID } from '@angular/core';
import {
  localTokenStorage,
  refreshCookie,
  sessionTokenStorage,
  sharedTokenStorage,
  type TokenStorage,
} from './public-api';
import { FakeServer, TOKEN_ENDPOINT } from './spec/fake-server';
import { FakeStore } from './spec/fake-store';
import { authErrorOf, setup, type SetupOptions } from './spec/setup';

describe('on a server', () => {
  const storages = { localTokenStorage: localTokenStorage(), sessionTokenStorage: sessionTokenStorage() };
  for (const [name, storage] of Object.entries(storages)) {
    it(`the session is kept in memory alone, with ${name}`, () => {
      const { server, session, get, events } = renderedPage({ storage, signedIn: false });
      session.signIn(server.issueTokens());
      get('/orders');
      expect(server.call.token).toBe('a0');
      expect(events).toEqual([{ type: 'signed-in', origin: 'this-tab' }]);
      expect(localStorage.length + sessionStorage.length).toBe(0);
    });

    it(`nobody is signed in by what another request has left, with ${name}`, () => {
      setup({ storage });
      expect(renderedPage({ storage, signedIn: false }).session.signedIn()).toBe(false);
    });
  }

  const storageOfApp = { 'a storage of the app': (store: TokenStorage) => store, sharedTokenStorage };
  for (const [name, create] of Object.entries(storageOfApp)) {
    it(`the storage of the app is used, with ${name}`, () => {
      const storage = create(new FakeStore());
      renderedPage({ storage });
      expect(renderedPage({ storage, signedIn: false }).session.signedIn()).toBe(true);
    });
  }

  for (const seconds of [99, 101]) {
    it(`a token of 100 s goes out after ${seconds} s, and nothing is refreshed behind it`, () => {
      for (const refreshAhead of [{}, { refreshAhead: 50_000 }]) {
        const server = new FakeServer({ lifeSeconds: 100 });
        const { get, clock } = renderedPage({ ...refreshAhead, server });
        clock.advance(seconds * 1000);
        get('/orders');
        expect(server.seen).toEqual(['GET /orders a0']);
      }
    });
  }

  it('a cookie restores nothing', async () => {
    const { server, session, get } = renderedPage({
      signedIn: false,
      refresh: refreshCookie(TOKEN_ENDPOINT),
    });
    const caller = get('/orders');
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect(await session.accessToken()).toBeNull();
    expect(server.refreshes.length).toBe(0);
  });

  it('a rejected token is refreshed by nobody, and the session goes on', async () => {
    const { server, session, get, events } = renderedPage();
    const caller = get('/orders');
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect((await authErrorOf(session.refresh())).code).toBe('session-ended');
    expect(server.refreshes.length).toBe(0);
    expect(session.signedIn()).toBe(true);
    expect(events).toEqual([]);
  });

  it('no relative URL gets the token', () => {
    const { server, http } = renderedPage({ allow: ['https://api.example.com', '/'] });
    for (const url of ['/orders', 'orders', '//api.example.com/orders', 'https:/api.example.com/orders']) {
      http.get(url).subscribe();
      expect(server.call.token).toBe(null);
    }
    http.get('https://api.example.com/orders').subscribe();
    expect(server.call.token).toBe('a0');
  });
});

/** The document of Angular's server knows no base: asked for it, it throws. */
const documentOfServer = {
  defaultView: null,
  get baseURI(): string {
    throw new Error('NotYetImplemented');
  },
};

function renderedPage(options: SetupOptions = {}) {
  return setup({
    ...options,
    providers: [
      { provide: PLATFORM_ID, useValue: 'server' },
      { provide: DOCUMENT, useValue: documentOfServer },
    ],
  });
}
