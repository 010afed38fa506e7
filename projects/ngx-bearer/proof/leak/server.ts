import {
  type HttpBackend,
  HttpErrorResponse,
  type HttpEvent,
  type HttpRequest,
  HttpResponse,
} from '@angular/common/http';
import { Observable } from 'rxjs';
import { TOKEN_ENDPOINT } from '../program/places.ts';

type Answer = HttpResponse<unknown> | HttpErrorResponse;

/** A server that answers when it is told to, and lets tokens expire and refreshes fail when it is told to. */
export class Server implements HttpBackend {
  #waiting: (() => void)[] = [];
  #serial = 0;
  #goodToken = '';
  refreshes = 0;
  /** How it answers the next refresh. */
  nextRefresh: 200 | 401 | 503 = 200;

  handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    return new Observable((caller) => {
      const answer = (): void => {
        if (caller.closed) return;
        const answered = request.url === TOKEN_ENDPOINT ? this.#refresh() : this.#serve(request);
        if (answered instanceof HttpErrorResponse) {
          caller.error(answered);
          return;
        }
        caller.next(answered);
        caller.complete();
      };
      this.#waiting.push(answer);
    });
  }

  signIn(): Record<string, unknown> {
    this.#goodToken = `access-${++this.#serial}`;
    return { access_token: this.#goodToken, refresh_token: `refresh-${this.#serial}`, expires_in: 3600 };
  }

  /** From here on no token is good. */
  expire(): void {
    this.#goodToken = '';
  }

  /** Answers all that waits, but not what comes of it. */
  answer(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const answer of waiting) answer();
  }

  #refresh(): Answer {
    this.refreshes++;
    const status = this.nextRefresh;
    this.nextRefresh = 200;
    return status === 200 ? new HttpResponse({ body: this.signIn() }) : new HttpErrorResponse({ status });
  }

  #serve({ headers, url }: HttpRequest<unknown>): Answer {
    const token = headers.get('Authorization')?.slice('Bearer '.length);
    if (!token || token !== this.#goodToken) return new HttpErrorResponse({ status: 401, url });
    return url.endsWith('/broken')
      ? new HttpErrorResponse({ status: 500, url })
      : new HttpResponse({ body: url, url });
  }
}
