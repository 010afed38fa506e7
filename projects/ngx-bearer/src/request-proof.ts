import type { HttpHandler, HttpRequest } from '@angular/common/http';
import type { Observable } from 'rxjs';
import type { AuthSettings } from './auth-config';
import type { Credential } from './session/credential';
import type { Session } from './session/session';

/** The option `proof`, as this library knows it. */
export interface RequestProof {
  readonly scheme: 'DPoP';
  /** Has to run in an injection context. */
  readonly connect: (session: Session, settings: AuthSettings) => Prover;
}

/** Shows with each request that its sender has the key that the token is bound to. */
export interface Prover {
  /**
   * Makes the proof of a request that carries the current access token. Emits, some time later, what sends this request with
   * the proof. Fails with an `HttpErrorResponse`.
   */
  prove(request: HttpRequest<unknown>, next: HttpHandler): Observable<ProvedSending>;
  /** Sends the requests of a refresh with proofs, and fails with `refused` if the new tokens are not bound. */
  forRefresh(next: HttpHandler): HttpHandler;
  /**
   * Looks at the answer that a user signs in with.
   *
   * @throws AuthError `bad-token-response` if its tokens are not bound.
   */
  check(answer: unknown): void;
}

/** What sends one request with its proof. */
export interface ProvedSending extends HttpHandler {
  /** The proof is about the access token of this credential. */
  readonly credential: Credential | null;
}
