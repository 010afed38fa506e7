import { HttpClient, HttpErrorResponse, provideHttpClient, withInterceptors } from '@angular/common/http';
import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { filter, firstValueFrom, NEVER } from 'rxjs';
import {
  type AuthConfig,
  AuthError,
  type AuthEvent,
  authInterceptor,
  AuthSession,
  localTokenStorage,
  provideAuth,
} from '../src/public-api';
import { afterwards } from '../src/spec/setup';

const KEY = 'real-platform.session';

describe('localStorage, shared with another browsing context', () => {
  it('signs out here when the record is removed there', async () => {
    const { session, next } = setup();
    session.signIn({ access_token: 'a0' });
    await stored();
    const signedOut = next('signed-out');
    elsewhere().removeItem(KEY);
    expect(await signedOut).toEqual({ type: 'signed-out', reason: 'other-tab', origin: 'other-tab' });
    expect(session.signedIn()).toBe(false);
  });

  it('signs out here when all of it is cleared there', async () => {
    const { session, next } = setup();
    session.signIn({ access_token: 'a0' });
    await stored();
    const signedOut = next('signed-out');
    elsewhere().clear();
    expect(await signedOut).toEqual({ type: 'signed-out', reason: 'other-tab', origin: 'other-tab' });
  });

  it('takes over the newer tokens that are written there', async () => {
    const { session, next } = setup();
    session.signIn({ access_token: 'a0' });
    await stored();
    const record = JSON.parse(localStorage.getItem(KEY) ?? '') as { version: number; credential: object };
    const refreshed = next('refreshed');
    const credential = { ...record.credential, tokens: { accessToken: 'a1' } };
    const newer = { ...record, version: record.version + 1, credential };
    elsewhere().setItem(KEY, JSON.stringify(newer));
    expect(await refreshed).toEqual({ type: 'refreshed', origin: 'other-tab' });
    expect(await session.accessToken()).toBe('a1');
  });
});

describe('the clock and the network of a browser', () => {
  it('ends a refresh that never answers, and a network that comes back lets the next one start', async () => {
    const { session, next, asked } = setup({ refreshTimeout: 20 });
    session.signIn({ access_token: 'a0' });
    const unavailable = next('refresh-unavailable');
    expect(await codeOf(session.refresh())).toBe('refresh-unavailable');
    expect((await unavailable).type).toBe('refresh-unavailable');
    expect(await codeOf(session.refresh())).toBe('refresh-unavailable');
    expect(asked()).toBe(1);
    window.dispatchEvent(new Event('online'));
    expect(await codeOf(session.refresh())).toBe('refresh-unavailable');
    expect(asked()).toBe(2);
  });

  it('sends no token to where a foreign <base> leads a relative URL', async () => {
    const { session, http, asked } = setup();
    session.signIn({ access_token: 'a0' });
    const base = document.createElement('base');
    base.href = 'https://elsewhere.invalid/';
    document.head.append(base);
    const failure: unknown = await firstValueFrom(http.get('depot/items')).catch((error: unknown) => error);
    base.remove();
    expect(failure instanceof HttpErrorResponse && failure.status).toBe(0);
    expect(asked()).toBe(0);
  });
});

/** The storage as a frame of this origin sees it: its writes are told here, as another tab's would be. */
function elsewhere(): Storage {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const { localStorage } = frame.contentWindow as Window;
  return localStorage;
}

/** The database has the record, and localStorage its mirror. */
async function stored(): Promise<void> {
  while (!localStorage.getItem(KEY)?.includes('isMirror')) await new Promise(requestAnimationFrame);
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const failure = await promise.catch((error: unknown) => error);
  return failure instanceof AuthError ? failure.code : 'none';
}

function setup(config: Partial<AuthConfig> = {}) {
  localStorage.clear();
  let count = 0;
  const refresh = () => {
    count += 1;
    return NEVER;
  };
  const injector = createEnvironmentInjector(
    [
      provideHttpClient(withInterceptors([authInterceptor])),
      provideAuth({
        allow: ['/depot'],
        storage: localTokenStorage({ key: 'real-platform' }),
        refresh,
        ...config,
      }),
    ],
    TestBed.inject(EnvironmentInjector),
  );
  afterwards(() => {
    injector.destroy();
  });
  const session = injector.get(AuthSession);
  const next = (type: AuthEvent['type']): Promise<AuthEvent> =>
    firstValueFrom(session.events.pipe(filter((event) => event.type === type)));
  return { session, http: injector.get(HttpClient), next, asked: () => count };
}
