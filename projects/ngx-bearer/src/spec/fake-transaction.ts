/** How a database behaves. A full one refuses new values; in Firefox it also refuses to delete. */
export type Manner =
  | 'works'
  | 'is full'
  | 'refuses to delete'
  | 'fails to open'
  | 'never answers'
  | 'opens on demand'
  | 'commits on demand';

export type Listener = () => void;

/** What a transaction needs of its database. */
interface Host {
  readonly commit: (write: Listener) => void;
  readonly over: Listener;
}

/** Reads and writes in order. What it writes counts when it is committed. */
export class FakeTransaction {
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
        if (['works', 'commits on demand'].includes(this.#manner))
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

/** A structured clone, as far as records need one. A key of Web Crypto cannot change, and stays what it is. */
function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, copyOf(part as unknown)]),
  ) as T;
}

export function noop(): void {
  // Nobody listens.
}
