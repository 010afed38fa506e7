import {
  HttpClient,
  type HttpErrorResponse,
  type HttpRequest,
  provideHttpClient,
  withInterceptorsFromDi,
} from '@angular/common/http';
import { importProvidersFrom, inject } from '@angular/core';
import {
  AUTH_SERVICE,
  AuthModule,
  type AuthService,
  PROTECTED_FALLBACK_PAGE_URI,
  PUBLIC_FALLBACK_PAGE_URI,
} from 'ngx-auth';
import { map, type Observable, of, switchMap, tap } from 'rxjs';
import { clientOf, openAngular } from '../../world/angular-world.ts';
import { REFRESH_URL } from '../../world/server.ts';
import type { Adapter, Stage } from '../contract.ts';

/** As its README says: the application writes the `AuthService`. */
export const adapter: Adapter = {
  about: {
    name: 'ngx-auth',
    packages: ['ngx-auth'],
    transport: 'HttpClient',
    can: ['attach', 'heal', 'hold', 'store'],
    quickstart: `export { AUTH_SERVICE, AuthModule, PROTECTED_FALLBACK_PAGE_URI, PUBLIC_FALLBACK_PAGE_URI } from 'ngx-auth';`,
  },
  open: ({ server, storage, token }) => {
    const injector = openAngular(server, [
      provideHttpClient(withInterceptorsFromDi()),
      importProvidersFrom(AuthModule),
      { provide: PROTECTED_FALLBACK_PAGE_URI, useValue: '/' },
      { provide: PUBLIC_FALLBACK_PAGE_URI, useValue: '/login' },
      { provide: AUTH_SERVICE, useFactory: () => new Account(storage) },
    ]);
    const account = injector.get<Account>(AUTH_SERVICE);
    account.token = token;
    return clientOf(injector, (other) => (account.token = other));
  },
};

class Account implements AuthService {
  readonly #http = inject(HttpClient);
  readonly #storage: Stage['storage'];
  #token: string | null = null;

  constructor(storage: Stage['storage']) {
    this.#storage = storage;
  }

  set token(token: string) {
    if (this.#storage === 'local') localStorage.setItem('accessToken', token);
    else this.#token = token;
  }

  isAuthorized(): Observable<boolean> {
    return this.getAccessToken().pipe(map((token) => !!token));
  }

  getAccessToken(): Observable<string> {
    return of((this.#storage === 'local' ? localStorage.getItem('accessToken') : this.#token) ?? '');
  }

  refreshToken(): Observable<unknown> {
    return this.getAccessToken().pipe(
      switchMap((token) => {
        const headers = { Authorization: `Bearer ${token}` };
        return this.#http.post<{ access_token: string }>(REFRESH_URL, null, { headers });
      }),
      tap(({ access_token }) => (this.token = access_token)),
    );
  }

  refreshShouldHappen(response: HttpErrorResponse): boolean {
    return response.status === 401;
  }

  verifyRefreshToken(request: HttpRequest<unknown>): boolean {
    return request.url.endsWith('/auth');
  }
}
