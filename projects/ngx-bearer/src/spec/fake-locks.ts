interface Waiting {
  readonly isWanted: () => boolean;
  readonly run: () => Promise<unknown>;
}

/** As much of Web Locks as exclusive locks take. */
export class FakeLocks {
  /** Who has a lock, and who waits for it, by its name. */
  readonly #queues = new Map<string, Waiting[]>();
  /** Not in a sandboxed frame. */
  areAllowed = true;
  /** Every request fails, for no reason that the specification names. */
  areBroken = false;

  /** How many have a lock, or wait for one. */
  get requests(): number {
    return [...this.#queues.values()].reduce((sum, queue) => sum + queue.length, 0);
  }

  /** The names under which there are any. */
  get names(): string[] {
    return [...this.#queues].filter(([, queue]) => queue.length > 0).map(([name]) => name);
  }

  request(name: string, { signal }: { signal: AbortSignal }, run: () => Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!this.areAllowed) throw new DOMException('The document may not have locks.', 'SecurityError');
      if (this.areBroken) throw new DOMException('The lock manager is gone.', 'InvalidStateError');
      // https://w3c.github.io/web-locks/#dom-lockmanager-request
      if (name.startsWith('-')) throw new DOMException('The name is reserved.', 'NotSupportedError');
      let hasBegun = false;
      const waiting: Waiting = {
        isWanted: () => !signal.aborted,
        run: () => {
          hasBegun = true;
          return run().then(resolve, reject);
        },
      };
      signal.addEventListener('abort', () => {
        if (hasBegun) return;
        this.#leave(name, waiting);
        reject(new DOMException('The request was aborted.', 'AbortError'));
      });
      const queue = this.#queues.get(name) ?? [];
      this.#queues.set(name, queue);
      queue.push(waiting);
      if (queue.length === 1) this.#grant(name);
    });
  }

  /** To the first of the queue. */
  #grant(name: string): void {
    const [first] = this.#queues.get(name) ?? [];
    if (!first) return;
    queueMicrotask(() => {
      if (!first.isWanted()) return;
      const over = (): void => {
        this.#leave(name, first);
      };
      first.run().then(over, over);
    });
  }

  #leave(name: string, waiting: Waiting): void {
    const queue = this.#queues.get(name) ?? [];
    const isFirst = queue[0] === waiting;
    queue.splice(queue.indexOf(waiting), 1);
    if (isFirst) this.#grant(name);
  }
}
