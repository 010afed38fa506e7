import {
  AsyncSubject,
  catchError,
  concat,
  EMPTY,
  map,
  mergeMap,
  Observable,
  of,
  startWith,
  switchMap,
} from 'rxjs';
import type { SessionSync } from '../refresh/session-sync';
import type { Credential } from '../session/credential';
import type { Session } from '../session/session';
import type { AuthTokens } from '../session/tokens';
import { attempt, attemptOrIgnore, ignoreErrors } from './attempt';
import { credentialOf, endOf, fromText, NOTHING, type SharedState, stateOf, toText } from './record';
import type { TokenStorage } from './token-storage';

/**
 * Keeps a session in a storage that reads and writes whole records, and cannot do both as one step. What the storage holds
 * is believed, unless this tab knows better: the record of an earlier sign-in, or of older tokens, is written over.
 */
export class PlainSync implements SessionSync {
  readonly #storage: TokenStorage;
  /** What the storage is to hold. */
  #held = NOTHING;
  /** What it holds, or will when all writes have ended; undefined until it has been read. */
  #text: string | null | undefined;
  /** Emits when all writes have ended. */
  #written: Observable<unknown> = of(null);
  /** Of a newer release: it is left alone. */
  #isForeign = false;

  protected readonly session: Session;

  /** Reads the stored session, and follows it from then on. */
  constructor(session: Session, storage: TokenStorage) {
    this.session = session;
    this.#storage = storage;
    session.isLoading = true;
    const { lifetime } = session;
    lifetime.add(
      session.commits.subscribe((cause) => {
        if (cause !== 'other-tab') this.store(session.credential);
      }),
    );
    const changes = new Observable<void>((listener) => {
      const stop = ignoreErrors(() =>
        storage.subscribe?.(() => {
          listener.next();
        }),
      );
      return () => ignoreErrors(() => stop?.());
    });
    lifetime.add(
      changes
        .pipe(
          startWith(null),
          mergeMap(() => this.look()),
        )
        .subscribe(),
    );
  }

  /** All that is stored is in memory, too. */
  isRestorable(): boolean {
    return false;
  }

  acquire(credential: Credential | null): Observable<AuthTokens | null> {
    return of(credential && credential.tokens);
  }

  /** The session stores new tokens when it commits them. */
  replace(_current: Credential | null, next: Credential): Observable<Credential | null> {
    return of(next);
  }

  endRefused(mayEnd: boolean): Observable<unknown> {
    return this.#read().pipe(
      switchMap((news) => {
        // Its own end is for the gate to commit: the session ends as refused.
        if (news && !(mayEnd && news.ended)) this.#adopt(news);
        else if (mayEnd) return this.store(null);
        return of(null);
      }),
    );
  }

  /** Follows what another tab has written. */
  protected look(): Observable<unknown> {
    return this.#read().pipe(
      map((news) => {
        if (news ?? this.session.isLoading) this.#adopt(news ?? NOTHING);
      }),
    );
  }

  /** Stores a credential, or removes what is stored. Emits when all writes have ended. */
  protected store(credential: Credential | null): Observable<unknown> {
    const { signIn, id } = this.#held;
    this.#held = credential
      ? { ...stateOf(credential), signIn: credential.id === id ? signIn : signIn + 1 }
      : endOf(this.#held);
    this.#keep();
    return this.#written;
  }

  #adopt(state: SharedState): void {
    const { session } = this;
    const credential = credentialOf(state);
    if (session.isLoading) session.load(credential);
    else if (credential) session.adopt(credential);
    else if (session.credential) session.end('other-tab');
  }

  /** Reads what another tab has written; null if that is nothing. What is written meanwhile by this tab stays. */
  #read(): Observable<SharedState | null> {
    const before = this.#text;
    return this.#written.pipe(
      switchMap(() => attemptOrIgnore(() => this.#storage.read())),
      map((text) => (text === undefined || this.#text !== before ? null : this.#see(text))),
    );
  }

  #see(text: string | null): SharedState | null {
    if (text === this.#text) return null;
    this.#text = text;
    // A write that had failed may have come late.
    if (text === textOf(this.#held)) return null;
    const found = fromText(text);
    if (found === 'newer') this.#isForeign = true;
    else if (found === 'unreadable' || (found && isOlder(found, this.#held))) this.#keep();
    // A record that another tab has removed ends the session.
    else return (this.#held = found ?? endOf(this.#held));
    return null;
  }

  #keep(): void {
    const text = textOf(this.#held);
    if (text === this.#text || this.#isForeign) return;
    this.#text = text;
    const write = attempt(() => this.#storage.write(text)).pipe(
      catchError(() => {
        this.session.emit({ type: 'storage-failed' });
        if (text === null) return EMPTY;
        // A storage without room for new tokens must not keep the old ones for the next page load.
        if (this.#text === text) this.#text = null;
        return attemptOrIgnore(() => this.#storage.write(null));
      }),
    );
    const before = this.#written;
    const written = new AsyncSubject<unknown>();
    this.#written = written;
    this.session.lifetime.add(concat(before, write).subscribe(written));
  }
}

function textOf(state: SharedState): string | null {
  return state.ended ? null : toText(state);
}

function isOlder(found: SharedState, held: SharedState): boolean {
  return found.signIn < held.signIn || (found.id === held.id && (held.ended || found.version < held.version));
}
