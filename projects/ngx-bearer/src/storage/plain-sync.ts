import {
  BehaviorSubject,
  catchError,
  concatMap,
  EMPTY,
  finalize,
  first,
  map,
  mergeMap,
  Observable,
  of,
  startWith,
  Subject,
  switchMap,
} from 'rxjs';
import type { SessionSync } from '../refresh/session-sync';
import type { Credential } from '../session/credential';
import type { Session } from '../session/session';
import { attempt, attemptOrIgnore, ignoreErrors } from './attempt';
import { credentialOf, endOf, fromText, NOTHING, type SharedState, stateOf, toText } from './record';
import type { TokenStorage } from './token-storage';

/**
 * Keeps a session in a storage that reads and writes whole records, and cannot do both as one step. What the storage holds
 * is believed, unless this tab knows better: an earlier sign-in, or older tokens, are written over.
 */
export class PlainSync implements SessionSync {
  readonly #storage: TokenStorage;
  readonly #writes = new Subject<string | null>();
  /** How many writes have not ended. */
  readonly #pending = new BehaviorSubject(0);
  /** Whether the last of them has failed. */
  #hasFailed = false;
  /** What the storage is to hold. */
  #held = NOTHING;
  /** The text that it holds, or will when all writes have ended; undefined until it has been read. */
  #text: string | null | undefined;
  /** Whether it holds the record of a newer release, which is left alone. */
  #isForeign = false;

  protected readonly session: Session;

  /** Reads the stored session, and follows it from then on. */
  constructor(session: Session, storage: TokenStorage) {
    const { lifetime } = session;
    this.session = session;
    this.#storage = storage;
    session.isLoading = true;
    lifetime.add(this.#writes.pipe(concatMap((text) => this.#write(text))).subscribe());
    lifetime.add(
      session.commits.subscribe((cause) => {
        if (cause !== 'other-tab') this.store(session.credential);
      }),
    );
    const changes = new Observable<void>((listener) => {
      const changed = (): void => {
        listener.next();
      };
      const stop = ignoreErrors(() => storage.subscribe?.(changed));
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

  endRefused(mayEnd: boolean): Observable<unknown> {
    // A restore was refused: of that session nothing is stored.
    if (this.#held.ended) return of(null);
    return this.#read().pipe(
      map((news) => {
        // The session ends as refused: that is for the gate to commit.
        if (mayEnd && (!news || news.ended)) this.store(null);
        else if (news) this.#adopt(news);
      }),
    );
  }

  /** Follows what another tab has written. */
  protected look(): Observable<unknown> {
    return this.idle().pipe(
      switchMap(() => this.#read()),
      map((news) => {
        if (news ?? this.session.isLoading) this.#adopt(news ?? NOTHING);
      }),
    );
  }

  /** Stores a credential, or removes what is stored. */
  protected store(credential: Credential | null): void {
    const { signIn, id } = this.#held;
    this.#held = credential
      ? stateOf(credential, credential.id === id ? signIn : signIn + 1)
      : endOf(this.#held);
    this.#keep();
  }

  /** Emits when all writes have ended. */
  protected idle(): Observable<unknown> {
    return this.#pending.pipe(first((count) => count === 0));
  }

  #adopt(state: SharedState): void {
    const { session } = this;
    const credential = credentialOf(state);
    if (session.isLoading) session.load(credential);
    else if (credential) session.adopt(credential);
    else if (session.credential) session.end('other-tab');
  }

  /** What another tab has written; null if that is nothing. */
  #read(): Observable<SharedState | null> {
    const before = this.#text;
    // Then the storage may hold what this tab has replaced.
    if (this.#pending.value || this.#hasFailed) return of(null);
    return attemptOrIgnore(() => this.#storage.read()).pipe(
      map((text) => (text === undefined || this.#text !== before ? null : this.#see(text))),
    );
  }

  #see(text: string | null): SharedState | null {
    if (text === this.#text) return null;
    this.#text = text;
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
    this.#pending.next(this.#pending.value + 1);
    this.#writes.next(text);
  }

  #write(text: string | null): Observable<unknown> {
    return attempt(() => this.#storage.write(text)).pipe(
      map(() => {
        this.#hasFailed = false;
      }),
      catchError(() => {
        this.session.emit({ type: 'storage-failed' });
        this.#hasFailed = true;
        // A storage without room for new tokens must not keep the old ones for the next page load.
        return text === null ? EMPTY : attemptOrIgnore(() => this.#storage.write(null));
      }),
      finalize(() => {
        this.#pending.next(this.#pending.value - 1);
      }),
    );
  }
}

function textOf(state: SharedState): string | null {
  return state.ended ? null : toText(state);
}

function isOlder(found: SharedState, held: SharedState): boolean {
  return found.signIn < held.signIn || (found.id === held.id && (held.ended || found.version < held.version));
}
