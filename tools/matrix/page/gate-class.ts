import {
  HttpClient,
  type HttpErrorResponse,
  type HttpHandler,
  type HttpHandlerFn,
  type HttpInterceptor,
  type HttpRequest,
} from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { BehaviorSubject, catchError, filter, switchMap, take, throwError } from 'rxjs';

/** What many applications have, for `migrate` to find. It never runs here. */
@Injectable({ providedIn: 'root' })
export class PastedGate implements HttpInterceptor {
  readonly #http = inject(HttpClient);
  readonly #token = new BehaviorSubject<string | null>(null);
  #isRefreshing = false;

  intercept(request: HttpRequest<unknown>, next: HttpHandler) {
    return this.handle(request, (sent) => next.handle(sent));
  }

  handle(request: HttpRequest<unknown>, next: HttpHandlerFn) {
    return next(withToken(request, localStorage.getItem('access_token'))).pipe(
      catchError((error: HttpErrorResponse) =>
        error.status === 401 ? this.#replay(request, next) : throwError(() => error),
      ),
    );
  }

  #replay(request: HttpRequest<unknown>, next: HttpHandlerFn) {
    if (!this.#isRefreshing) this.#refresh();
    return this.#token.pipe(
      filter((token) => token !== null),
      take(1),
      switchMap((token) => next(withToken(request, token))),
    );
  }

  #refresh() {
    this.#isRefreshing = true;
    this.#token.next(null);
    this.#http.post<{ access_token: string }>('https://api.example.com/auth', null).subscribe((answer) => {
      this.#isRefreshing = false;
      localStorage.setItem('access_token', answer.access_token);
      this.#token.next(answer.access_token);
    });
  }
}

function withToken(request: HttpRequest<unknown>, token: string | null): HttpRequest<unknown> {
  return request.clone({ setHeaders: { Authorization: `Bearer ${token ?? ''}` } });
}
