import { EventEmitter, once } from 'node:events';

const NAMES = [
  'requests',
  'rejections',
  'refreshes',
  'refreshesRefused',
  'reuseDetected',
  'applications',
  'uploads',
  'logins',
] as const;

/** What the server saw, by name. */
export type Counts = Readonly<Record<(typeof NAMES)[number], number>>;

/** Counts, and tells who watches that something changed. */
export class Counters {
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #counts: Counts = allZero();
  #revision = 0;

  get counts(): Counts {
    return this.#counts;
  }

  /** Rises with every change, so that a watcher who looks away misses none. */
  get revision(): number {
    return this.#revision;
  }

  add(name: keyof Counts): void {
    this.#show({ ...this.#counts, [name]: this.#counts[name] + 1 });
  }

  reset(): void {
    this.#show(allZero());
  }

  /** Resolves when the revision is another one, or the signal aborts. */
  async changeSince(revision: number, signal: AbortSignal): Promise<void> {
    while (this.#revision === revision && !signal.aborted) {
      await once(this.#changes, 'change', { signal }).catch(() => undefined);
    }
  }

  #show(counts: Counts): void {
    this.#counts = counts;
    this.#revision += 1;
    this.#changes.emit('change');
  }
}

function allZero(): Counts {
  return Object.fromEntries(NAMES.map((name) => [name, 0])) as Record<keyof Counts, number>;
}
