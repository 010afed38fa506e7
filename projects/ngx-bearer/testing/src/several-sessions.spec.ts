import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { authInterceptor, AuthSession, exchangeToken, injectAuthSession, provideAuth } from 'ngx-bearer';
import { AuthTestingController, provideAuthTesting } from './public-api';
import { messageOf, UNAUTHORIZED } from './spec/setup';

describe('provideAuthTesting, in an app of several sessions', () => {
  it('signs in to the session of the name, each by a call', () => {
    const { main, billing } = setup();
    expect([main.claims(), billing.claims()]).toEqual([{ sub: 'alice' }, { sub: 'acme' }]);
  });

  it('signs in to the named one alone', () => {
    const { main, billing } = setup([{ name: 'billing', signedInAs: 'acme' }]);
    expect([main.signedIn(), billing.signedIn()]).toEqual([false, true]);
  });

  it('expects the refresh of a session by its name', () => {
    const { auth, reject, billing } = setup();
    reject('/api/orders');
    reject('/billing/bills');
    const refresh = auth.expectRefresh('billing');
    expect(refresh.name).toBe('billing');
    refresh.flush();
    expect(billing.claims()).toEqual({ sub: 'acme' });
    const other = auth.expectRefresh();
    expect(other.name).toBeUndefined();
    other.refuse();
    auth.verify();
  });

  it('expects one of any session without a name, and says which there are', () => {
    const { auth, reject } = setup();
    reject('/api/orders');
    reject('/billing/bills');
    expect(messageOf(() => auth.expectRefresh())).toContain(
      "found 2: not expected and not answered; 'billing' not expected and not answered",
    );
  });

  it('explains why there is none by the session that was asked for', () => {
    const { auth } = setup([{ signedInAs: 'alice' }]);
    expect(messageOf(() => auth.expectRefresh('billing'))).toContain('Nobody is signed in');
    expect(messageOf(() => auth.expectRefresh())).toContain('Somebody is signed in');
  });
});

function setup(
  users: Parameters<typeof provideAuthTesting>[0][] = [
    { signedInAs: 'alice' },
    { name: 'billing', signedInAs: 'acme' },
  ],
) {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([authInterceptor])),
      provideAuth({ allow: ['/api'], refresh: exchangeToken('/api/auth') }),
      provideAuth({ name: 'billing', allow: ['/billing'], refresh: exchangeToken('/billing/auth') }),
      provideHttpClientTesting(),
      users.map((user) => provideAuthTesting(user)),
    ],
  });
  const main = TestBed.inject(AuthSession);
  const billing = TestBed.runInInjectionContext(() => injectAuthSession('billing'));
  const reject = (path: string): void => {
    TestBed.inject(HttpClient)
      .get(path)
      .subscribe({ error: () => undefined });
    TestBed.inject(HttpTestingController).expectOne(path).flush(null, UNAUTHORIZED);
  };
  return { main, billing, reject, auth: TestBed.inject(AuthTestingController) };
}
