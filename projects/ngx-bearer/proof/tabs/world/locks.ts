import type { Schedule } from './database.ts';
import type { Page } from './facts.ts';

type Callback = () => Promise<unknown>;

interface Waiting {
  readonly page: Page;
  readonly begin: () => void;
  isGranted: boolean;
  isOver: boolean;
}

/** As much of Web Locks as exclusive ones take: who asks first has them first. */
export class Locks {
  readonly #schedule: Schedule;
  readonly #queues = new Map<string, Waiting[]>();

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  /** Who has a lock or waits for one. */
  get pages(): Page[] {
    return [...this.#queues.values()].flat().map(({ page }) => page);
  }

  /** What the page has as `navigator.locks`. */
  of(page: Page): unknown {
    return {
      request: (name: string, { signal }: { signal: AbortSignal }, callback: Callback) =>
        this.#request(page, name, { signal, callback }),
    };
  }

  /** Whether a page waits for a lock that another has. */
  isAwaitedBy(page: Page): boolean {
    return [...this.#queues.values()].some((queue) =>
      queue.some((waiting) => waiting.page === page && !waiting.isGranted),
    );
  }

  /** Whether a page has a lock. */
  isHeldBy(page: Page): boolean {
    return [...this.#queues.values()].some((queue) => queue[0]?.page === page);
  }

  /** Ends what a page has or waits for: https://w3c.github.io/web-locks/#agent-integration */
  abandon(page: Page): void {
    for (const [name, queue] of this.#queues) {
      for (const waiting of queue) if (waiting.page === page) this.#leave(name, waiting);
    }
  }

  #request(
    page: Page,
    name: string,
    { signal, callback }: { signal: AbortSignal; callback: Callback },
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      // In the model the timers of a page that is gone run on.
      if (page.state === 'gone') return;
      let hasBegun = false;
      const leave = (): void => {
        this.#leave(name, waiting);
      };
      const begin = (): void => {
        if (waiting.isOver) return;
        hasBegun = true;
        callback().then(resolve, reject).then(leave, leave);
      };
      const waiting: Waiting = { page, begin, isGranted: false, isOver: false };
      signal.addEventListener('abort', () => {
        if (hasBegun) return;
        leave();
        reject(new DOMException('The request was aborted.', 'AbortError'));
      });
      const queue = this.#queues.get(name) ?? [];
      this.#queues.set(name, [...queue, waiting]);
      this.#grant(name);
    });
  }

  #grant(name: string): void {
    const [first] = this.#queues.get(name) ?? [];
    if (!first || first.isGranted) return;
    first.isGranted = true;
    this.#schedule(first.page, 'the lock is granted', first.begin);
  }

  #leave(name: string, waiting: Waiting): void {
    const queue = this.#queues.get(name) ?? [];
    waiting.isOver = true;
    this.#queues.set(
      name,
      queue.filter((other) => other !== waiting),
    );
    this.#grant(name);
  }
}
