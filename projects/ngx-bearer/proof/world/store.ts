import type { TokenStorage } from 'ngx-bearer';
import type { Manner } from '../program/step.ts';
import type { Clock } from './clock.ts';

/** What comes later than this nobody waits for any more. */
const TIMEOUT_MS = 2000;

/** A store that does what a program wants it to, and outlives the pages. */
export class Store implements TokenStorage {
  record: string | null = null;
  /** What the page last wanted it to hold. */
  wanted: string | null = null;
  manner: Manner = 'at once';
  /** Whether it has not done, and never will do, what was last wanted of it. */
  hasFailed = false;
  readonly #clock: Clock;
  readonly #onWrite: (record: string | null) => void;
  #untold: (() => void)[] = [];
  /** When each read under way is given up. The first of a page may still run when a refusal causes another. */
  readonly #reads = new Set<{ readonly untilMs: number }>();
  /** Which page load it works for. */
  #load = 0;

  constructor(clock: Clock, onWrite: (record: string | null) => void) {
    this.#clock = clock;
    this.#onWrite = onWrite;
  }

  /** Whether it does not hold what it should, so that the next page load cannot know better. */
  get isBehind(): boolean {
    return this.wanted !== this.record;
  }

  /** Whether something waits to be told to. */
  get isBusy(): boolean {
    return this.#untold.length > 0;
  }

  /** Whether a page still waits for the record: after a refusal its refresh ends no sooner. */
  get isReading(): boolean {
    return [...this.#reads].some(({ untilMs }) => this.#clock.elapsedMs < untilMs);
  }

  read(): string | null | Promise<string | null> {
    const answer = this.#go(() => this.record);
    if (!(answer instanceof Promise)) return answer;
    const read = { untilMs: this.#clock.elapsedMs + TIMEOUT_MS };
    this.#reads.add(read);
    return answer.finally(() => {
      this.#reads.delete(read);
    });
  }

  write(record: string | null): void | Promise<void> {
    this.wanted = record;
    this.#onWrite(record);
    this.hasFailed = ['throwing', 'rejecting', 'never'].includes(this.manner);
    const load = this.#load;
    const untilMs = this.#clock.elapsedMs + TIMEOUT_MS;
    return this.#go(() => {
      if (load !== this.#load) return;
      if (this.#clock.elapsedMs < untilMs) this.record = record;
      else if (this.wanted === record) this.hasFailed = true;
    });
  }

  /** Does what waits to be told to. */
  tell(): void {
    const untold = this.#untold;
    this.#untold = [];
    for (const operation of untold) operation();
  }

  /** A page load ends: what it waited for does not happen any more. */
  forget(): void {
    this.#load++;
    this.hasFailed = false;
    this.#reads.clear();
    this.#untold = [];
  }

  /** The same as one of the browser's own. */
  asArea(key: string): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
    const check = (name: string): void => {
      if (name !== key) this.#clock.faults.push(new Error(`the key ${name}`));
    };
    return {
      getItem: (name) => {
        check(name);
        return this.#goAtOnce(() => this.record);
      },
      setItem: (name, record) => {
        check(name);
        this.#put(record);
      },
      removeItem: (name) => {
        check(name);
        this.#put(null);
      },
    };
  }

  #put(record: string | null): void {
    this.wanted = record;
    this.#onWrite(record);
    this.hasFailed = this.manner === 'throwing';
    this.#goAtOnce(() => (this.record = record));
  }

  #goAtOnce<T>(operation: () => T): T {
    if (this.manner === 'throwing') throw new Error('The store is broken.');
    return operation();
  }

  #go<T>(operation: () => T): T | Promise<T> {
    switch (this.manner) {
      case 'at once':
        return operation();
      case 'soon':
        return Promise.resolve().then(operation);
      case 'when told':
        return new Promise((resolve) => {
          this.#untold.push(() => {
            resolve(operation());
          });
        });
      case 'throwing':
        throw new Error('The store is broken.');
      case 'rejecting':
        return Promise.reject(new Error('The store is broken.'));
      case 'never':
        return new Promise(() => undefined);
    }
  }
}
