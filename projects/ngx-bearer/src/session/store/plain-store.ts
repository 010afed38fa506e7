import { catchError, concatMap, EMPTY, map, type Observable, of, Subject } from 'rxjs';
import { attempt, quietly } from './attempt';
import { type Credential, fromRecord, toRecord } from '../credential';
import type { Found, RecordStore } from './record-store';
import type { TokenStorage } from './token-storage';

/** A store of one kind or another that follows the session of this tab. */
export class PlainStore implements RecordStore {
  readonly #storage: TokenStorage;
  readonly #writes = new Subject<string | null>();
  readonly #failures = new Subject<void>();
  #wanted: string | null | undefined;
  #written: string | null | undefined;
  #isReadOnly = false;

  readonly failures = this.#failures.asObservable();
  readonly lifetime = this.#writes.pipe(concatMap((record) => this.#keep(record))).subscribe();

  constructor(storage: TokenStorage) {
    this.#storage = storage;
  }

  get isInStep(): boolean {
    return this.#wanted === this.#written;
  }

  read(): Observable<Found> {
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

  latest(): Observable<Found> {
    return this.read();
  }

  write(credential: Credential | null): void {
    const record = credential && toRecord(credential);
    // A listener that signs in again has had it written already.
    if (record && record === this.#wanted) return;
    this.#wanted = record;
    if (!this.#isReadOnly) this.#writes.next(record);
  }

  /** It cannot compare: what is committed is written then. */
  replace(_: Credential, next: Credential): Observable<Found> {
    return of(next);
  }

  /** Nor here: only a newer version keeps the session. */
  end(): Observable<Found> {
    return this.read().pipe(map((found) => found ?? undefined));
  }

  subscribe(changed: () => void): void {
    const stop = quietly(() => this.#storage.subscribe?.(changed));
    this.lifetime.add(() => {
      quietly(() => stop?.());
    });
  }

  #keep(record: string | null): Observable<unknown> {
    return attempt(() => this.#storage.write(record)).pipe(
      map(() => (this.#written = record)),
      catchError(() => {
        this.#failures.next();
        // What could not take the new tokens must not keep the spent ones for the next page load.
        return record === null ? EMPTY : this.#keep(null);
      }),
    );
  }
}
