import type { TokenStorage } from '../public-api';

/** How a store goes about an operation. What it reads is what it holds when it is asked, however late it answers. */
export type Manner = 'at once' | 'soon' | 'on demand' | 'throwing' | 'rejecting' | 'never';

/** A store of the app's own that counts, and does what a test wants it to. */
export class FakeStore implements TokenStorage {
  reading: Manner = 'at once';
  writing: Manner = 'at once';
  removing: Manner = 'at once';
  reads = 0;
  /** Every record that it was asked to keep, whether or not it did. */
  readonly writes: (string | null)[] = [];
  readonly #shelf: Shelf;
  readonly #waiting: (() => void)[] = [];

  constructor(shelf = new Shelf()) {
    this.#shelf = shelf;
  }

  /** What it holds. */
  get record(): string | null {
    return this.#shelf.record;
  }

  set record(record: string | null) {
    this.#shelf.record = record;
  }

  read(): string | null | Promise<string | null> {
    this.reads++;
    const { record } = this;
    return this.#go(this.reading, () => record);
  }

  write(record: string | null): void | Promise<void> {
    this.writes.push(record);
    return this.#go(record === null ? this.removing : this.writing, () => {
      this.#shelf.put(record, this);
    });
  }

  /** Does the operations that wait, in order, and those that follow from it. */
  async proceed(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      next();
      await Promise.resolve();
    }
  }

  #go<T>(manner: Manner, operation: () => T): T | Promise<T> {
    switch (manner) {
      case 'at once':
        return operation();
      case 'soon':
        return Promise.resolve().then(operation);
      case 'on demand':
        return new Promise((resolve) => void this.#waiting.push(() => resolve(operation())));
      case 'throwing':
        throw new Error('the store is broken');
      case 'rejecting':
        return Promise.reject(new Error('the store is broken'));
      case 'never':
        return new Promise(() => undefined);
    }
  }
}

/** A store that several tabs share. Each hears of what the others write. */
export class SharedStore extends FakeStore implements TokenStorage {
  readonly #shelf: Shelf;

  constructor(shelf = new Shelf()) {
    super(shelf);
    this.#shelf = shelf;
  }

  /** The same store as another tab has it. */
  ofAnotherTab(): SharedStore {
    return new SharedStore(this.#shelf);
  }

  /** Puts a record there, as that tab. */
  keep(record: string | null): void {
    this.#shelf.put(record, this);
  }

  /** Keeps changes from the other tabs, as a storage event that comes late. */
  set isQuiet(isQuiet: boolean) {
    this.#shelf.isQuiet = isQuiet;
  }

  /** How many tabs want to hear of changes. */
  get listeners(): number {
    return this.#shelf.listeners.size;
  }

  subscribe(changed: () => void): () => void {
    this.#shelf.listeners.set(changed, this);
    return () => void this.#shelf.listeners.delete(changed);
  }
}

class Shelf {
  record: string | null = null;
  isQuiet = false;
  readonly listeners = new Map<() => void, FakeStore>();

  put(record: string | null, by: FakeStore): void {
    this.record = record;
    if (this.isQuiet) return;
    for (const [changed, store] of [...this.listeners]) if (store !== by) changed();
  }
}
