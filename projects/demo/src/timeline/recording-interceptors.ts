import {
  type HttpErrorResponse,
  type HttpEvent,
  HttpContext,
  HttpContextToken,
  HttpEventType,
  type HttpHandler,
  type HttpInterceptor,
  type HttpInterceptorFn,
  type HttpRequest,
} from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { AUTH } from 'ngx-bearer';
import { defer, type Observable, tap } from 'rxjs';
import { Recorder } from './recorder';

type Handle = (request: HttpRequest<unknown>) => Observable<HttpEvent<unknown>>;

/** The lane a request is drawn in; `'none'` keeps it off the timeline. */
const LANE = new HttpContextToken<number | 'none' | null>(() => null);

/** A context whose request is not drawn. */
export function offTheRecord(): HttpContext {
  return new HttpContext().set(LANE, 'none');
}

/** Stands before `authInterceptor`: sees each call of the application begin and end. */
export const recordCall: HttpInterceptorFn = (request, next) => watchCall(inject(Recorder), request, next);

/** Stands after `authInterceptor`: sees each sending leave, and each rejection arrive. */
export const recordSending: HttpInterceptorFn = (request, next) =>
  watchSending(inject(Recorder), request, next);

/** `recordCall` for an application that registers classes. */
@Injectable()
export class CallRecorder implements HttpInterceptor {
  readonly #recorder = inject(Recorder);

  intercept(request: HttpRequest<unknown>, next: HttpHandler): Observable<HttpEvent<unknown>> {
    return watchCall(this.#recorder, request, (watched) => next.handle(watched));
  }
}

/** `recordSending` for an application that registers classes. */
@Injectable()
export class SendingRecorder implements HttpInterceptor {
  readonly #recorder = inject(Recorder);

  intercept(request: HttpRequest<unknown>, next: HttpHandler): Observable<HttpEvent<unknown>> {
    return watchSending(this.#recorder, request, (watched) => next.handle(watched));
  }
}

function watchCall(recorder: Recorder, request: HttpRequest<unknown>, next: Handle) {
  if (request.context.get(AUTH) === 'skip' || request.context.get(LANE) === 'none') return next(request);
  return defer(() => {
    const call = recorder.issue(request.method, new URL(request.url, document.baseURI).pathname);
    const end = (state: 'done' | 'failed', status: number | null) => {
      recorder.note({ type: 'ended', call, state, status });
    };
    let status: number | null = null;
    return next(request.clone({ context: withLane(request.context, call) })).pipe(
      tap({
        next: (event) => {
          if (event.type === HttpEventType.Response) status = event.status;
        },
        error: (failure: HttpErrorResponse) => {
          end('failed', failure.status);
        },
        complete: () => {
          end('done', status);
        },
        unsubscribe: () => {
          end('failed', null);
        },
      }),
    );
  });
}

function watchSending(recorder: Recorder, request: HttpRequest<unknown>, next: Handle) {
  const call = request.context.get(LANE);
  if (typeof call !== 'number') return next(request);
  return defer(() => {
    recorder.note({ type: 'sent', call });
    return next(request).pipe(
      tap({
        error: (failure: HttpErrorResponse) => {
          if (failure.status === 401) recorder.note({ type: 'rejected', call });
        },
      }),
    );
  });
}

/** A copy: two calls may share one context, and each has a lane of its own. */
function withLane(context: HttpContext, call: number): HttpContext {
  const copy = new HttpContext();
  for (const token of context.keys()) copy.set(token, context.get(token));
  return copy.set(LANE, call);
}
