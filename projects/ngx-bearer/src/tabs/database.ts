import { warnOnce } from '../hints/warn-once';

const STORE = 'entries';

/** The database of that name; null if the page has none, or may not use it. */
export function openDatabase(
  window: Partial<WindowOrWorkerGlobalScope> & EventTarget,
  name: string,
): Database | null {
  try {
    return window.indexedDB ? new Database(window.indexedDB, name, window) : null;
  } catch {
    // Cookies are forbidden.
    return null;
  }
}

/** Entries in IndexedDB: what all tabs of an origin agree on. */
export class Database {
  readonly #factory: IDBFactory;
  readonly #name: string;
  readonly #window: EventTarget;

  /** The window tells when its page is left. */
  constructor(factory: IDBFactory, name: string, window: EventTarget) {
    this.#factory = factory;
    this.#name = name;
    this.#window = window;
  }

  /**
   * Reads an entry and changes it in one transaction: no other tab comes in between. `decide` gets what is found, and
   * returns what the entry is to hold, null for nothing. Rejects if it was not written.
   */
  async change(key: string, decide: (found: unknown) => unknown): Promise<void> {
    let isDecided = false as boolean;
    const decideOnce = (found: unknown): unknown => {
      isDecided = true;
      return decide(found);
    };
    try {
      await this.#transact(key, decideOnce);
    } catch (error) {
      // Safari loses connections: https://bugs.webkit.org/show_bug.cgi?id=197050
      if (isDecided || error instanceof PageLeft) throw error;
      await this.#transact(key, decideOnce);
    }
  }

  /** Removes an entry if what is found is over; if the disk is too full even for that, all of them. */
  async remove(key: string, isOver: (found: unknown) => boolean = () => true): Promise<void> {
    try {
      await this.change(key, (found) => (isOver(found) ? null : found));
    } catch {
      this.#factory.deleteDatabase(this.#name);
    }
  }

  /** In the back/forward cache of WebKit a pending transaction blocks those of all tabs, and is never done. */
  async #transact(key: string, decide: (found: unknown) => unknown): Promise<void> {
    const transaction = new Transaction();
    const leave = (): void => {
      transaction.fail(new PageLeft());
    };
    this.#window.addEventListener('pagehide', leave);
    try {
      await transaction.run(this.#factory.open(this.#name), key, decide);
    } finally {
      this.#window.removeEventListener('pagehide', leave);
    }
  }
}

/** One transaction, which may fail before it has begun. */
class Transaction {
  #running: IDBTransaction | null = null;
  #isOver = false;
  #reject: (error: Error) => void = () => undefined;

  run(opening: IDBOpenDBRequest, key: string, decide: (found: unknown) => unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
      opening.onerror = () => {
        this.fail(opening.error);
      };
      opening.onsuccess = this.#guard(() => {
        const database = opening.result;
        try {
          if (!this.#isOver) this.#begin(database, { key, decide, resolve });
        } finally {
          // Takes effect after the transaction: an open connection would block whoever deletes the database.
          database.close();
        }
      });
    });
  }

  fail(error: unknown): void {
    this.#isOver = true;
    this.#reject(error as Error);
    try {
      this.#running?.abort();
    } catch {
      // It is over, or being committed.
    }
  }

  #begin(
    database: IDBDatabase,
    { key, decide, resolve }: { key: string; decide: (found: unknown) => unknown; resolve: () => void },
  ): void {
    const running = database.transaction(STORE, 'readwrite');
    this.#running = running;
    running.oncomplete = resolve;
    running.onabort = () => {
      this.fail(running.error);
    };
    const entries = running.objectStore(STORE);
    const reading: IDBRequest<unknown> = entries.get(key);
    reading.onsuccess = this.#guard(() => {
      const found = reading.result ?? null;
      const held = decide(found);
      if (held === null) entries.delete(key);
      else if (held !== found) entries.put(held, key);
      // At once, so that it counts even if the page is left now.
      running.commit();
    });
  }

  #guard(action: () => void): () => void {
    return () => {
      try {
        action();
      } catch (error) {
        this.fail(error);
      }
    };
  }
}

/** The page was left before the transaction was done. */
export class PageLeft extends Error {}

export function warnWithoutDatabase(): void {
  warnOnce('IndexedDB does not work on this page; two tabs that refresh at once may end the session.');
}
