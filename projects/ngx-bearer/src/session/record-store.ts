import {
  catchError,
  concatMap,
  defer,
  from,
  map,
  type Observable,
  of,
  Subject,
  type Subscription,
  timeout,
} from 'rxjs';
import { type Credential, fromRecord, toRecord } from './credential';
import type { TokenStorage } from './token-storage';

/** A store that has not answered by then counts as failed. */
const STORE_TIMEOUT_MS = 2000;

/** Reads and writes the record: in order, bounded in time, never throwing. */
export class RecordStore {
  readonly #storage: TokenStorage;
  readonly #writes = new Subject<string | null>();
  readonly #lifetime: Subscription;
  #wanted: string | null | undefined;
  #written: string | null | undefined;
  #isReadOnly = false;

  constructor(storage: TokenStorage, lifetime: Subscription, onWriteFailed: () => void) {
    this.#storage = storage;
    this.#lifetime = lifetime;
    const write = (record: string | null): Observable<unknown> =>
      attempt(() => storage.write(record)).pipe(
        map(() => (this.#written = record)),
        catchError(() => {
          onWriteFailed();
          // What could not take the new tokens must not keep the spent ones for the next page load.
          return record === null ? of() : write(null);
        }),
      );
    lifetime.add(this.#writes.pipe(concatMap(write)).subscribe());
  }

  /** What the store holds, at once where the store does so. Undefined where it does not say. */
  read(): Observable<Credential | null | undefined> {
    return attempt(() => this.#storage.read()).pipe(
      map((record) => {
        const found = fromRecord(record);
        if (found === 'newer') this.#isReadOnly = true;
        if (found === 'unreadable') this.write(null);
        return typeof found === 'string' ? undefined : found;
      }),
      catchError(() => of(undefined)),
    );
  }

  write(credential: Credential | null): void {
    const record = credential && toRecord(credential);
    // A listener that signs in again has had it written already.
    if (record && record === this.#wanted) return;
    this.#wanted = record;
    if (!this.#isReadOnly) this.#writes.next(record);
  }

  /** Whether nothing of our own is under way, or has failed: what is found was then put there by another tab. */
  get isInStep(): boolean {
    return this.#wanted === this.#written;
  }

  /** Calls back when another tab has changed the record. */
  subscribe(changed: () => void): void {
    const stop = quietly(() => this.#storage.subscribe?.(changed));
    this.#lifetime.add(() => {
      quietly(() => stop?.());
    });
  }
}

/** One operation of the store: its answer, at once where that is so, or an error, in time. */
function attempt<T>(operation: () => T | Promise<T>): Observable<T> {
  return defer(() => {
    const answer = operation();
    return isPromise(answer) ? from(answer) : of(answer);
  }).pipe(timeout(STORE_TIMEOUT_MS));
}

function isPromise<T>(answer: T | Promise<T>): answer is Promise<T> {
  return typeof (answer as Promise<T> | null | undefined)?.then === 'function';
}

function quietly<T>(operation: () => T): T | undefined {
  try {
    return operation();
  } catch {
    return undefined;
  }
}
