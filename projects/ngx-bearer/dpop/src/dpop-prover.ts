import { DOCUMENT } from '@angular/common';
import {
  HttpErrorResponse,
  type HttpEvent,
  type HttpHandler,
  type HttpHeaders,
  type HttpRequest,
  HttpResponse,
} from '@angular/common/http';
import { inject } from '@angular/core';
import { AuthError, type AuthErrorCode, ɵauthFailure, ɵopenDatabase, ɵwarnOnce, ɵwithhold } from 'ngx-bearer';
import { catchError, concat, EMPTY, from, map, type Observable, switchMap, tap, throwError } from 'rxjs';
import { CurrentKey } from './current-key';
import { makeProof } from './make-proof';
import { Origins, type Reason, type Wanted } from './origins';
import type { AuthSettings, Prover, Session } from './seam';
import { SessionKeys } from './session-keys';
import { describeType, tokenTypeOf } from './token-type';

/** The options of `dpop`, with their defaults. */
interface ProverOptions {
  readonly key: string;
  readonly allowBearer: boolean;
}

/** What one sending carries. */
interface Proof {
  readonly headers: HttpHeaders;
  readonly url: URL;
  /** The nonce and the time of the proof; undefined if the token is sent as bearer, without a proof. */
  readonly wanted?: Wanted;
}

/** A request on its way. */
interface Journey {
  readonly next: HttpHandler;
  /** The tokens that it carries. */
  readonly credential: Session['credential'];
  readonly isRefresh: boolean;
  /** Why it has been sent again. */
  readonly tried: Reason[];
}

const BEARER = /^Bearer /;

/** Sends the requests of one session with a proof of its key, a new one each time (RFC 9449). */
export class DpopProver implements Prover {
  readonly key: CurrentKey;
  readonly #session: Session;
  readonly #allowBearer: boolean;
  readonly #document = inject(DOCUMENT);
  readonly #origins = new Origins();
  /** Settles when all proofs before have been made: Web Crypto may finish them in another order. */
  #made: Promise<unknown> = Promise.resolve();

  /** Has to run in an injection context. */
  constructor(session: Session, { name, isServer }: AuthSettings, { key, allowBearer }: ProverOptions) {
    this.#session = session;
    this.#allowBearer = allowBearer;
    const window = isServer ? null : this.#document.defaultView;
    const database = window && ɵopenDatabase(window, `${name ? `${key}.${name}` : key}.dpop`);
    this.key = new CurrentKey(session, new SessionKeys(database));
    if (isServer) return;
    if (ngDevMode) assertSecureContext();
    this.key.follow();
  }

  check(answer: unknown): void {
    this.key.beginSignIn(this.#isBearer(answer, 'bad-token-response'));
  }

  prove(request: HttpRequest<unknown>, next: HttpHandler): ReturnType<Prover['prove']> {
    return this.#prove(request, next, false);
  }

  forRefresh(next: HttpHandler): HttpHandler {
    const send = (request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> =>
      this.#prove(request, next, true).pipe(
        switchMap((proved) =>
          proved.credential === this.#session.credential ? proved.handle(request) : EMPTY,
        ),
      );
    const check = (event: HttpEvent<unknown>): void => {
      if (event instanceof HttpResponse) void this.key.setBearer(this.#isBearer(event.body, 'refused'));
    };
    return {
      // A sign-out has ended the session, and its key, before it sends anything.
      handle: (request) => (this.#session.credential ? send(request) : next.handle(request)).pipe(tap(check)),
    };
  }

  #prove(request: HttpRequest<unknown>, next: HttpHandler, isRefresh: boolean): ReturnType<Prover['prove']> {
    const { credential } = this.#session;
    const journey = { next, credential, isRefresh, tried: [] };
    return this.#makeInOrder(request, journey).pipe(
      map((proof) => ({ credential, handle: (sent) => this.#send(sent, proof, journey) })),
    );
  }

  /**
   * Whether tokens are bearer tokens. A server that names no type has not named another one.
   *
   * @throws AuthError with this code if they are not bound, and the application does not allow that.
   */
  #isBearer(answer: unknown, code: AuthErrorCode): boolean {
    const type = tokenTypeOf(answer);
    const isBearer = type === 'bearer';
    if (!type || type === 'dpop' || (isBearer && this.#allowBearer)) return isBearer;
    if (ngDevMode && code === 'refused') ɵwarnOnce(`the session has ended: ${describeType(type)}`);
    throw new AuthError(code, ngDevMode && describeType(type));
  }

  /** A refresh token that another tab has used meanwhile is not sent again; an access token of this session may be. */
  #mayGoOn({ credential, isRefresh }: Journey): boolean {
    const current = this.#session.credential;
    return isRefresh ? current === credential : current?.id === credential?.id;
  }

  #makeInOrder(request: HttpRequest<unknown>, journey: Journey): Observable<Proof> {
    const before = this.#made;
    const making = this.#make(request, journey);
    this.#made = Promise.allSettled([before, making]);
    return from(before.then(() => making)).pipe(
      catchError((cause: unknown) => {
        const detail = ngDevMode && 'no proof can be made now: see the cause.';
        const error = new AuthError('refresh-unavailable', detail, { cause });
        return throwError(() => ɵauthFailure(request, error, 0));
      }),
    );
  }

  async #make(
    { urlWithParams, method, headers }: HttpRequest<unknown>,
    { isRefresh }: Journey,
  ): Promise<Proof> {
    const url = new URL(urlWithParams, this.#document.baseURI);
    const key = await this.key.get();
    // A server has no key, and asks as nobody. In a browser the session has just ended.
    if (!key) return { url, headers: headers.delete('Authorization') };
    // The refresh token is bound also if the access token is not.
    if (key.isBearer && !isRefresh) return { url, headers };
    const wanted = this.#origins.of(url);
    const token = headers.get('Authorization')?.replace(BEARER, '');
    const proof = await makeProof(key.pair, { url, method, token }, wanted);
    const authorized = token && !key.isBearer ? headers.set('Authorization', `DPoP ${token}`) : headers;
    return { url, wanted, headers: authorized.set('DPoP', proof) };
  }

  #send(request: HttpRequest<unknown>, proof: Proof, journey: Journey): Observable<HttpEvent<unknown>> {
    const { url, wanted, headers } = proof;
    const withheld: HttpEvent<unknown>[] = [];
    const sending = journey.next.handle(request.clone({ headers })).pipe(
      tap((event) => {
        if ('headers' in event) this.#origins.note(url, event);
      }),
    );
    return ɵwithhold(sending, request, withheld).pipe(
      catchError((failure: unknown) => {
        const ownAnswer = concat(
          withheld,
          throwError(() => failure),
        );
        const isAnswer = failure instanceof HttpErrorResponse;
        const reason = wanted && isAnswer ? this.#origins.explain(url, failure, wanted) : null;
        if (!reason || journey.tried.includes(reason)) return ownAnswer;
        journey.tried.push(reason);
        return this.#makeInOrder(request, journey).pipe(
          switchMap((made) => (this.#mayGoOn(journey) ? this.#send(request, made, journey) : ownAnswer)),
        );
      }),
    );
  }
}

/** Elsewhere there is no Web Crypto, whatever the types say. */
function assertSecureContext(): void {
  if (crypto.subtle as SubtleCrypto | undefined) return;
  throw new AuthError('bad-config', "'proof' needs Web Crypto: open the page by https, or on localhost.");
}
