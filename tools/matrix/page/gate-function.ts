import {
  HttpClient,
  type HttpErrorResponse,
  type HttpInterceptorFn,
  type HttpRequest,
} from '@angular/common/http';
import { inject } from '@angular/core';
import { BehaviorSubject, catchError, filter, switchMap, take, throwError } from 'rxjs';

let isRefreshing = false;
const token$ = new BehaviorSubject<string | null>(null);

/** What many applications have, for `migrate` to find. It never runs here, and has the name of what replaces it. */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  const http = inject(HttpClient);
  return next(withToken(request, localStorage.getItem('access_token'))).pipe(
    catchError((error: HttpErrorResponse) => {
      if (error.status !== 401) return throwError(() => error);
      if (!isRefreshing) refresh(http);
      return token$.pipe(
        filter((token) => token !== null),
        take(1),
        switchMap((token) => next(withToken(request, token))),
      );
    }),
  );
};

function refresh(http: HttpClient): void {
  isRefreshing = true;
  http.post<{ access_token: string }>('https://api.example.com/auth', null).subscribe((answer) => {
    isRefreshing = false;
    localStorage.setItem('access_token', answer.access_token);
    token$.next(answer.access_token);
  });
}

function withToken(request: HttpRequest<unknown>, token: string | null): HttpRequest<unknown> {
  return request.clone({ setHeaders: { Authorization: `Bearer ${token ?? ''}` } });
}
