import {
  type HttpEvent,
  type HttpHandler,
  type HttpInterceptor,
  type HttpInterceptorFn,
  type HttpRequest,
  HttpXsrfTokenExtractor,
} from '@angular/common/http';
import { inject, Injectable, Injector, untracked } from '@angular/core';
import { catchError, concat, defer, type Observable, switchMap, throwError } from 'rxjs';
import { AUTH_PARTS, type AuthParts } from './auth-parts';
import type { Outcome } from './refresh/refresh-outcome';
import { isAboutOurToken } from './request/answer-origin';
import { readAuth } from './request/auth-context';
import { authFailure, unsent } from './request/auth-failure';
import { hasBearer, withBearer } from './request/bearer-header';
import { findXsrfHeader, keepBody, mayReplay, withXsrf } from './request/replay';
import { isRejection, readStepUp } from './request/token-rejection';
import { withhold } from './request/withheld-events';
import type { Issue } from './session/session';

/** One request on its way. Each subscription is another. */
interface Call {
  readonly request: HttpRequest<unknown>;
  readonly next: HttpHandler;
  readonly issue: Issue;
  /** After a rejection: that answer as the caller gets it if nothing is replayed, and how to make the request again. */
  readonly rejected: {
    readonly ownAnswer: Observable<HttpEvent<unknown>>;
    readonly replay: () => HttpRequest<unknown>;
  } | null;
}

/**
 * Puts the bearer token on requests to allowed URLs. If a server rejects the token, it is refreshed once, every other
 * rejected request waits at the gate, and all are replayed.
 *
 * Put it last: it decides by the URL it receives. Registered as a function and as a class at once it attaches one header.
 */
@Injectable({ providedIn: 'root' })
export class AuthInterceptor implements HttpInterceptor {
  readonly #injector = inject(Injector);
  #created: AuthParts | undefined;
  readonly #xsrf = inject(HttpXsrfTokenExtractor, { optional: true });
  /** The same for the whole app. A request that has waited may come with a token that no longer tells it. */
  #xsrfHeader = '';

  intercept(request: HttpRequest<unknown>, next: HttpHandler): Observable<HttpEvent<unknown>> {
    // JSONP is a script element, which sends no header.
    const isSkipped = readAuth(request) === 'skip' || request.method === 'JSONP';
    const isOurs = !isSkipped && this.#isOurs(request);
    if (ngDevMode) this.#created?.hints?.look(request, isOurs);
    if (!isOurs) return next.handle(request);
    this.#xsrfHeader = findXsrfHeader(request, this.#xsrf) ?? this.#xsrfHeader;
    const { session } = this.#parts;
    return defer(() => this.#send({ request, next, issue: session.issue(), rejected: null }));
  }

  /** The configuration may come by a request that is skipped, and is read when another needs the session. */
  get #parts(): AuthParts {
    return (this.#created ??= this.#injector.get(AUTH_PARTS));
  }

  #isOurs(request: HttpRequest<unknown>): boolean {
    const { settings, isInScope } = this.#parts;
    return !hasBearer(request, settings) && isInScope(request.urlWithParams);
  }

  /** What a request waits for before it is sent; null if it may go. */
  #wait({ request, issue, rejected }: Call): Observable<Outcome> | null {
    const { session, settings, gate } = this.#parts;
    const wait = gate.admit(issue, rejected ? 'hold' : settings.whileRefreshing);
    const isMissing = !session.credential && readAuth(request) === 'required';
    return wait ?? (isMissing ? gate.restore(issue) : null);
  }

  /** Sends at once where the token is good, else when the gate lets it. */
  #send(call: Call): Observable<HttpEvent<unknown>> {
    const { session, settings, gate } = this.#parts;
    const { request, next, issue, rejected } = call;
    // A request may start inside a template or a computed, where signals must not be written.
    const wait = untracked(() => this.#wait(call));
    if (wait) return this.#resume(call, wait);
    const { credential } = session;
    const replay = rejected?.replay ?? keepBody(request);
    const withheld: HttpEvent<unknown>[] = [];
    const token = credential?.tokens.accessToken;
    const sent = rejected ? withXsrf(replay(), this.#xsrfHeader, this.#xsrf) : request;
    const sending = next.handle(withBearer(sent, token, settings));
    return withhold(sending, request, withheld).pipe(
      catchError((failure: unknown) => {
        const stepUp = readStepUp(failure);
        if (stepUp && issue.epoch === session.epoch) session.emit({ type: 'step-up-required', ...stepUp });
        const ownAnswer = concat(
          withheld,
          throwError(() => failure),
        );
        const isOurs =
          isRejection(failure, request, settings.shouldRefresh) && isAboutOurToken(failure, this.#parts);
        if (rejected || !isOurs) return ownAnswer;
        const renewal = gate.reject(issue, credential);
        if (!mayReplay(request, settings.replay)) return ownAnswer;
        return this.#resume({ request, next, issue, rejected: { ownAnswer, replay } }, renewal);
      }),
    );
  }

  /** Goes on when the refresh has ended: with new tokens, or with what the caller gets. */
  #resume(call: Call, refreshed: Observable<Outcome>): Observable<HttpEvent<unknown>> {
    const { request, next, issue, rejected } = call;
    return refreshed.pipe(
      switchMap((outcome) => {
        // A required request waited for a restore, and nobody was to be restored.
        const isSame = issue.epoch === this.#parts.session.epoch;
        switch (outcome.kind) {
          case 'renewed':
            return this.#send({
              request,
              next,
              issue: { order: issue.order, epoch: outcome.epoch },
              rejected,
            });
          case 'unavailable':
            return throwError(() => authFailure(request, outcome.error, outcome.status));
          case 'ended':
            return (
              rejected?.ownAnswer ??
              throwError(() => unsent(request, isSame ? 'not-signed-in' : 'session-ended'))
            );
        }
      }),
    );
  }
}

/** {@link AuthInterceptor} for `withInterceptors([..., authInterceptor])`. */
export const authInterceptor: HttpInterceptorFn = (request, next) =>
  inject(AuthInterceptor).intercept(request, { handle: next });
