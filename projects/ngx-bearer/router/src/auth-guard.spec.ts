import { Location } from '@angular/common';
import { provideHttpClient } from '@angular/common/http';
import { Component, type Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  DefaultUrlSerializer,
  provideRouter,
  Router,
  type Routes,
  UrlSerializer,
  type UrlTree,
} from '@angular/router';
import { AuthError, AuthSession, exchangeToken, provideAuth, refreshCookie } from 'ngx-bearer';
import { AuthTestingController, type AuthTestingOptions, provideAuthTesting } from 'ngx-bearer/testing';
import { authGuard, type AuthGuardOptions } from './public-api';

/** Runs out within the time that `start` takes. */
const SHORT_LIVED = { tokens: { accessToken: 'a0', expiresIn: 0.01 } };

describe('authGuard', () => {
  for (const place of ['canActivate', 'canActivateChild', 'canMatch'] as const) {
    it(`lets those who are signed in pass, as ${place}`, async () => {
      const { navigate, auth } = setup({ place, testing: { signedInAs: 'alice' } });
      expect(await navigate('/orders/7?page=2')).toBe('/orders/7?page=2');
      auth.verify();
    });

    it(`sends others to sign in with the whole URL that was wanted, as ${place}`, async () => {
      const { navigate, wanted } = setup({ place });
      expect(await navigate('/orders/7;tab=items?page=2&tag=a%26b#row-5')).toMatch(/^\/sign-in\?returnUrl=/);
      expect(wanted()).toBe('/orders/7;tab=items?page=2&tag=a%26b#row-5');
    });
  }

  for (const place of ['canActivate', 'canMatch'] as const) {
    it(`says what is wrong where it is handed over without being called, as ${place}`, async () => {
      TestBed.configureTestingModule({
        providers: [provideRouter([{ path: 'orders', component: Page, [place]: [authGuard] }])],
      });
      const end = await TestBed.inject(Router)
        .navigateByUrl('/orders')
        .catch((error: unknown) => error);
      expect(end instanceof AuthError && end.message).toMatch(/is it written as authGuard\(\)\?/);
    });
  }

  it('leads to another route and names the wanted URL otherwise where it is told so', async () => {
    const { navigate } = setup({ guard: { signInRoute: '/account/enter', returnUrlParameter: 'next' } });
    expect(await navigate('/orders')).toBe('/account/enter?next=%2Forders');
  });

  it('keeps the query and the fragment of the sign-in route', async () => {
    const { navigate } = setup({ guard: { signInRoute: '/sign-in?lang=de#form' } });
    expect(await navigate('/orders')).toBe('/sign-in?lang=de&returnUrl=%2Forders#form');
  });

  it('leaves the sign-in page open where it guards all routes', async () => {
    const { navigate } = setup({ isAboveAll: true });
    expect(await navigate('/orders')).toBe('/sign-in?returnUrl=%2Forders');
    expect(await navigate('/sign-in?returnUrl=%2Forders&again=1')).toBe(
      '/sign-in?returnUrl=%2Forders&again=1',
    );
  });

  it('sends to sign in after a sign-out', async () => {
    const { navigate, session } = setup({ place: 'canMatch', testing: { signedInAs: 'alice' } });
    expect(await navigate('/orders')).toBe('/orders');
    session.signOut();
    expect(await navigate('/orders/8')).toBe('/sign-in?returnUrl=%2Forders%2F8');
  });

  const wrong: AuthGuardOptions[] = [
    'sign-in',
    '',
    'https://id.example/',
    '//id.example/',
    '/\\id.example/',
  ].map((signInRoute) => ({ signInRoute }));
  for (const options of [...wrong, { returnUrlParameter: '' }]) {
    it(`throws bad-config for ${JSON.stringify(options)}`, () => {
      let thrown: unknown;
      try {
        authGuard(options);
      } catch (error) {
        thrown = error;
      }
      expect(thrown instanceof AuthError && thrown.code).toBe('bad-config');
    });
  }
});

describe('authGuard, while a token that has run out is refreshed', () => {
  it('waits, and lets pass with new tokens', async () => {
    const { start, auth, url } = setup({ testing: SHORT_LIVED });
    const { end } = await start('/orders');
    expect(url()).toBe('/');
    auth.expectRefresh().flush({ accessToken: 'a1' });
    await end;
    expect(url()).toBe('/orders');
  });

  it('sends to sign in where the refresh is refused', async () => {
    const { start, auth, url } = setup({ testing: SHORT_LIVED });
    const { end } = await start('/orders');
    auth.expectRefresh().refuse();
    await end;
    expect(url()).toBe('/sign-in?returnUrl=%2Forders');
  });

  for (const status of [0, 503]) {
    it(`lets pass where it ends in ${status}: the session lives`, async () => {
      const { start, auth, url } = setup({ testing: SHORT_LIVED });
      const { end } = await start('/orders');
      auth.expectRefresh().fail(status);
      await end;
      expect(url()).toBe('/orders');
    });
  }

  it('does not wait while the token is good', async () => {
    const { navigate, session, auth } = setup({ testing: { signedInAs: 'alice' } });
    session.refresh().catch(() => null);
    const refresh = auth.expectRefresh();
    expect(await navigate('/orders')).toBe('/orders');
    refresh.refuse();
  });
});

describe('authGuard, with a refresh cookie and nobody signed in', () => {
  for (const place of ['canActivate', 'canMatch'] as const) {
    it(`waits for the session to be restored, as ${place}`, async () => {
      const { start, auth, url } = setup({ place, restores: true });
      const { end } = await start('/orders');
      expect(url()).toBe('/');
      auth.expectRefresh().flush({ accessToken: 'c0' });
      await end;
      expect(url()).toBe('/orders');
    });
  }

  it('waits for the restore that is under way, and starts no other', async () => {
    const { start, auth, session, url } = setup({ restores: true });
    const restored = session.accessToken();
    const { end } = await start('/orders');
    auth.expectRefresh().flush({ accessToken: 'c0' });
    await Promise.all([restored, end]);
    expect(url()).toBe('/orders');
    auth.verify();
  });

  const ends: Record<string, (auth: AuthTestingController) => void> = {
    'is refused': (auth) => auth.expectRefresh().refuse(),
    'gets no answer': (auth) => auth.expectRefresh().fail(0),
  };
  for (const [ending, answer] of Object.entries(ends)) {
    it(`sends to sign in where the restore ${ending}`, async () => {
      const { start, auth, url } = setup({ restores: true });
      const { end } = await start('/orders');
      answer(auth);
      await end;
      expect(url()).toBe('/sign-in?returnUrl=%2Forders');
    });
  }
});

describe('the wanted URL', () => {
  const hostile = [
    '//evil.example',
    '//evil.example/orders?a=1',
    '/\\evil.example',
    '\\\\evil.example',
    '///evil.example',
    'https://evil.example/orders',
    'https:evil.example',
    'javascript:alert(1)',
    '/%2Fevil.example',
    '/orders//evil.example',
  ];
  it('begins with one slash where the router keeps more, as that of Angular 20 may', async () => {
    class Slashes extends DefaultUrlSerializer {
      override serialize(tree: UrlTree): string {
        const url = super.serialize(tree);
        return url.startsWith('/evil.example') ? `/${url}` : url;
      }
    }
    const { navigate, wanted } = setup({
      isAboveAll: true,
      providers: [{ provide: UrlSerializer, useClass: Slashes }],
    });
    await navigate('/evil.example/orders');
    expect(wanted()).toBe('/evil.example/orders');
  });

  for (const url of hostile) {
    it(`is one of the app, for ${url}`, async () => {
      const { navigate, wanted } = setup({ place: 'canMatch', isAboveAll: true });
      await navigate(url).catch(() => null);
      const kept = wanted();
      expect(kept).toMatch(/^\/(?![/\\])/);
      expect(new URL(kept, document.baseURI).origin).toBe(location.origin);
    });

    it(`is read back as one of the app, for ${url}`, async () => {
      const { navigate } = setup({ isAboveAll: true, testing: { signedInAs: 'alice' } });
      await navigate(url).catch(() => null);
      const left = TestBed.inject(Location).prepareExternalUrl(TestBed.inject(Location).path());
      expect(new URL(left, document.baseURI).origin).toBe(location.origin);
    });
  }
});

@Component({ selector: 'app-page', template: '' })
class Page {}

interface SetupOptions {
  readonly place?: 'canActivate' | 'canActivateChild' | 'canMatch';
  readonly guard?: AuthGuardOptions;
  readonly testing?: AuthTestingOptions;
  /** Whether the strategy of the app restores a session. */
  readonly restores?: boolean;
  /** Whether the guard stands above all routes, that of the sign-in page too. */
  readonly isAboveAll?: boolean;
  readonly providers?: Provider[];
}

function setup({
  place = 'canActivate',
  guard,
  testing,
  restores,
  isAboveAll,
  providers = [],
}: SetupOptions = {}) {
  const orders: Routes = [
    { path: '', component: Page },
    { path: ':id', component: Page },
  ];
  const guarded = { [place]: [authGuard(guard)] };
  const signInPages: Routes = ['sign-in', 'account/enter'].map((path) => ({ path, component: Page }));
  const all: Routes = [...signInPages, { path: 'orders', children: orders }, { path: '**', component: Page }];
  const lazy = { path: 'orders', children: [{ path: '', ...guarded, loadChildren: () => orders }] };
  TestBed.configureTestingModule({
    providers: [
      provideRouter(isAboveAll ? [{ path: '', ...guarded, children: all }] : [...signInPages, lazy]),
      provideHttpClient(),
      provideAuth({
        allow: ['/api'],
        refresh: restores ? refreshCookie('/session') : exchangeToken('/auth'),
      }),
      provideAuthTesting(testing),
      providers,
    ],
  });
  const router = TestBed.inject(Router);
  const session = TestBed.inject(AuthSession);
  const navigate = async (url: string): Promise<string> => {
    await router.navigateByUrl(url);
    return router.url;
  };
  return {
    session,
    auth: TestBed.inject(AuthTestingController),
    navigate,
    /** Begins to navigate; the guard has been asked when this returns. */
    start: async (url: string): Promise<{ readonly end: Promise<unknown> }> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const end = navigate(url);
      await new Promise((resolve) => setTimeout(resolve));
      return { end };
    },
    url: () => router.url,
    wanted: () => router.parseUrl(router.url).queryParamMap.get('returnUrl') ?? '',
  };
}
