import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

const LONGEST_STAY_MS = 30_000;

/** A place on the way where the next passer-by stops until it is let go. */
export class Checkpoint {
  readonly #reached = Promise.withResolvers<null>();
  readonly #opened = Promise.withResolvers<null>();
  #isTaken = false;

  /** Resolves when somebody stands here. */
  readonly reached = this.#reached.promise;

  open(): void {
    this.#opened.resolve(null);
  }

  /** Stops who comes first, until they are let go or leave; all others pass. */
  async pass(left: AbortSignal): Promise<void> {
    if (this.#isTaken || left.aborted) return;
    this.#isTaken = true;
    this.#reached.resolve(null);
    const tooLong = setTimeout(LONGEST_STAY_MS, null, { ref: false });
    await Promise.race([this.#opened.promise, once(left, 'abort'), tooLong]);
  }
}

/** Where so many wait for one another, and go on together. */
export class Rendezvous {
  readonly #complete = Promise.withResolvers<null>();
  readonly #longestWaitMs: number;
  #missing: number;

  constructor(count: number, longestWaitMs: number) {
    this.#missing = count;
    this.#longestWaitMs = longestWaitMs;
  }

  /** Whether all have come; the first have else gone on alone. */
  get isComplete(): boolean {
    return this.#missing <= 0;
  }

  async join(): Promise<void> {
    this.#missing -= 1;
    if (this.isComplete) this.#complete.resolve(null);
    await Promise.race([this.#complete.promise, setTimeout(this.#longestWaitMs, null, { ref: false })]);
  }
}
