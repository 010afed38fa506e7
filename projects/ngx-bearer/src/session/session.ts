import { DestroyRef, inject, NgZone, signal } from '@angular/core';
import { type Observable, observeOn, queueScheduler, share, Subject, Subscription } from 'rxjs';
import type { AuthEvent, AuthOccurrence, SignOutReason } from '../auth-events';
import { type Credential, isPast, keepRefreshToken, newId, receive } from './credential';
import { isOtherUser, readClaims, readLifetime } from './token-lifetime';
import type { AuthTokens } from './tokens';

/** What a request was issued under. */
export interface Issue {
  /** Its place among all requests of this tab. */
  readonly order: number;
  /** The epoch of the session that it belongs to. Under another epoch it is never sent. */
  readonly epoch: number;
}

/** Who caused a commit: this tab, a server that refused its tokens, or another tab. */
export type Cause = AuthEvent['origin'] | 'refused';

/** The session of this tab, signed in or not. One function commits; nothing else writes it. */
export class Session {
  readonly #refreshAhead: number | false | undefined;
  readonly #events = new Subject<AuthEvent>();
  readonly #commits = new Subject<Cause>();
  readonly #view = signal<Pick<Credential, 'claims' | 'expiresAt'> | null>(null);
  /** Null in an application without zone.js that is rendered on a server. */
  readonly #zone = inject(NgZone, { optional: true });
  #issued = 0;
  #epoch = 0;
  #credential: Credential | null = null;
  #last: Pick<Credential, 'id' | 'version'> = { id: '', version: 0 };
  #standing: 'good' | 'rejected' | 'refused' = 'good';

  /** One after the other, also if a listener causes the next. */
  readonly events: Observable<AuthEvent> = this.#events.pipe(observeOn(queueScheduler), share());

  /** Emits after the events of each commit. */
  readonly commits = this.#commits.asObservable();

  /** The public part of the credential. */
  readonly view = this.#view.asReadonly();

  /** Ends with the injector. */
  readonly lifetime = new Subscription();

  /** Whether the stored session is still being read. */
  isLoading = false;

  /** Has to run in an injection context. `refreshAhead` as in the configuration. */
  constructor(refreshAhead: number | false | undefined) {
    this.#refreshAhead = refreshAhead;
    inject(DestroyRef).onDestroy(() => {
      this.#destroy();
    });
  }

  /** Rises at every sign-in, every sign-out and every change of user. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The current tokens; null if nobody is signed in. */
  get credential(): Credential | null {
    return this.#credential;
  }

  /** Of the current tokens, or of the last ones after a sign-out. */
  get last(): Pick<Credential, 'id' | 'version'> {
    return this.#last;
  }

  /**
   * What the servers said of the current tokens. `'rejected'`: the access token is invalid. `'refused'`: the refresh
   * token is invalid, the access token not yet.
   */
  get standing(): 'good' | 'rejected' | 'refused' {
    return this.#standing;
  }

  /** Whether the access token is invalid: rejected, or expired. */
  get isExpired(): boolean {
    return this.#standing === 'rejected' || isPast(this.#credential?.expiresAt ?? null);
  }

  /** Whether a background refresh is due. */
  get isDue(): boolean {
    return this.#standing === 'good' && isPast(this.#credential?.refreshFrom ?? null);
  }

  issue(): Issue {
    return { order: ++this.#issued, epoch: this.#epoch };
  }

  emit(occurrence: AuthOccurrence, origin: AuthEvent['origin'] = 'this-tab'): void {
    this.#events.next(Object.assign({ origin }, occurrence));
  }

  /** A user signs in. */
  signIn(tokens: AuthTokens): void {
    this.use(this.#receive(tokens, null));
  }

  /**
   * The credential of tokens from a refresh: the next version, or another sign-in if they belong to another user.
   * `previous` are the tokens that the refresh was made with: an answer without a refresh token keeps theirs.
   */
  next(tokens: AuthTokens, previous: AuthTokens | null): Credential {
    const current = this.#credential;
    const isSame = current && !isOtherUser(current.claims, readClaims(tokens.accessToken));
    if (!isSame) return this.#receive(tokens, null);
    return this.#receive(keepRefreshToken(previous, tokens), current);
  }

  /** Commits new tokens of this tab. */
  use(credential: Credential): void {
    const type = credential.id === this.#credential?.id ? 'refreshed' : 'signed-in';
    const isExpired = readLifetime(credential.tokens, credential.claims) <= 0;
    if (type === 'signed-in') this.#epoch++;
    this.#commit(credential, 'this-tab', isExpired ? [{ type }, { type: 'expiry-ignored' }] : [{ type }]);
  }

  /** Ends the session. Emits `signed-out` only if somebody was signed in. */
  end(reason: SignOutReason): void {
    this.#epoch++;
    const cause = reason === 'user' ? 'this-tab' : reason;
    this.#commit(null, cause, this.#credential ? [{ type: 'signed-out', reason }] : []);
  }

  /** Commits what the storage holds when the page starts. */
  load(credential: Credential | null): void {
    this.#commit(credential, 'other-tab', []);
  }

  /** Commits what another tab has stored. */
  adopt(credential: Credential): void {
    const isSame = credential.id === this.#credential?.id;
    if (!isSame) this.#epoch++;
    this.#commit(credential, 'other-tab', [{ type: isSame ? 'refreshed' : 'signed-in' }]);
  }

  /** Marks the current tokens. */
  mark(standing: 'rejected' | 'refused'): void {
    this.#standing = standing;
  }

  /** Listeners of the application, and requests that go on now, belong inside its zone, whatever caused them. */
  enterZone(action: () => void): void {
    if (this.#zone) this.#zone.run(action);
    else action();
  }

  #receive(tokens: AuthTokens, current: Credential | null): Credential {
    const { id, version } = current ?? { id: newId(this.#last.id), version: 0 };
    return receive({ id, version: version + 1, tokens }, this.#refreshAhead);
  }

  /** @param credential null if nobody is signed in any more */
  #commit(credential: Credential | null, cause: Cause, occurrences: readonly AuthOccurrence[]): void {
    if (this.lifetime.closed) return;
    this.isLoading = false;
    this.#credential = credential;
    if (credential) this.#last = { id: credential.id, version: credential.version };
    this.#standing = 'good';
    // Storage events arrive outside the zone.
    this.enterZone(() => {
      this.#view.set(credential && { claims: credential.claims, expiresAt: credential.expiresAt });
      const origin = cause === 'other-tab' ? cause : 'this-tab';
      for (const occurrence of occurrences) this.emit(occurrence, origin);
      this.#commits.next(cause);
    });
  }

  #destroy(): void {
    // Equal to nothing, itself included: whatever is pending belongs to another epoch from here on.
    this.#epoch = NaN;
    this.isLoading = false;
    this.#credential = null;
    this.lifetime.unsubscribe();
    this.#events.complete();
    this.#commits.next('this-tab');
    this.#commits.complete();
  }
}
