/** The database that `localTokenStorage()` and `sessionTokenStorage()` open by default. */
const DEFAULT_NAME = 'ngx-bearer.session';

/** How a database behaves. A full one refuses new values; in Firefox it also refuses to delete. */
type Manner =
  | 'works'
  | 'is full'
  | 'refuses to delete'
  | 'fails to open'
  | 'never answers'
  | 'opens when told'
  | 'commits when told';

type Listener = () => void;

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

  /** Lets the pages go on that have waited for the database. */
  tell(): void {
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
    if (manner === 'opens when told') this.#delayed.push(proceed);
    else if (manner !== 'never answers') queueMicrotask(proceed);
    return opening;
  }

  deleteDatabase(name: string): void {
    this.#databases.delete(name);
  }

  #begin(name: string): Transaction {
    if (this.lostConnections > 0) {
      this.lostConnections--;
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    }
    this.transactions++;
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    const transaction = new Transaction(this.entriesOf(name), this.manner, {
      commit: (write) => {
        if (this.manner === 'commits when told') this.#delayed.push(write);
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

/** What a transaction needs of its database. */
interface Host {
  readonly commit: (write: Listener) => void;
  readonly over: Listener;
}

/** Reads and writes in order. What it writes counts when it is committed. */
class Transaction {
  error: Error | null = null;
  oncomplete: Listener = noop;
  onabort: Listener = noop;
  readonly #entries: Map<string, unknown>;
  readonly #manner: Manner;
  readonly #host: Host;
  readonly #requests: Listener[] = [];
  readonly #writes: Listener[] = [];
  #state: 'waits' | 'runs' | 'commits' | 'is over' = 'waits';

  constructor(entries: Map<string, unknown>, manner: Manner, host: Host) {
    this.#entries = entries;
    this.#manner = manner;
    this.#host = host;
  }

  objectStore(): unknown {
    return {
      get: (key: string) => {
        const reading = { result: undefined as unknown, onsuccess: noop };
        this.#request(() => {
          reading.result = copyOf(this.#entries.get(key));
          reading.onsuccess();
        });
        return reading;
      },
      put: (value: unknown, key: string) => {
        const copy = copyOf(value);
        if (['works', 'commits when told'].includes(this.#manner))
          this.#writes.push(() => this.#entries.set(key, copy));
        else this.#fail();
      },
      delete: (key: string) => {
        if (this.#manner === 'refuses to delete') this.#fail();
        else this.#writes.push(() => this.#entries.delete(key));
      },
    };
  }

  begin(): void {
    if (this.#state === 'is over') {
      this.#host.over();
      return;
    }
    this.#state = 'runs';
    for (const request of this.#requests.splice(0)) queueMicrotask(request);
  }

  commit(): void {
    if (this.#state === 'is over') throw new DOMException('The transaction is over.', 'InvalidStateError');
    this.#state = 'commits';
    this.#host.commit(() => {
      if (this.error) {
        this.#end(() => this.onabort());
        return;
      }
      for (const write of this.#writes) write();
      this.#end(() => this.oncomplete());
    });
  }

  abort(): void {
    const isLate = this.#state === 'commits' || this.#state === 'is over';
    if (isLate) throw new DOMException('The transaction is over.', 'InvalidStateError');
    this.#end(() => this.onabort());
  }

  #request(request: Listener): void {
    const unlessOver = (): void => {
      if (this.#state !== 'is over') request();
    };
    if (this.#state === 'runs') queueMicrotask(unlessOver);
    else this.#requests.push(unlessOver);
  }

  #fail(): void {
    this.error = new DOMException('The disk is full.', 'QuotaExceededError');
  }

  #end(notify: Listener): void {
    const isNext = this.#state !== 'waits';
    this.#state = 'is over';
    notify();
    if (isNext) this.#host.over();
  }
}

/** A structured clone, as far as records need one. */
function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, copyOf(part as unknown)]),
  ) as T;
}

function noop(): void {
  // Nobody listens.
}
