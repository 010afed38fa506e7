import { computed, inject, Injectable, type Signal, untracked } from '@angular/core';
import { catchError, EMPTY, finalize, firstValueFrom, from, ignoreElements, type Observable } from 'rxjs';
import { AuthError } from './auth-errors';
import type { AuthEvent } from './auth-events';
import { AUTH_SESSIONS, findSession, SESSION_NAME } from './auth-parts';
import { detailOf, warnOnce } from './hints/warn-once';
import type { Outcome } from './refresh/refresh-outcome';
import { callServer } from './refresh/refresh-tokens';
import type { RefreshContext } from './refresh/refresh-strategy';
import type { Prover } from './request-proof';
import type { Issue } from './session/session';
import { type AuthTokens, readTokens } from './session/tokens';

/** Who is signed in, and what an app does about it. */
@Injectable({ providedIn: 'root' })
export class AuthSession {
  readonly #parts = findSession(inject(AUTH_SESSIONS), inject(SESSION_NAME, { optional: true }));
  readonly #session = this.#parts.session;
  readonly #gate = this.#parts.gate;

  /** Whether somebody is signed in. */
  readonly signedIn: Signal<boolean> = computed(() => !!this.#session.view());

  /** Whether a refresh is under way. */
  readonly refreshing: Signal<boolean> = this.#gate.refreshing;

  /** When the access token runs out, in epoch milliseconds by the local clock; null when unknown. */
  readonly expiresAt: Signal<number | null> = computed(() => this.#session.view()?.expiresAt ?? null);

  /** The payload of a JWT access token, unverified, for display only; null for opaque tokens. */
  readonly claims: Signal<Readonly<Record<string, unknown>> | null> = computed(
    () => this.#session.view()?.claims ?? null,
  );

  /** What happens to the session, in order. Hot, and never with a token in it. */
  readonly events: Observable<AuthEvent> = this.#session.events;

  /**
   * Starts a session, from `AuthTokens` or from the raw answer of a login, as `readTokens` reads it. Requests of
   * the session before end with their own 401 or with `session-ended`.
   *
   * @throws AuthError `bad-token-response` on anything unusable; the session stays as it was.
   */
  signIn(tokens: unknown): void {
    const read = readSignIn(tokens, this.#parts.proof);
    untracked(() => {
      this.#session.signIn(read);
    });
  }

  /**
   * Ends the session, here and in every tab that shares the store, before it returns. Requests held at the gate end with
   * an error.
   *
   * @returns a promise that resolves when `onSignOut` has ended, or `refreshTimeout` is over; it never rejects
   */
  signOut(): Promise<void> {
    const { credential, lifetime } = this.#session;
    const { onSignOut } = this.#parts.settings;
    return new Promise((resolve) => {
      const notify = (context: RefreshContext): Observable<unknown> =>
        credential ? from(onSignOut(credential.tokens, context)).pipe(ignoreElements()) : EMPTY;
      untracked(() => {
        this.#session.end('user');
        const notified = callServer(notify, this.#parts).pipe(
          catchError(() => EMPTY),
          finalize(resolve),
        );
        lifetime.add(notified.subscribe());
      });
    });
  }

  /**
   * An access token that is good now, for what `HttpClient` does not send: WebSocket, EventSource, `fetch`.
   * Refreshes through the same gate where it has to. Null with nobody signed in, or after a refusal.
   *
   * @throws AuthError (as a rejection) `refresh-unavailable` or `refresh-limit`.
   */
  async accessToken(): Promise<string | null> {
    if (ngDevMode && this.#parts.hints) this.#parts.hints.known.isTokenHandedOut = true;
    const { order, epoch } = this.#session.issue();
    let current: number | null = epoch;
    for (;;) {
      const issue: Issue = { order, epoch: current };
      const wait = untracked(() => this.#gate.admit(issue, 'hold'));
      const { credential } = this.#session;
      if (!wait && credential) return credential.tokens.accessToken;
      current = await renewed(wait ?? untracked(() => this.#gate.restore(issue)));
      if (current === null) return null;
    }
  }

  /**
   * Refreshes now, or joins the refresh under way.
   *
   * @throws AuthError (as a rejection) `refresh-unavailable`, `refresh-limit`, `session-ended` or `not-signed-in`.
   * While a failed refresh cools down it rejects at once, and nothing is sent.
   */
  async refresh(): Promise<void> {
    const issue = this.#session.issue();
    if (this.#session.isLoading) await renewed(this.#join(issue));
    if (!this.#session.credential) {
      throw new AuthError('not-signed-in', ngDevMode && 'there is no session to refresh; call signIn first.');
    }
    if ((await renewed(this.#join(issue))) !== this.#session.epoch) {
      throw new AuthError(
        'session-ended',
        ngDevMode && 'the session ended before it was refreshed; sign in again.',
      );
    }
  }

  /** An effect that asks for a refresh does not depend on what the strategy reads. */
  #join(issue: Issue): Observable<Outcome> {
    return untracked(() => this.#gate.join(issue));
  }
}

/** Warns in development, since many an app swallows the exception. */
function readSignIn(tokens: unknown, proof: Prover | undefined): AuthTokens {
  try {
    const read = readTokens(tokens);
    proof?.check(tokens);
    return read;
  } catch (error) {
    if (ngDevMode) warnOnce(`signIn failed, and the session stays as it was: ${detailOf(error)}`);
    throw error;
  }
}

/** The epoch that has new tokens; null where the session is over. Throws where none could be got. */
async function renewed(outcome: Observable<Outcome>): Promise<number | null> {
  const ended = await firstValueFrom(outcome);
  if (ended.kind === 'unavailable') throw ended.error;
  return ended.kind === 'renewed' ? ended.epoch : null;
}
