import { DOCUMENT } from '@angular/common';
import { type AuthEvent, localTokenStorage, sessionTokenStorage } from '../public-api';
import { buildForProduction } from '../spec/production';
import { setup, type SetupOptions } from '../spec/setup';

const SIGNED_OUT: AuthEvent = { type: 'signed-out', reason: 'other-tab', origin: 'other-tab' };

describe('a page without web storage', () => {
  it('warns nobody in a production build', () => {
    buildForProduction();
    const providers = [{ provide: DOCUMENT, useValue: withoutStorage() }];
    expect(reload({ storage: localTokenStorage(), providers }).printed).toEqual([]);
  });

  it('keeps the session in memory, and warns once', () => {
    const { session, server, get, printed } = reload({
      storage: localTokenStorage(),
      providers: [{ provide: DOCUMENT, useValue: withoutStorage() }],
    });
    session.signIn({ accessToken: 'b0' });
    get('/orders');
    expect(server.call.token).toBe('b0');
    expect(printed.length).toBe(1);
    expect(printed[0]).toMatch(/^warn: .*localStorage/);
  });

  for (const window of [null, Object.assign(new EventTarget(), { localStorage: null })]) {
    it(`keeps the session in memory if ${window ? 'localStorage' : 'the window'} is null`, () => {
      const { location, baseURI } = document;
      const useValue = { location, baseURI, defaultView: window, cookie: '' };
      const page = reload({
        storage: localTokenStorage({ tabs: false }),
        providers: [{ provide: DOCUMENT, useValue }],
      });
      page.session.signIn({ accessToken: 'b0' });
      expect(page.events).toEqual([{ type: 'signed-in', origin: 'this-tab' }]);
      expect(page.printed.length).toBe(window ? 1 : 0);
      expect(page.printed.join()).toMatch(window ? /^warn: .*no localStorage/ : /^$/);
    });
  }

  it('takes a refusal for one, and not for the sign-out of another tab', () => {
    const { server, get, events } = setup({
      storage: localTokenStorage(),
      providers: [{ provide: DOCUMENT, useValue: withoutStorage() }],
    });
    get('/orders');
    server.call.reject();
    server.refresh.fail(401);
    expect(events).toEqual([{ type: 'signed-out', reason: 'refused', origin: 'this-tab' }]);
  });
});

describe('web storage', () => {
  const storages = {
    localTokenStorage: { storage: localTokenStorage(), name: 'localStorage', other: 'sessionStorage' },
    sessionTokenStorage: { storage: sessionTokenStorage(), name: 'sessionStorage', other: 'localStorage' },
  } as const;
  for (const [title, { storage, name, other }] of Object.entries(storages)) {
    it(`is followed by its events, and by no others (${title})`, () => {
      const { session, events } = setup({ storage });
      const [area, otherArea] = [window[name], window[other]];
      const [key = ''] = Object.keys(area);
      const oldValue = area.getItem(key);
      area.clear();
      dispatchEvent(new StorageEvent('storage', { key: 'theirs', oldValue, storageArea: area }));
      dispatchEvent(new StorageEvent('storage', { key, oldValue, storageArea: otherArea }));
      expect(session.signedIn()).toBe(true);
      dispatchEvent(new StorageEvent('storage', { key, oldValue, newValue: null, storageArea: area }));
      expect([session.signedIn(), events]).toEqual([false, [SIGNED_OUT]]);
    });

    it(`is followed if all of it is cleared (${title})`, () => {
      const { session } = setup({ storage });
      window[name].clear();
      dispatchEvent(new StorageEvent('storage', { key: null, storageArea: window[name] }));
      expect(session.signedIn()).toBe(false);
    });
  }

  it('is not followed with tabs: false', () => {
    const { session } = setup({ storage: localTokenStorage({ tabs: false }) });
    localStorage.clear();
    dispatchEvent(new StorageEvent('storage', { key: null, storageArea: localStorage }));
    expect(session.signedIn()).toBe(true);
  });
});

/** A page load with nobody signed in by the set-up. */
function reload(options: SetupOptions = {}) {
  return setup({ signedIn: false, ...options });
}

/** A document in a frame that may not keep anything. */
function withoutStorage(): unknown {
  const forbid = (): never => {
    throw new DOMException('The document is sandboxed.', 'SecurityError');
  };
  const window = {
    get localStorage() {
      return forbid();
    },
    get sessionStorage() {
      return forbid();
    },
  };
  const defaultView = Object.assign(Object.create(window) as object, {
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  });
  const { location, baseURI } = document;
  return { location, baseURI, defaultView, cookie: '' };
}
