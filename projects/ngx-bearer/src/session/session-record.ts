import { DestroyRef, inject, NgZone, signal } from '@angular/core';
import { type Observable, observeOn, queueScheduler, share, Subject, Subscription } from 'rxjs';
import type { AuthSettings } from '../auth-config';
import type { AuthEvent, AuthOccurrence, SignOutReason } from '../auth-events';
import { type Credential, receive } from './credential';
import type { Found, RecordStore } from './store/record-store';
import { isOtherUser, readClaims, readLifetime } from './token-lifetime';
import type { AuthTokens } from './tokens';

/** What a request was issued under. */
export interface Issue {
  /** Its place among all requests of this tab. */
  readonly order: number;
  /** Whose it is: under another epoch it is never sent. */
  readonly epoch: number;
}

/** The session of this tab, signed in or not. One function commits; nothing else writes it. */
export class SessionRecord {
  readonly #settings: AuthSettings;
  readonly #store: RecordStore;
  readonly #events = new Subject<AuthEvent>();
  readonly #commits = new Subject<void>();
  readonly #view = signal<Pick<Credential, 'claims' | 'expiresAt'> | null>(null);
  /** Null in an app without zone.js that is rendered on a server. */
  readonly #zone = inject(NgZone, { optional: true });
  #issued = 0;
  #epoch = 0;
  #version = 0;
  #id = '';
  #isLoading = true;
  #credential: Credential | null = null;

  /** One after the other, also when a listener causes the next. */
  readonly events: Observable<AuthEvent> = this.#events.pipe(observeOn(queueScheduler), share());
  /** Tells of every change, after the event of it. */
  readonly commits = this.#commits.asObservable();
  /** What may be shown of the credential: what a signal holds, everybody can read who has a signal made of it. */
  readonly view = this.#view.asReadonly();

  /** Ends with the injector. */
  readonly lifetime = new Subscription();

  /** Has to run in an injection context. */
  constructor(settings: AuthSettings, store: RecordStore) {
    this.#settings = settings;
    this.#store = store;
    this.lifetime.add(store.lifetime);
    this.lifetime.add(
      store.failures.subscribe(() => {
        this.emit({ type: 'storage-failed' });
      }),
    );
    inject(DestroyRef).onDestroy(() => {
      this.#destroy();
    });
  }

  /** Rises at every sign-in, every sign-out and every change of user. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The tokens in use; null with nobody signed in. */
  get credential(): Credential | null {
    return this.#credential;
  }

  /** Whether the stored session is still being read. */
  get isLoading(): boolean {
    return this.#isLoading;
  }

  issue(): Issue {
    return { order: ++this.#issued, epoch: this.#epoch };
  }

  emit(occurrence: AuthOccurrence, origin: AuthEvent['origin'] = 'this-tab'): void {
    this.#events.next({ ...occurrence, origin });
  }

  /** Somebody signs in. */
  begin(tokens: AuthTokens): void {
    this.#epoch++;
    this.#id = newId(this.#id);
    this.#take(this.#receive(tokens), 'signed-in');
  }

  /** The credential of tokens that a refresh brought; null where they are another user's. */
  renewal(tokens: AuthTokens): Credential | null {
    const spent = this.#credential;
    if (!spent || isOtherUser(spent.claims, readClaims(tokens.accessToken))) return null;
    return this.#receive({ ...keptRefreshToken(spent.tokens), ...tokens });
  }

  /** A refresh brought it: it is in use from here on. */
  renew(credential: Credential): void {
    this.#take(credential, 'refreshed');
  }

  /** The session is over; told once, and not at all with nobody signed in. */
  end(reason: SignOutReason): void {
    this.#epoch++;
    this.#commit(
      null,
      this.#credential ? [{ type: 'signed-out', reason }] : [],
      reason === 'other-tab' ? reason : 'this-tab',
    );
  }

  /** What its use has shown of the current token. */
  mark(standing: Credential['standing']): void {
    if (this.#credential) this.#credential.standing = standing;
  }

  /** The stored session is there. Undefined where nothing is known of any. */
  load(found: Found): void {
    this.#commit(found ?? this.#credential, [], 'other-tab');
  }

  /** Another tab has left this in the store; null where it removed what was there. */
  adopt(found: Found): void {
    if (found === null && this.#credential) this.end('other-tab');
    if (!found || found.id < this.#id || (found.id === this.#id && found.version <= this.#version)) return;
    const isSame = found.id === this.#id && this.#credential;
    if (!isSame) this.#epoch++;
    this.#commit(found, [{ type: isSame ? 'refreshed' : 'signed-in' }], 'other-tab');
  }

  #receive(tokens: AuthTokens): Credential {
    return receive({ id: this.#id, version: this.#version + 1, tokens }, this.#settings.refreshAhead);
  }

  /** New tokens are in use from here on. */
  #take(credential: Credential, type: 'signed-in' | 'refreshed'): void {
    const isExpired = readLifetime(credential.tokens, credential.claims) <= 0;
    this.#commit(credential, isExpired ? [{ type }, { type: 'expiry-ignored' }] : [{ type }], 'this-tab');
  }

  #commit(credential: Credential | null, occurrences: AuthOccurrence[], origin: AuthEvent['origin']): void {
    if (this.lifetime.closed) return;
    this.#isLoading = false;
    this.#credential = credential;
    this.#id = credential?.id ?? this.#id;
    this.#version = credential?.version ?? this.#version;
    // Storage is watched outside the zone.
    this.enterZone(() => {
      this.#view.set(credential && { claims: credential.claims, expiresAt: credential.expiresAt });
      for (const occurrence of occurrences) this.emit(occurrence, origin);
      // By now a listener may have changed it again: what is current is written, never what is not.
      if (origin === 'this-tab') this.#store.write(this.#credential, this.#id);
      this.#commits.next();
    });
  }

  /** Listeners of the app, and requests that go on now, belong inside its zone, whoever caused it. */
  enterZone(action: () => void): void {
    if (this.#zone) this.#zone.run(action);
    else action();
  }

  #destroy(): void {
    // Equal to nothing, itself included: whatever is under way belongs to another epoch from here on.
    this.#epoch = NaN;
    this.#isLoading = false;
    this.#credential = null;
    this.lifetime.unsubscribe();
    this.#events.complete();
    this.#commits.next();
    this.#commits.complete();
  }
}

function keptRefreshToken({ refreshToken }: AuthTokens): Partial<AuthTokens> {
  return refreshToken ? { refreshToken } : {};
}

/**
 * Tells one sign-in from another, and begins with its time, so that the later of two is the greater; also where the
 * clock was set back. `crypto.randomUUID` is missing on http pages.
 */
function newId(before: string): string {
  const [time = ''] = before.split('-');
  return `${Math.max(Date.now(), parseInt(time || '0', 36) + 1).toString(36)}-${Math.random().toString(36)}`;
}
