import {
  HTTP_INTERCEPTORS,
  HttpBackend,
  HttpClient,
  HttpErrorResponse,
  type HttpEvent,
  type HttpHandler,
  type HttpInterceptor,
  type HttpRequest,
  provideHttpClient,
  withInterceptorsFromDi,
} from '@angular/common/http';
import { inject } from '@angular/core';
import { BehaviorSubject, catchError, filter, type Observable, switchMap, take, throwError } from 'rxjs';
import { clientOf, openAngular } from '../world/angular-world.ts';
import { REFRESH_URL } from '../world/server.ts';
import type { Adapter, Storage } from './contract.ts';

/** The pattern that most tutorials and answers show: a flag, a BehaviorSubject, a token in localStorage. */
export const adapter: Adapter = {
  about: {
    name: 'pasted BehaviorSubject gate',
    packages: [],
    transport: 'HttpClient',
    can: ['attach', 'heal', 'hold', 'store'],
    quickstart: null,
  },
  open: ({ server, storage, token }) => {
    const account = new Account(storage);
    account.token = token;
    const injector = openAngular(server, [
      provideHttpClient(withInterceptorsFromDi()),
      { provide: Account, useValue: account },
      { provide: HTTP_INTERCEPTORS, useFactory: () => new PastedGate(), multi: true },
    ]);
    return clientOf(injector, (other) => (account.token = other));
  },
};

class Account {
  readonly #storage: Storage;
  #token: string | null = null;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  get token(): string | null {
    return this.#storage === 'local' ? localStorage.getItem('access_token') : this.#token;
  }

  set token(token: string | null) {
    if (this.#storage === 'local') localStorage.setItem('access_token', token ?? '');
    else this.#token = token;
  }
}

class PastedGate implements HttpInterceptor {
  readonly #account = inject(Account);
  readonly #http = new HttpClient(inject(HttpBackend));
  readonly #refreshed = new BehaviorSubject<string | null>(null);
  #isRefreshing = false;

  intercept(request: HttpRequest<unknown>, next: HttpHandler): Observable<HttpEvent<unknown>> {
    const { token } = this.#account;
    return next.handle(token ? withToken(request, token) : request).pipe(
      catchError((error: unknown) => {
        const isRejected = error instanceof HttpErrorResponse && error.status === 401;
        return isRejected ? this.#heal(request, next) : throwError(() => error);
      }),
    );
  }

  #heal(request: HttpRequest<unknown>, next: HttpHandler): Observable<HttpEvent<unknown>> {
    if (this.#isRefreshing) {
      return this.#refreshed.pipe(
        filter((token) => token !== null),
        take(1),
        switchMap((token) => next.handle(withToken(request, token))),
      );
    }
    this.#isRefreshing = true;
    this.#refreshed.next(null);
    const headers = { Authorization: `Bearer ${this.#account.token ?? ''}` };
    return this.#http.post<{ access_token: string }>(REFRESH_URL, null, { headers }).pipe(
      switchMap(({ access_token }) => {
        this.#isRefreshing = false;
        this.#account.token = access_token;
        this.#refreshed.next(access_token);
        return next.handle(withToken(request, access_token));
      }),
      catchError((error: unknown) => {
        this.#isRefreshing = false;
        return throwError(() => error);
      }),
    );
  }
}

function withToken(request: HttpRequest<unknown>, token: string): HttpRequest<unknown> {
  return request.clone({ setHeaders: { Authorization: `Bearer ${token}` } });
}
