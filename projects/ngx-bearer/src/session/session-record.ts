import { DOCUMENT } from '@angular/common';
import { DestroyRef, inject, signal } from '@angular/core';
import { map, type Observable, observeOn, queueScheduler, share, Subject, Subscription } from 'rxjs';
import type { AuthSettings } from '../auth-config';
import type { AuthEvent, AuthOccurrence, SignOutReason } from '../auth-events';
import { type Credential, receive } from './credential';
import { RecordStore } from './record-store';
import { isOtherUser, readClaims, readLifetime } from './token-lifetime';
import { webStorage } from './token-storage';
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
  readonly #view = signal<Credential | null>(null);
  #issued = 0;
  #epoch = 0;
  #version = 0;
  #id = newId();
  #isLoading = true;
  #credential: Credential | null = null;

  /** One after the other, also when a listener causes the next. */
  readonly events: Observable<AuthEvent> = this.#events.pipe(observeOn(queueScheduler), share());
  /** Tells of every change, after the event of it. */
  readonly commits = this.#commits.asObservable();
  /** The credential as a signal. */
  readonly view = this.#view.asReadonly();

  /** Ends with the injector. */
  readonly lifetime = new Subscription();

  /** Begins to read the stored session. Has to run in an injection context. */
  constructor(settings: AuthSettings) {
    const { storageKey } = settings;
    // A server's store would be that of all its users.
    const storage = settings.isServer && typeof settings.storage === 'string' ? 'memory' : settings.storage;
    const window = inject(DOCUMENT).defaultView;
    this.#settings = settings;
    this.#store = new RecordStore(
      typeof storage === 'string' ? webStorage(storage, `${storageKey}.session`, window) : storage,
      this.lifetime,
      () => {
        this.emit({ type: 'storage-failed' });
      },
    );
    this.lifetime.add(
      this.#look().subscribe((found) => {
        this.#commit(found ?? this.#credential, [], 'other-tab');
      }),
    );
    if (settings.crossTab) {
      this.#store.subscribe(() => {
        this.lifetime.add(this.follow().subscribe());
      });
    }
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
    this.#id = newId();
    this.#receive(tokens, 'signed-in');
  }

  /** A refresh brought tokens. Where they are another user's, that is a new session. */
  renew(tokens: AuthTokens): void {
    const spent = this.#credential;
    if (!spent || isOtherUser(spent.claims, readClaims(tokens.accessToken))) this.begin(tokens);
    else this.#receive({ ...keptRefreshToken(spent.tokens), ...tokens }, 'refreshed');
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

  /** Reads the shared store again and follows what another tab has done there. */
  follow(): Observable<void> {
    return this.#look().pipe(
      map((found) => {
        if (found === null && this.#credential) this.end('other-tab');
        if (!found || (found.id === this.#id && found.version <= this.#version)) return;
        const isSame = found.id === this.#id && this.#credential;
        if (!isSame) this.#epoch++;
        this.#commit(found, [{ type: isSame ? 'refreshed' : 'signed-in' }], 'other-tab');
      }),
    );
  }

  /** What the store holds; it does not count where this tab has changed something meanwhile. */
  #look(): Observable<Credential | null | undefined> {
    const epoch = this.#epoch;
    return this.#store
      .read()
      .pipe(map((found) => (epoch === this.#epoch && this.#store.isInStep ? found : undefined)));
  }

  #receive(tokens: AuthTokens, type: 'signed-in' | 'refreshed'): void {
    const { refreshAhead } = this.#settings;
    const credential = receive({ id: this.#id, version: this.#version + 1, tokens }, refreshAhead);
    const isExpired = readLifetime(tokens, credential.claims) <= 0;
    this.#commit(credential, isExpired ? [{ type }, { type: 'expiry-ignored' }] : [{ type }], 'this-tab');
  }

  #commit(credential: Credential | null, occurrences: AuthOccurrence[], origin: AuthEvent['origin']): void {
    if (this.lifetime.closed) return;
    this.#isLoading = false;
    this.#credential = credential;
    this.#id = credential?.id ?? this.#id;
    this.#version = Math.max(this.#version, credential?.version ?? 0);
    this.#view.set(credential);
    for (const occurrence of occurrences) this.emit(occurrence, origin);
    // By now a listener may have changed it again: what is current is written, never what is not.
    if (origin === 'this-tab') this.#store.write(this.#credential);
    this.#commits.next();
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

/** Unique enough to tell one sign-in from another; `crypto.randomUUID` is missing on http pages. */
function newId(): string {
  return `${Date.now().toString(36)}${Math.random().toString(36)}`;
}
