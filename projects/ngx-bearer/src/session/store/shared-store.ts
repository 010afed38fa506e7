import { catchError, concatAll, map, noop, type Observable, of, ReplaySubject, Subject, tap } from 'rxjs';
import { attempt, quietly } from './attempt';
import { type Credential, fromRecord, toRecord } from '../credential';
import type { Found, RecordStore } from './record-store';
import type { SharedStorage } from './shared-storage';

/** A store whose truth all tabs agree on. */
export class SharedStore implements RecordStore {
  readonly #storage: SharedStorage;
  readonly #operations = new Subject<Observable<unknown>>();
  readonly #failures = new Subject<void>();
  /** What was put in the place of another, and is not to be written again. */
  #placed: string | null = null;
  /** The session that the store has no say in: it could not be kept, and goes on in memory, or it is being ended. */
  #apart = '';
  #isReadOnly = false;
  #changed: () => void = noop;

  readonly failures = this.#failures.asObservable();
  readonly lifetime = this.#operations.pipe(concatAll()).subscribe();

  constructor(storage: SharedStorage) {
    this.#storage = storage;
  }

  get isInStep(): boolean {
    return !this.#apart;
  }

  read(): Observable<Found> {
    return this.#find(() => this.#storage.read());
  }

  latest(mine: Credential): Observable<Found> {
    return this.#isReadOnly ? of(undefined) : this.#find(() => this.#storage.latest(toRecord(mine)));
  }

  write(credential: Credential | null, id: string): void {
    const record = credential && toRecord(credential);
    if (this.#isReadOnly || (record && (this.#apart === id || record === this.#placed))) return;
    this.#apart = '';
    this.#keep(record, id);
  }

  replace(spent: Credential, next: Credential): Observable<Found> {
    if (this.#isReadOnly || this.#apart) return of(next);
    const record = toRecord(next);
    this.#placed = record;
    return this.#queue(
      () => this.#storage.replace(toRecord(spent), record),
      () => this.#drop(record, next.id),
    ).pipe(map((held) => (held === record ? next : this.#parse(held))));
  }

  end(refused: Credential): Observable<Found> {
    if (this.#isReadOnly || this.#apart) return of(undefined);
    const record = toRecord(refused);
    this.#apart = refused.id;
    return this.#queue(
      () => this.#storage.end(record),
      () => of(record),
    ).pipe(
      map((held) => {
        this.#apart = '';
        return held === record ? undefined : this.#parse(held);
      }),
    );
  }

  subscribe(changed: () => void): void {
    this.#changed = changed;
    this.lifetime.add(this.#storage.subscribe(changed));
  }

  /** Shown at once, and written in its turn. */
  #keep(record: string | null, id: string): Observable<unknown> {
    const isShown = quietly(() => {
      this.#storage.show(record, id);
      return true;
    });
    const keep = (): Promise<string | null> => {
      if (record && !isShown) throw new Error(ngDevMode ? 'there is no room for the record' : '');
      return this.#storage.keep(record, id);
    };
    const held = this.#queue(keep, () => (record ? this.#drop(record, id) : of(null)));
    // Another tab may have signed in meanwhile, and be the later.
    held.subscribe(this.#changed);
    return held;
  }

  /** In order, and whether or not anybody waits for it. Emits what holds from then on. */
  #queue(
    operation: () => Promise<string | null>,
    recover: () => Observable<string | null>,
  ): Observable<string | null> {
    const held = new ReplaySubject<string | null>();
    this.#operations.next(attempt(operation).pipe(catchError(recover), tap(held)));
    return held;
  }

  /** What came too late may have been kept all the same. */
  #drop(record: string, id: string): Observable<string | null> {
    return attempt(() => this.#storage.drop(record)).pipe(
      catchError(() => of(null)),
      map((held) => {
        if (held) return held;
        this.#apart = id;
        this.#failures.next();
        return record;
      }),
    );
  }

  #find(operation: () => string | null | Promise<string | null>): Observable<Found> {
    return attempt(operation).pipe(
      map((record) => this.#parse(record)),
      catchError(() => of(undefined)),
    );
  }

  #parse(record: string | null): Found {
    const found = fromRecord(record);
    if (found === 'newer') this.#isReadOnly = true;
    if (found === 'unreadable') this.#keep(null, '');
    return typeof found === 'string' ? undefined : found;
  }
}
