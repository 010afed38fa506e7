import { DOCUMENT } from '@angular/common';
import {
  HttpErrorResponse,
  type HttpEvent,
  type HttpHandler,
  type HttpInterceptor,
  type HttpInterceptorFn,
  type HttpRequest,
  HttpXsrfTokenExtractor,
} from '@angular/common/http';
import { inject, Injectable, untracked } from '@angular/core';
import { catchError, concat, defer, type Observable, switchMap, tap, throwError } from 'rxjs';
import { AUTH_PARTS } from './auth-parts';
import type { Outcome } from './refresh/refresh-outcome';
import { agrees } from './request/agrees';
import { AUTH } from './request/auth-context';
import { authFailure, unsent } from './request/auth-failure';
import { hasBearer, withBearer } from './request/bearer-header';
import { mayReplay, prepareReplay } from './request/replay';
import { readStepUp } from './request/token-rejection';
import { createTokenScope } from './request/token-scope';
import { withhold } from './request/withheld-events';
import type { Credential } from './session/credential';
import type { Issue } from './session/session-record';

/** One request on its way. Each subscription is another. */
interface Call {
  readonly request: HttpRequest<unknown>;
  readonly issue: Issue;
  /** The answer that its first sending got. */
  readonly rejection?: HttpErrorResponse;
}

type Send = (credential: Credential | null) => Observable<HttpEvent<unknown>>;

/**
 * Puts the bearer token on requests to where it may go. When a server rejects the token, it is refreshed once,
 * every other rejected request waits at the gate, and all are replayed.
 *
 * Register it last: it judges the URL it sees. Registered as a function and as a class at once it attaches one
 * header.
 */
@Injectable({ providedIn: 'root' })
export class AuthInterceptor implements HttpInterceptor {
  readonly #parts = inject(AUTH_PARTS);
  readonly #settings = this.#parts.settings;
  readonly #session = this.#parts.session;
  readonly #gate = this.#parts.gate;
  readonly #xsrf = inject(HttpXsrfTokenExtractor, { optional: true });
  readonly #isInScope = injectScope();

  intercept(request: HttpRequest<unknown>, next: HttpHandler): Observable<HttpEvent<unknown>> {
    if (!this.#isOurs(request)) return next.handle(request);
    return defer(() => {
      const call: Call = { request, issue: this.#session.issue() };
      return this.#passGate(call, (sentWith) => {
        if (!sentWith && request.context.get(AUTH) === 'required')
          return throwError(() => unsent(request, 'not-signed-in'));
        const replay = prepareReplay(request, this.#xsrf);
        const withheld: HttpEvent<unknown>[] = [];
        return next.handle(this.#withToken(request, sentWith)).pipe(
          withhold(request, withheld),
          catchError((failure: unknown) => {
            if (!this.#isRejection(failure, call))
              return concat(
                withheld,
                throwError(() => failure),
              );
            const refreshed = this.#gate.reject(call.issue, sentWith);
            if (!this.#mayReplay(request)) return throwError(() => failure);
            return this.#afterRefresh({ ...call, rejection: failure }, refreshed, (current) =>
              next
                .handle(this.#withToken(replay(), current))
                .pipe(tap({ error: (second) => this.#noticeStepUp(second, call) })),
            );
          }),
        );
      });
    });
  }

  #isOurs(request: HttpRequest<unknown>): boolean {
    const isLeftAlone = request.context.get(AUTH) === 'skip' || hasBearer(request, this.#settings);
    return !isLeftAlone && this.#isInScope(request.urlWithParams);
  }

  /** Sends at once where the token is good, else when the gate lets it. A replay never goes without a good one. */
  #passGate(call: Call, send: Send): Observable<HttpEvent<unknown>> {
    const policy = call.rejection ? 'hold' : this.#settings.whileRefreshing;
    // A request may start inside a template or a computed, where signals must not be written.
    const refreshed = untracked(() => this.#gate.admit(call.issue, policy));
    return refreshed ? this.#afterRefresh(call, refreshed, send) : send(this.#session.credential);
  }

  #afterRefresh(call: Call, refreshed: Observable<Outcome>, send: Send): Observable<HttpEvent<unknown>> {
    const { request, issue, rejection } = call;
    return refreshed.pipe(
      switchMap((outcome) => {
        switch (outcome.kind) {
          case 'renewed':
            return this.#passGate({ ...call, issue: { ...issue, epoch: outcome.epoch } }, send);
          case 'unavailable':
            return throwError(() => authFailure(request, outcome.error, outcome.status));
          case 'ended':
            return throwError(() => rejection ?? unsent(request, 'session-ended'));
        }
      }),
    );
  }

  #withToken(request: HttpRequest<unknown>, credential: Credential | null): HttpRequest<unknown> {
    return credential ? withBearer(request, credential.tokens.accessToken, this.#settings) : request;
  }

  #isRejection(failure: unknown, call: Call): failure is HttpErrorResponse {
    const { shouldRefresh, warn } = this.#settings;
    this.#noticeStepUp(failure, call);
    return failure instanceof HttpErrorResponse && agrees(() => shouldRefresh(failure, call.request), warn);
  }

  #mayReplay(request: HttpRequest<unknown>): boolean {
    return agrees(() => mayReplay(request, this.#settings.replay), this.#settings.warn);
  }

  #noticeStepUp(failure: unknown, { issue }: Call): void {
    const stepUp = failure instanceof HttpErrorResponse && readStepUp(failure);
    if (stepUp && issue.epoch === this.#session.epoch)
      this.#session.emit({ type: 'step-up-required', ...stepUp });
  }
}

/** {@link AuthInterceptor} for `withInterceptors([..., authInterceptor])`. */
export const authInterceptor: HttpInterceptorFn = (request, next) =>
  inject(AuthInterceptor).intercept(request, { handle: next });

function injectScope(): (url: string) => boolean {
  const document = inject(DOCUMENT);
  const { settings } = inject(AUTH_PARTS);
  // On a server the page's origin comes from the Host header, which anybody may write.
  const ownOrigin = settings.isServer ? null : document.location.origin;
  return createTokenScope({ ...settings, ownOrigin, baseUri: () => document.baseURI });
}
