/** A gate as it is usually pasted, in a class. */
export const CLASS_GATE = `import { Injectable } from '@angular/core';
import { HttpErrorResponse, HttpEvent, HttpHandler, HttpInterceptor, HttpRequest } from '@angular/common/http';
import { BehaviorSubject, catchError, filter, Observable, switchMap, take, throwError } from 'rxjs';
import { LoginApi } from './login-api';

@Injectable()
export class TokenInterceptor implements HttpInterceptor {
  private isRefreshing = false;
  private token$ = new BehaviorSubject<string | null>(null);

  constructor(private login: LoginApi) {}

  intercept(request: HttpRequest<unknown>, next: HttpHandler): Observable<HttpEvent<unknown>> {
    return next.handle(withToken(request, localStorage.getItem('access_token'))).pipe(
      catchError((error: HttpErrorResponse) => (error.status === 401 ? this.wait(request, next) : throwError(() => error))),
    );
  }

  private wait(request: HttpRequest<unknown>, next: HttpHandler) {
    if (this.isRefreshing) {
      return this.token$.pipe(filter((token) => token !== null), take(1), switchMap((token) => next.handle(withToken(request, token))));
    }
    this.isRefreshing = true;
    this.token$.next(null);
    return this.login.refresh().pipe(switchMap(({ accessToken }) => {
      this.isRefreshing = false;
      this.token$.next(accessToken);
      return next.handle(withToken(request, accessToken));
    }));
  }
}

function withToken(request: HttpRequest<unknown>, token: string | null) {
  return request.clone({ setHeaders: { Authorization: \`Bearer \${token}\` } });
}
`;

/** The same as functions. */
export const FUNCTION_GATE = `import { HttpClient, HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { BehaviorSubject, catchError, filter, switchMap, take, throwError } from 'rxjs';

let isRefreshing = false;
const token$ = new BehaviorSubject<string | null>(null);
const api = 'https://api.example.com';

export const authInterceptor: HttpInterceptorFn = (request, next) => {
  const http = inject(HttpClient);
  return next(request).pipe(
    catchError((error) => {
      if (error.status !== 401) return throwError(() => error);
      if (isRefreshing) return token$.pipe(filter(Boolean), take(1), switchMap(() => next(request)));
      isRefreshing = true;
      return http.post(\`\${api}/auth/refresh\`, {}, { withCredentials: true }).pipe(switchMap(() => next(request)));
    }),
  );
};
`;

/** What calls the server for the class. */
export const LOGIN_API = `import { HttpClient } from '@angular/common/http';

export class LoginApi {
  private readonly base = 'https://api.example.com/v1';

  constructor(private http: HttpClient) {}

  refresh() {
    return this.http.post(this.base + '/session/renewal', { refreshToken: localStorage.getItem('refresh_token') });
  }
}
`;

/** Handles a 401 in a way of its own: nobody refreshes here. */
export const SIGN_OUT_ON_401 = `import { HttpInterceptorFn } from '@angular/common/http';
import { catchError, switchMap, throwError } from 'rxjs';

export const signOutInterceptor: HttpInterceptorFn = (request, next) =>
  next(request).pipe(catchError((error) => (error.status === 401 ? leave().pipe(switchMap(() => throwError(() => error))) : throwError(() => error))));
`;

/** Only attaches. */
export const HEADER_INTERCEPTOR = `import { HttpInterceptorFn } from '@angular/common/http';

export const headerInterceptor: HttpInterceptorFn = (request, next) =>
  next(request.clone({ setHeaders: { Authorization: 'Bearer ' + sessionStorage.getItem('jwt') } }));
`;
