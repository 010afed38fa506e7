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
import { AUTH_SESSIONS, type AuthParts, mostSpecific } from './auth-parts';
import type { Outcome } from './refresh/refresh-outcome';
import { isAboutOurToken } from './request/answer-origin';
import { readAuth } from './request/auth-context';
import { authFailure, unsent } from './request/auth-failure';
import { hasBearer, withBearer } from './request/bearer-header';
import { findXsrfHeader, keepBody, mayReplay, withXsrf } from './request/replay';
import { isRejection, readStepUp } from './request/token-rejection';
import { withhold } from './request/withheld-events';
import type { ProvedSending } from './request-proof';
import type { Issue } from './session/session';

/** One request on its way. Each subscription is another. */
interface Call {
  readonly request: HttpRequest<unknown>;
  readonly next: HttpHandler;
  /** The session that it belongs to. */
  readonly parts: AuthParts;
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
  #sessions: readonly AuthParts[] | undefined;
  readonly #xsrf = inject(HttpXsrfTokenExtractor, { optional: true });
  /** The same for the whole app. A request that has waited may come with a token that no longer tells it. */
  #xsrfHeader = '';

  intercept(request: HttpRequest<unknown>, next: HttpHandler): Observable<HttpEvent<unknown>> {
    // JSONP is a script element, which sends no header.
    const isSkipped = readAuth(request) === 'skip' || request.method === 'JSONP';
    const parts = isSkipped ? null : this.#choose(request);
    if (ngDevMode) this.#sessions?.forEach(({ hints }) => hints?.look(request, !!parts));
    if (!parts) return next.handle(request);
    this.#xsrfHeader = findXsrfHeader(request, this.#xsrf) ?? this.#xsrfHeader;
    return defer(() => this.#send({ request, next, parts, issue: parts.session.issue(), rejected: null }));
  }

  /** The session that a request belongs to. A configuration may come by one that is skipped, and is read when another is sent. */
  #choose(request: HttpRequest<unknown>): AuthParts | null {
    this.#sessions ??= this.#injector.get(AUTH_SESSIONS);
    const parts = mostSpecific(this.#sessions, request.urlWithParams);
    return parts && !hasBearer(request, parts.settings) ? parts : null;
  }

  /** What a request waits for before it is sent; null if it may go. */
  #wait({ request, parts, issue, rejected }: Call): Observable<Outcome> | null {
    const { session, settings, gate } = parts;
    const wait = gate.admit(issue, rejected ? 'hold' : settings.whileRefreshing);
    const isMissing = !session.credential && readAuth(request) === 'required';
    return wait ?? (isMissing ? gate.restore(issue) : null);
  }

  /** Sends at once where the token is good, else when the gate lets it, or when there is a proof. */
  #send(call: Call, proved?: ProvedSending): Observable<HttpEvent<unknown>> {
    const { request, next, parts, issue, rejected } = call;
    const { session, settings, gate, hints, proof } = parts;
    // A request may start inside a template or a computed, where signals must not be written.
    const wait = untracked(() => this.#wait(call));
    if (wait) return this.#resume(call, wait);
    const { credential } = session;
    const replay = rejected?.replay ?? keepBody(request);
    const withheld: HttpEvent<unknown>[] = [];
    const token = credential?.tokens.accessToken;
    const sent = rejected ? withXsrf(replay(), this.#xsrfHeader, this.#xsrf) : request;
    const authorized = withBearer(sent, token, settings);
    if (ngDevMode) hints?.known.addOwn(authorized);
    if (proof && credential && proved?.credential !== credential) {
      // Meanwhile anything may happen to the session: the gate is asked again.
      const kept = { request: replay(), next, parts, issue, rejected };
      return proof.prove(authorized, next).pipe(switchMap((made) => this.#send(kept, made)));
    }
    const sending = (proved ?? next).handle(authorized);
    return withhold(sending, request, withheld).pipe(
      catchError((failure: unknown) => {
        const stepUp = readStepUp(failure);
        if (stepUp && issue.epoch === session.epoch) session.emit({ type: 'step-up-required', ...stepUp });
        const ownAnswer = concat(
          withheld,
          throwError(() => failure),
        );
        const isOurs =
          isRejection(failure, request, settings.shouldRefresh) && isAboutOurToken(failure, parts);
        if (rejected || !isOurs) return ownAnswer;
        const renewal = gate.reject(issue, credential);
        if (!mayReplay(request, settings.replay)) return ownAnswer;
        return this.#resume({ request, next, parts, issue, rejected: { ownAnswer, replay } }, renewal);
      }),
    );
  }

  /** Goes on when the refresh has ended: with new tokens, or with what the caller gets. */
  #resume(call: Call, refreshed: Observable<Outcome>): Observable<HttpEvent<unknown>> {
    const { request, next, parts, issue, rejected } = call;
    return refreshed.pipe(
      switchMap((outcome) => {
        switch (outcome.kind) {
          case 'renewed': {
            const { epoch } = outcome;
            return this.#send({ request, next, parts, issue: { order: issue.order, epoch }, rejected });
          }
          case 'unavailable':
            return throwError(() => authFailure(request, outcome.error, outcome.status));
          case 'ended': {
            // Under the same epoch a required request has waited for a restore, and there was nobody to be restored.
            const why = issue.epoch === parts.session.epoch ? 'not-signed-in' : 'session-ended';
            return rejected?.ownAnswer ?? throwError(() => unsent(request, why));
          }
        }
      }),
    );
  }
}

/** {@link AuthInterceptor} for `withInterceptors([..., authInterceptor])`. */
export const authInterceptor: HttpInterceptorFn = (request, next) =>
  inject(AuthInterceptor).intercept(request, { handle: next });
