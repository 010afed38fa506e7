const STORE = 'entries';

/** The database of that name; null where the page has none, or may not use it. */
export function openDatabase(
  window: Partial<WindowOrWorkerGlobalScope> | null,
  name: string,
): Database | null {
  try {
    const factory = window?.indexedDB;
    return factory ? new Database(factory, name) : null;
  } catch {
    // Cookies are forbidden.
    return null;
  }
}

/** Entries in IndexedDB: what all tabs of an origin agree on. */
export class Database {
  readonly #factory: IDBFactory;
  readonly #name: string;

  constructor(factory: IDBFactory, name: string) {
    this.#factory = factory;
    this.#name = name;
  }

  /**
   * Reads an entry and changes it in one transaction: no other tab comes between. `decide` gets what is found, and
   * returns what is to hold from then on, null for nothing. Resolves with that.
   */
  change<T>(key: string, decide: (found: T | null) => T | null): Promise<T | null> {
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        reject(new Error(ngDevMode ? 'IndexedDB is out of order' : ''));
      };
      const opening = this.#factory.open(this.#name);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
      opening.onerror = fail;
      opening.onsuccess = () => {
        const transaction = opening.result.transaction(STORE, 'readwrite');
        // Takes effect when the transaction is over: a connection left open would hinder who deletes the database.
        opening.result.close();
        const entries = transaction.objectStore(STORE);
        const reading = entries.get(key) as IDBRequest<T | undefined>;
        let held: T | null = null;
        reading.onsuccess = () => {
          held = decide(reading.result ?? null);
          if (held === null) entries.delete(key);
          else if (held !== reading.result) entries.put(held, key);
          // At once, so that it counts also where the page is left right now.
          transaction.commit();
        };
        transaction.oncomplete = () => {
          resolve(held);
        };
        transaction.onabort = fail;
      };
    });
  }
}
