import {
  catchError,
  map,
  merge,
  type Observable,
  of,
  ReplaySubject,
  Subject,
  type Subscription,
  TimeoutError,
  timer,
} from 'rxjs';
import { attempt } from '../storage/attempt';
import { NOTHING, type SharedState } from '../storage/record';
import type { BrowserParts } from './browser-parts';
import { type Database, PageLeft, warnWithoutDatabase } from './database';
import { PendingChanges } from './pending-changes';
import type { Decide, Exclusive, News } from './place';
import { placeNews } from './place-news';
import { numberedAfter, isNewer, isSame } from './shared-state';
import { releasedBy } from './refresh-lock';
import { STORAGE_LAG_MS, type WebStorage } from './web-storage';

/** After so many failures in a row the page goes on without the database. */
const MOST_FAILURES = 2;

/** How long localStorage needs under a lock to show what another tab wrote, in milliseconds. */
const COHERENT_AFTER_MS = 50;

/** A web storage that a page reads at once, and a database that decides what holds for all tabs. Never throws, and ends in time. */
export abstract class BrowserPlace {
  readonly #database: Database | null;
  readonly #lifetime: Subscription;
  readonly #failures = new Subject<void>();
  readonly #late = new Subject<SharedState>();
  /** Failures of the database in a row. */
  #failed = 0;
  readonly #pending = new PendingChanges();
  /** What was found while the database did not answer. */
  readonly #doubtful = new WeakSet<SharedState>();
  /** What the database is known to hold. */
  #confirmed = NOTHING;

  protected readonly storage: WebStorage;
  /** Emits if the place has to be looked at again, once localStorage is sure to show what other tabs wrote. */
  protected readonly doubts = new Subject<void>();
  /** The entry of the database. */
  protected abstract readonly entry: string;
  protected abstract readonly entryHoldsTokens: boolean;

  /** Whether tabs share tokens. If not, they share that a session exists, and each has tokens of its own. */
  readonly keepsTokens: boolean = true;
  /** Emits if a state could not be kept. */
  readonly failures = this.#failures.asObservable();
  /** Null if the place does not keep other tabs from refreshing. */
  readonly exclusive: Exclusive | null;
  readonly news: Observable<News>;

  constructor({ window, storage, lifetime, database, exclusive }: BrowserParts) {
    this.#lifetime = lifetime;
    this.storage = storage;
    this.#database = database;
    // A refresh that is called off may still be writing.
    this.exclusive = exclusive && releasedBy(exclusive, this.#pending.whenIdle);
    this.news = merge(
      placeNews(window, storage, this.doubts),
      this.#late.pipe(map((state) => ({ state, isSettled: false }))),
    );
    if (ngDevMode && !database) warnWithoutDatabase();
  }

  /** Runs inside a transaction. Returns what the entry is to hold, and what this page is to know. */
  protected abstract settle(
    found: unknown,
    decide: Decide,
    reached?: SharedState,
  ): readonly [entry: unknown, held: SharedState];

  /** What the place shows now, as far as this page sees it: what a page starts with. */
  glance(): SharedState {
    return this.storage.see();
  }

  /** Shows other tabs a sign-in or a sign-out at once. */
  show(state: SharedState): void {
    const seen = this.storage.see();
    // Another tab has signed in meanwhile.
    if (seen.id !== state.id && isNewer(seen, state)) return;
    this.storage.show(state);
  }

  /**
   * Reads, decides and writes as one step, subscribed or not. Emits what the place holds then. `reached` is what a server
   * has brought the session to, whatever the decision: a copy of it in another tab is over.
   */
  change(decide: Decide, reached?: SharedState): Observable<SharedState> {
    const held = new ReplaySubject<SharedState>(1);
    const change = this.#pending.track(this.#change(decide, reached));
    this.#lifetime.add(change.subscribe(held));
    return held;
  }

  /** Whether the place may keep newer tokens than these, which it cannot read now. */
  isDoubtful(held: SharedState): boolean {
    return this.#doubtful.has(held);
  }

  #change(decide: Decide, reached?: SharedState): Observable<SharedState> {
    const database = this.#failed < MOST_FAILURES ? this.#database : null;
    if (!database) {
      const coherent: Observable<unknown> = this.exclusive ? timer(COHERENT_AFTER_MS) : of(null);
      return coherent.pipe(map(() => this.#doubt(this.#changeStorage(decide(this.storage.see())))));
    }
    let held: SharedState | null = null;
    let isLate = false;
    const work = database
      .change(this.entry, (found) => {
        const [entry, settled] = this.settle(found, decide, reached);
        held = settled;
        if (entry === found) this.#confirmed = settled;
        return entry;
      })
      .then(() => {
        const settled = held ?? NOTHING;
        this.#failed = 0;
        this.#confirmed = settled;
        this.storage.announce();
        if (isLate) this.#late.next(settled);
        return settled;
      });
    return attempt(() => work).pipe(
      catchError((error: unknown) => {
        isLate = true;
        return this.#goOn(error, held, decide);
      }),
    );
  }

  /** The database has failed, maybe after it was decided what it is to hold. */
  #goOn(error: unknown, held: SharedState | null, decide: Decide): Observable<SharedState> {
    const isLeft = error instanceof PageLeft;
    if (!isLeft) this.#failed++;
    if (ngDevMode && this.#failed === MOST_FAILURES) warnWithoutDatabase();
    // The session may have changed since the place decided.
    const now = decide(held ? NOTHING : this.storage.see());
    const settled = held && !isNewer(now, held) ? held : now;
    // Another tab may have signed in unseen, and nothing waits here any more to see it.
    if (isLeft && settled.ended) return of(settled);
    // After a timeout the change is still under way.
    if (settled.ended && !(error instanceof TimeoutError)) this.#endAnyhow(decide);
    const kept = this.#changeStorage(settled);
    // A lock is released when other tabs are sure to see it.
    return isLeft ? of(kept) : timer(STORAGE_LAG_MS).pipe(map(() => this.#doubt(kept)));
  }

  #endAnyhow(decide: Decide): void {
    const settle = (found: unknown): readonly [unknown, SharedState] => this.settle(found, decide);
    this.#database
      ?.change(this.entry, (found) => settle(found)[0])
      .catch(() => {
        // Another tab may have signed in meanwhile.
        if (decide(this.storage.see()).ended) this.#removeTokens((found) => settle(found)[1].ended);
      });
  }

  /** The database may have more. After some failures the page goes on with what it has. */
  #doubt(held: SharedState): SharedState {
    const isDoubtful = this.keepsTokens && this.#database && (held.isMirror ?? this.#failed < MOST_FAILURES);
    return isDoubtful ? this.doubted(held) : held;
  }

  protected doubted(held: SharedState): SharedState {
    const found = { ...held };
    this.#doubtful.add(found);
    return found;
  }

  /** They must not stay in the database. A full disk may have no room for less. */
  #removeTokens(isOver?: (found: unknown) => boolean): void {
    if (this.entryHoldsTokens) void this.#database?.remove(this.entry, isOver);
  }

  /** Without the database the web storage has all of it, until the database has it again. */
  #changeStorage(decided: SharedState): SharedState {
    const held = this.#database ? decided : numberedAfter(this.storage.shown, decided);
    // What the database has may have been removed from the web storage, and this page sees it late.
    if (isSame(held, this.#confirmed)) return held;
    try {
      this.storage.write(held);
    } catch {
      // Old tokens must not be left for the next page load.
      this.storage.write(NOTHING);
      this.#removeTokens();
      this.#failures.next();
    }
    this.storage.announce();
    return held;
  }
}
