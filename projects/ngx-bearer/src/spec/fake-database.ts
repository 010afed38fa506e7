import { FakeTransaction, type Listener, type Manner, noop } from './fake-transaction';

/** The database that `localTokenStorage()` and `sessionTokenStorage()` open by default. */
const DEFAULT_NAME = 'ngx-bearer.session';

/** As much of IndexedDB as the library uses. Transactions of one database run in order, each in a few microtasks. */
export class FakeDatabase {
  manner: Manner = 'works';
  /** So many of the next calls of `transaction()` throw, as in Safari after a lost connection. */
  lostConnections = 0;
  /** How many transactions have begun. */
  transactions = 0;
  /** The names of the databases, in the order in which they were opened first. */
  readonly opened: string[] = [];
  readonly #databases = new Map<string, Map<string, unknown>>();
  readonly #queues = new Map<string, Listener[]>();
  readonly #delayed: Listener[] = [];

  /** The entries of the default database. */
  get entries(): Map<string, unknown> {
    return this.entriesOf(DEFAULT_NAME);
  }

  /** The entries of a database; changes to it count if the library has opened it. */
  entriesOf(name: string): Map<string, unknown> {
    return this.#databases.get(name) ?? new Map<string, unknown>();
  }

  /** Answers the pages that wait for the database. */
  proceed(): void {
    for (const proceed of this.#delayed.splice(0)) queueMicrotask(proceed);
  }

  open(name: string): unknown {
    if (!this.opened.includes(name)) this.opened.push(name);
    const opening = {
      result: {
        createObjectStore: () => undefined,
        close: () => undefined,
        transaction: () => this.#begin(name),
      },
      error: new Error('the database cannot be opened'),
      onupgradeneeded: noop,
      onsuccess: noop,
      onerror: noop,
    };
    const { manner } = this;
    const proceed = (): void => {
      if (manner === 'fails to open') {
        opening.onerror();
        return;
      }
      if (!this.#databases.has(name)) {
        this.#databases.set(name, new Map());
        opening.onupgradeneeded();
      }
      opening.onsuccess();
    };
    if (manner === 'opens on demand') this.#delayed.push(proceed);
    else if (manner !== 'never answers') queueMicrotask(proceed);
    return opening;
  }

  deleteDatabase(name: string): void {
    this.#databases.delete(name);
  }

  #begin(name: string): FakeTransaction {
    if (this.lostConnections > 0) {
      this.lostConnections--;
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    }
    this.transactions++;
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    const transaction = new FakeTransaction(this.entriesOf(name), this.manner, {
      commit: (write) => {
        if (this.manner === 'commits on demand') this.#delayed.push(write);
        else queueMicrotask(write);
      },
      over: () => {
        queue.shift();
        queue[0]?.();
      },
    });
    queue.push(() => {
      transaction.begin();
    });
    if (queue.length === 1) queue[0]?.();
    return transaction;
  }
}
