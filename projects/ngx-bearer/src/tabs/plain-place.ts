import {
  catchError,
  concatMap,
  EMPTY,
  finalize,
  map,
  Observable,
  of,
  Subject,
  type Subscription,
} from 'rxjs';
import { attempt, attemptOrIgnore, ignoreErrors } from './attempt';
import type { Decide, Exclusive, News, Place } from './place';
import { numberedAfter, endOf, fromText, NOTHING, type SharedState, toText } from './shared-state';
import type { TokenStorage } from './token-storage';

/** A storage that reads and writes, and cannot do both as one step. */
export class PlainPlace implements Place {
  readonly #storage: TokenStorage;
  readonly #writes = new Subject<string | null>();
  readonly #failures = new Subject<void>();
  /** What it holds, or will when all writes are done. */
  #held = NOTHING;
  #text: string | null | undefined;
  /** The writes under way, and the one that has failed. What is read then was not written by another tab. */
  #unwritten = 0;
  #queued = 0;
  #isReadOnly = false;

  readonly keepsTokens = true;
  readonly failures = this.#failures.asObservable();

  readonly news = new Observable<News>((listener) => {
    const stop = ignoreErrors(() =>
      this.#storage.subscribe?.(() => {
        listener.add(
          this.read().subscribe((state) => {
            listener.next({ state, isSettled: true });
          }),
        );
      }),
    );
    return () => ignoreErrors(() => stop?.());
  });

  constructor(
    storage: TokenStorage,
    readonly exclusive: Exclusive | null,
    lifetime: Subscription,
  ) {
    this.#storage = storage;
    lifetime.add(this.#writes.pipe(concatMap((text) => this.#write(text))).subscribe());
  }

  read(): Observable<SharedState> {
    const before = this.#text;
    // A read that begins before a write has ended may come after it, and show what was there before.
    const isEarly = this.#unwritten > 0;
    return attemptOrIgnore(() => this.#storage.read()).pipe(
      map((text) => (isEarly || this.#text !== before ? this.#held : this.#see(text))),
    );
  }

  glance(): SharedState {
    return this.#held;
  }

  isDoubtful(): boolean {
    return false;
  }

  show(): void {
    // `change` does not wait.
  }

  change(decide: Decide): Observable<SharedState> {
    this.#held = numberedAfter(this.#held, decide(this.#held));
    this.#keep();
    return of(this.#held);
  }

  look(decide: Decide): Observable<SharedState> {
    return this.read().pipe(
      concatMap((found) => {
        this.#held = found;
        return this.change(decide);
      }),
    );
  }

  #see(text: string | null | undefined): SharedState {
    if (text === undefined || this.#unwritten > 0 || text === this.#text) return this.#held;
    const found = fromText(text);
    this.#text = text;
    if (found === 'newer') this.#isReadOnly = true;
    else if (found === 'unreadable') this.#keep();
    // A record that another tab has removed ends the session.
    else this.#held = found ?? endOf(this.#held);
    return this.#held;
  }

  #keep(): void {
    const text = this.#held.ended ? null : toText(this.#held);
    if (text === this.#text || this.#isReadOnly) return;
    this.#text = text;
    this.#unwritten++;
    this.#queued++;
    this.#writes.next(text);
  }

  #write(text: string | null): Observable<unknown> {
    let isWritten = false;
    return attempt(() => this.#storage.write(text)).pipe(
      map(() => {
        isWritten = true;
      }),
      catchError(() => {
        this.#failures.next();
        // A storage without room for new tokens must not keep the old ones for the next page load.
        return text === null ? EMPTY : attemptOrIgnore(() => this.#storage.write(null));
      }),
      finalize(() => {
        this.#queued--;
        if (isWritten) this.#unwritten = this.#queued;
      }),
    );
  }
}
