import {
  HttpClient,
  provideHttpClient,
  withInterceptors,
  withInterceptorsFromDi,
} from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { type EnvironmentProviders, importProvidersFrom, type Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  type AuthConfig,
  AuthError,
  authInterceptor,
  AuthModule,
  AuthSession,
  exchangeToken,
  localTokenStorage,
  provideAuth,
  refreshCookie,
  sessionTokenStorage,
  type TokenStorage,
} from 'ngx-bearer';
import { AuthTestingController, provideAuthTesting } from './public-api';
import { messageOf, setup, UNAUTHORIZED } from './spec/setup';

const CONFIG: AuthConfig = { allow: ['/api'], refresh: exchangeToken('/api/auth') };

describe('provideAuthTesting', () => {
  it('signs nobody in where it is given nothing', () => {
    const { session } = setup();
    expect([session.signedIn(), session.claims()]).toEqual([false, null]);
  });

  it('signs in with tokens', async () => {
    const { session } = setup({ tokens: { accessToken: 'a0', expiresIn: 60 } });
    expect([session.signedIn(), session.claims()]).toEqual([true, null]);
    expect(await session.accessToken()).toBe('a0');
    expect(session.expiresAt()).toBeGreaterThan(Date.now());
  });

  it('signs in a user by subject', () => {
    const { session } = setup({ signedInAs: 'zoë' });
    expect(session.claims()).toEqual({ sub: 'zoë' });
    expect(session.expiresAt()).toBeNull();
  });

  it('signs in a user by claims, whose times count', () => {
    const claims = { sub: '7', name: 'Zoë 🦊', roles: ['admin'], iat: 1000, exp: 1060 };
    const { session } = setup({ signedInAs: claims });
    expect(session.claims()).toEqual(claims);
    expect(Math.abs((session.expiresAt() ?? 0) - Date.now() - 60_000)).toBeLessThan(5000);
  });

  it('signs in a user with a refresh token', async () => {
    const { session, auth } = setup({ signedInAs: 'alice', tokens: { refreshToken: 'r0' } });
    const accessToken = await session.accessToken();
    session.refresh().catch(() => null);
    expect(auth.expectRefresh().tokens).toEqual({ accessToken: accessToken ?? '', refreshToken: 'r0' });
  });

  it('throws where it is told twice who is signed in, or not at all', () => {
    const twice = () => provideAuthTesting({ signedInAs: 'alice', tokens: { accessToken: 'a0' } });
    const never = () => provideAuthTesting({ tokens: { refreshToken: 'r0' } });
    expect(messageOf(twice)).toMatch(/found both\. Give one of them/);
    expect(messageOf(never)).toMatch(/found neither\. Give one of them/);
  });

  it('throws bad-token-response for tokens that no server may issue', () => {
    let thrown: unknown;
    try {
      setup({ tokens: { accessToken: 'a 0' } });
    } catch (error) {
      thrown = error;
    }
    expect(thrown instanceof AuthError && thrown.code).toBe('bad-token-response');
  });

  const registrations: Record<string, (Provider | EnvironmentProviders)[]> = {
    'before provideAuth': [
      provideAuthTesting({ signedInAs: 'alice' }),
      provideHttpClient(withInterceptors([authInterceptor])),
      provideAuth(CONFIG),
    ],
    'after provideAuth': [
      provideHttpClient(withInterceptors([authInterceptor])),
      provideAuth(CONFIG),
      provideAuthTesting({ signedInAs: 'alice' }),
    ],
    'before AuthModule': [
      provideAuthTesting({ signedInAs: 'alice' }),
      provideHttpClient(withInterceptorsFromDi()),
      importProvidersFrom(AuthModule.forRoot(CONFIG)),
    ],
    'after AuthModule': [
      provideHttpClient(withInterceptorsFromDi()),
      importProvidersFrom(AuthModule.forRoot(CONFIG)),
      provideAuthTesting({ signedInAs: 'alice' }),
    ],
  };
  for (const [order, providers] of Object.entries(registrations)) {
    it(`takes the place of the strategy where it stands ${order}`, () => {
      TestBed.configureTestingModule({ providers: [...providers, provideHttpClientTesting()] });
      expectHealed();
    });
  }

  it('takes the place of the strategy of an AuthModule that the TestBed imports', () => {
    TestBed.configureTestingModule({
      imports: [AuthModule.forRoot(CONFIG)],
      providers: [
        provideHttpClient(withInterceptorsFromDi()),
        provideHttpClientTesting(),
        provideAuthTesting({ signedInAs: 'alice' }),
      ],
    });
    expectHealed();
  });

  it('touches no storage of the app', async () => {
    const touched: string[] = [];
    const storage: TokenStorage = {
      read: () => {
        touched.push('read');
        return null;
      },
      write: () => void touched.push('write'),
      subscribe: () => {
        touched.push('subscribe');
        return () => undefined;
      },
    };
    localStorage.clear();
    for (const chosen of [storage, localTokenStorage(), sessionTokenStorage()]) {
      const { session, auth } = withConfig({ ...CONFIG, storage: chosen });
      session.signIn({ accessToken: 'a0' });
      const refreshed = session.refresh();
      auth.expectRefresh().flush({ accessToken: 'a1' });
      await refreshed;
      expect([touched, localStorage.length, sessionStorage.length]).toEqual([[], 0, 0]);
      session.signOut();
      TestBed.resetTestingModule();
    }
  });

  it('does not follow other tabs', () => {
    const { session } = withConfig({ ...CONFIG, refresh: refreshCookie('/session') });
    session.signIn({ accessToken: 'a0' });
    expect(localStorage.length).toBe(0);
    const record = { format: 1, signIn: 9, id: 'other', version: 1, ended: false };
    const entry = { key: 'ngx-bearer./session', storageArea: localStorage };
    for (const newValue of [JSON.stringify(record), null]) {
      window.dispatchEvent(new StorageEvent('storage', { ...entry, newValue }));
      expect(session.signedIn()).toBe(true);
    }
  });

  it('has a session restored only where the strategy of the app restores', async () => {
    const cookie = withConfig({ ...CONFIG, refresh: refreshCookie('/session') });
    const asked = cookie.session.accessToken();
    const refresh = cookie.auth.expectRefresh();
    expect(refresh.tokens).toBeNull();
    refresh.flush({ accessToken: 'c0' });
    expect(await asked).toBe('c0');
    TestBed.resetTestingModule();

    const { session, auth } = withConfig(CONFIG);
    expect(await session.accessToken()).toBeNull();
    auth.verify();
  });
});

function withConfig(config: AuthConfig) {
  TestBed.configureTestingModule({
    providers: [provideHttpClient(), provideAuth(config), provideAuthTesting()],
  });
  return { session: TestBed.inject(AuthSession), auth: TestBed.inject(AuthTestingController) };
}

function expectHealed(): void {
  const api = TestBed.inject(HttpTestingController);
  const answers: unknown[] = [];
  TestBed.inject(HttpClient)
    .get('/api/orders')
    .subscribe((answer) => answers.push(answer));
  api.expectOne('/api/orders').flush(null, UNAUTHORIZED);
  TestBed.inject(AuthTestingController).expectRefresh().flush({ accessToken: 'a1' });
  const replay = api.expectOne('/api/orders');
  expect(replay.request.headers.getAll('Authorization')).toEqual(['Bearer a1']);
  replay.flush(['order']);
  expect(answers).toEqual([['order']]);
  api.verify();
}
