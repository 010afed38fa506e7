import {
  HTTP_INTERCEPTORS,
  type HttpHandler,
  type HttpInterceptor,
  type HttpInterceptorFn,
  type HttpRequest,
} from '@angular/common/http';
import { inject, Injectable, NgModule } from '@angular/core';

export const API = 'https://api.example.com';

/** What the interceptors around ngx-bearer's have seen. */
@Injectable({ providedIn: 'root' })
export class SendingLog {
  readonly calls: string[] = [];
  readonly tokens: (string | null)[] = [];

  clear(): void {
    this.calls.length = 0;
    this.tokens.length = 0;
  }
}

/** Runs before ngx-bearer's: its URLs are not yet final, and of a replay it sees nothing. */
export const before: HttpInterceptorFn = (request, next) => {
  const url = request.url.replace(/^\/depot\//, `${API}/`);
  inject(SendingLog).calls.push(url);
  return next(request.clone({ url }));
};

/** Runs after it, and sees every sending with its token. */
export const after: HttpInterceptorFn = (request, next) => {
  inject(SendingLog).tokens.push(request.headers.get('Authorization'));
  return next(request);
};

@Injectable()
export class Before implements HttpInterceptor {
  readonly #log = inject(SendingLog);

  intercept(request: HttpRequest<unknown>, next: HttpHandler) {
    const url = request.url.replace(/^\/depot\//, `${API}/`);
    this.#log.calls.push(url);
    return next.handle(request.clone({ url }));
  }
}

@NgModule({ providers: [{ provide: HTTP_INTERCEPTORS, useClass: Before, multi: true }] })
export class ShopInterceptors {}
