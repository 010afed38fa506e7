import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { AuthError, exchangeToken, provideAuth } from 'ngx-bearer';
import { provideAuthTesting } from 'ngx-bearer/testing';
import { authGuard } from './public-api';

describe('authGuard, in an app of several sessions', () => {
  it('asks the session of its name', async () => {
    const navigate = setup('billing');
    expect(await navigate('/bills')).toBe('/bills');
    expect(await navigate('/orders')).toBe('/sign-in?returnUrl=%2Forders');
  });

  it('asks the one without a name by default', async () => {
    const navigate = setup();
    expect(await navigate('/orders')).toBe('/orders');
    expect(await navigate('/bills')).toBe('/sign-in?returnUrl=%2Fbills');
  });

  it('throws bad-config at once for an empty name', () => {
    expect(() => authGuard({ name: '' })).toThrow(
      new AuthError('bad-config', "'name' is empty: give the name of a session."),
    );
  });
});

@Component({ selector: 'app-page', template: '' })
class Page {}

/** Somebody is signed in to the session of this name. */
function setup(name?: string): (url: string) => Promise<string> {
  TestBed.configureTestingModule({
    providers: [
      provideRouter([
        { path: 'sign-in', component: Page },
        { path: 'orders', component: Page, canActivate: [authGuard()] },
        { path: 'bills', component: Page, canActivate: [authGuard({ name: 'billing' })] },
      ]),
      provideAuth({ allow: ['/api'], refresh: exchangeToken('/api/auth') }),
      provideAuth({ name: 'billing', allow: ['/billing'], refresh: exchangeToken('/billing/auth') }),
      provideAuthTesting({ name, signedInAs: 'alice' }),
    ],
  });
  const router = TestBed.inject(Router);
  return async (url) => {
    await router.navigateByUrl(url);
    return router.url;
  };
}
