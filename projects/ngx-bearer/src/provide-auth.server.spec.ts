import { PLATFORM_ID } from '@angular/core';
import { refreshCookie } from './public-api';
import { FakeServer, TOKEN_ENDPOINT } from './spec/fake-server';
import { FakeStore } from './spec/fake-store';
import { setup, type SetupOptions } from './spec/setup';

describe('on a server', () => {
  for (const storage of ['local', 'session'] as const) {
    it(`the session is kept in memory alone, with ${storage}`, () => {
      const { server, session, get, events } = renderedPage({ storage, signedIn: false });
      session.signIn(server.issueTokens());
      get('/orders');
      expect(server.call.token).toBe('a0');
      expect(events).toEqual([{ type: 'signed-in', origin: 'this-tab' }]);
      expect(localStorage.length + sessionStorage.length).toBe(0);
    });

    it(`nobody is signed in by what another request has left, with ${storage}`, () => {
      setup({ storage });
      expect(renderedPage({ storage, signedIn: false }).session.signedIn()).toBe(false);
    });
  }

  it('a store of the app is used', () => {
    const storage = new FakeStore();
    renderedPage({ storage });
    expect(renderedPage({ storage, signedIn: false }).session.signedIn()).toBe(true);
  });

  it('nothing is refreshed behind a request, whatever refreshAhead says', () => {
    for (const refreshAhead of [{}, { refreshAhead: 50_000 }]) {
      const { server, get, clock } = renderedPage({
        ...refreshAhead,
        server: new FakeServer({ lifeSeconds: 100 }),
      });
      clock.advance(99_000);
      get('/orders');
      expect(server.seen).toEqual(['GET /orders a0']);
    }
  });

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

  it('a rejected token is refreshed for the requests that wait for it', () => {
    const { server, get } = renderedPage();
    const callers = ['/a', '/b'].map(get);
    server.expireAccessToken();
    server.answerAll();
    expect(callers.map(({ got }) => got)).toEqual(['GET /a a1', 'GET /b a1']);
    expect(server.refreshes.length).toBe(1);
  });
});

function renderedPage(options: SetupOptions = {}) {
  return setup({ ...options, providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
}
