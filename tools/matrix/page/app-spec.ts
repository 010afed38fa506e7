import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { provideZonelessChangeDetection } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { authInterceptor, AuthSession, provideAuth } from 'ngx-bearer';
import { firstValueFrom, of } from 'rxjs';
import { API } from './shop-interceptors';

describe('an application with ngx-bearer', () => {
  it('heals a 401 under its own test runner', async () => {
    TestBed.configureTestingModule({
      providers: [
        // From Angular 21 on this is the default.
        ...('Zone' in globalThis ? [] : [provideZonelessChangeDetection()]),
        provideHttpClient(withInterceptors([authInterceptor])),
        provideHttpClientTesting(),
        provideAuth({ allow: [API], refresh: () => of({ accessToken: 'second' }) }),
      ],
    });
    TestBed.inject(AuthSession).signIn({ accessToken: 'first' });
    const server = TestBed.inject(HttpTestingController);
    const answer = firstValueFrom(TestBed.inject(HttpClient).get(`${API}/me`));
    server.expectOne(bearing('first')).flush(null, { status: 401, statusText: 'Unauthorized' });
    server.expectOne(bearing('second')).flush({ name: 'Clerk' });
    expect(await answer).toEqual({ name: 'Clerk' });
    server.verify();
  });
});

function bearing(token: string) {
  return ({ headers }: { headers: { get: (name: string) => string | null } }) =>
    headers.get('Authorization') === `Bearer ${token}`;
}
