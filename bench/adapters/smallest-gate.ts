import {
  HttpBackend,
  HttpClient,
  HttpErrorResponse,
  type HttpInterceptorFn,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, finalize, map, type Observable, share, switchMap, tap, throwError } from 'rxjs';
import { REFRESH_URL } from '../world/server.ts';
import { clientOf, openAngular } from '../world/angular-world.ts';
import type { Adapter } from './contract.ts';

/** As little as can be written that heals a 401 with one refresh and holds what is sent meanwhile. */
export const adapter: Adapter = {
  about: {
    name: 'smallest gate',
    packages: [],
    transport: 'HttpClient',
    can: ['attach', 'heal', 'hold'],
    quickstart: null,
  },
  open: ({ server, token: first }) => {
    let token = first;
    let refreshing: Observable<string> | null = null;
    const refresh = (backend: HttpBackend) =>
      (refreshing ??= new HttpClient(backend)
        .post<{ access_token: string }>(REFRESH_URL, null, { headers: { Authorization: `Bearer ${token}` } })
        .pipe(
          map(({ access_token }) => access_token),
          tap((renewed) => (token = renewed)),
          finalize(() => (refreshing = null)),
          share(),
        ));
    const gate: HttpInterceptorFn = (request, next) => {
      const backend = inject(HttpBackend);
      const send = () => next(request.clone({ setHeaders: { Authorization: `Bearer ${token}` } }));
      if (refreshing) return refreshing.pipe(switchMap(send));
      return send().pipe(
        catchError((error: unknown) =>
          error instanceof HttpErrorResponse && error.status === 401
            ? refresh(backend).pipe(switchMap(send))
            : throwError(() => error),
        ),
      );
    };
    const injector = openAngular(server, [provideHttpClient(withInterceptors([gate]))]);
    return clientOf(injector, (other) => (token = other));
  },
};
