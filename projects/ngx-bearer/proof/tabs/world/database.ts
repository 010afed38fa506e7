import type { Page } from './facts.ts';

/** Puts down what a page is about to be told, for when it comes to it. */
export type Schedule = (page: Page, what: string, run: () => void) => void;

/** An entry is put or removed. */
export interface Change {
  readonly key: string;
  readonly value: unknown;
  readonly before: unknown;
  readonly by: Page;
  /** Who had put what was there before. */
  readonly owner: Page | undefined;
}

interface Transaction {
  readonly page: Page;
  /** What is put, and null for what is removed. */
  readonly changes: Map<string, unknown>;
  /** Tells the page what it has asked for, as soon as it is the turn of this one. */
  read: (() => void) | null;
  hasBegun: boolean;
}

/**
 * As much of IndexedDB as holds entries by key. All transactions write, and so they come one after the other, in
 * the order they were made. What a page is told of them it is told in steps of its own.
 */
export class Database {
  readonly entries = new Map<string, unknown>();
  /** Who has put each entry. */
  readonly owners = new Map<string, Page>();
  /** What each page last found, by key. */
  readonly #found = new Map<Page, Map<string, unknown>>();
  readonly #failing = new Map<Page, number>();
  readonly #schedule: Schedule;
  readonly #onChange: (change: Change) => void;
  #transactions: Transaction[] = [];

  constructor(schedule: Schedule, onChange: (change: Change) => void) {
    this.#schedule = schedule;
    this.#onChange = onChange;
  }

  /** What the page has as `indexedDB`. */
  of(page: Page): unknown {
    return { open: () => this.#open(page) };
  }

  /** The next so many times that a page opens it, it fails: once for a page, which goes on without it otherwise. */
  failFor(page: Page, times: number): void {
    if (!this.#failing.has(page)) this.#failing.set(page, times);
  }

  /** It works again. Returns the pages that it failed for. */
  heal(): Page[] {
    const pages = [...this.#failing.keys()];
    this.#failing.clear();
    return pages;
  }

  /** Whether a page is in the middle of a transaction, and keeps the others waiting. */
  isUsedBy(page: Page): boolean {
    return this.#transactions.some((transaction) => transaction.page === page);
  }

  /** What a page found when it last looked. */
  foundBy(page: Page, key: string): unknown {
    return this.#found.get(page)?.get(key);
  }

  /** Removes the session that all tabs share. */
  clear(): void {
    this.entries.delete('session');
  }

  /** A page is gone: what it has not committed does not happen. */
  abandon(page: Page): void {
    this.#transactions = this.#transactions.filter((transaction) => transaction.page !== page);
    this.#begin();
  }

  #open(page: Page): unknown {
    const opening = {
      result: {
        createObjectStore: () => undefined,
        close: () => undefined,
        transaction: () => this.#transact(page),
      },
      error: new DOMException('The database does not open.', 'UnknownError'),
      onsuccess: noop,
      onerror: noop,
    };
    const failures = this.#failing.get(page) ?? 0;
    if (failures > 0) this.#failing.set(page, failures - 1);
    this.#schedule(page, failures > 0 ? 'the database fails' : 'the database opens', () => {
      if (failures > 0) opening.onerror();
      else opening.onsuccess();
    });
    return opening;
  }

  #transact(page: Page): unknown {
    const transaction: Transaction = { page, changes: new Map(), read: null, hasBegun: false };
    // In the model the timers of a page that is gone run on.
    if (page.state !== 'gone') this.#transactions.push(transaction);
    const ends = { oncomplete: noop, onabort: noop };
    return Object.assign(ends, {
      objectStore: () => ({
        get: (key: string) => {
          const reading = { result: undefined as unknown, onsuccess: noop };
          transaction.read = () => {
            reading.result = this.entries.get(key);
            this.#found.set(page, new Map(this.#found.get(page)).set(key, reading.result));
            reading.onsuccess();
          };
          this.#begin();
          return reading;
        },
        put: (value: unknown, key: string) => transaction.changes.set(key, value),
        delete: (key: string) => transaction.changes.set(key, null),
      }),
      commit: () => {
        this.#commit(transaction);
        this.#schedule(page, 'the database is done', () => {
          ends.oncomplete();
        });
      },
    });
  }

  /** It is the turn of the first. */
  #begin(): void {
    const [first] = this.#transactions;
    if (!first?.read || first.hasBegun) return;
    first.hasBegun = true;
    this.#schedule(first.page, 'the database answers', first.read);
  }

  #commit({ page, changes }: Transaction): void {
    for (const [key, value] of changes) {
      const [before, owner] = [this.entries.get(key) ?? null, this.owners.get(key)];
      if (value === null) this.entries.delete(key);
      else this.entries.set(key, value);
      this.owners.set(key, page);
      this.#onChange({ key, value, before, by: page, owner });
    }
    this.#transactions.shift();
    this.#begin();
  }
}

function noop(): void {
  // In the place of what nobody has asked to be told.
}
