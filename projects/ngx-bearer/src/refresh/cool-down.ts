import type { Unavailable } from './refresh-outcome';

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * The time after a failed refresh in which the server is left alone: what it asked for, else 1 s, doubling with
 * each failure in a row to 30 s, give or take 20 %. It belongs to an epoch, and runs on the monotonic clock without
 * a timer: whether it is over is looked at when somebody asks.
 */
export class CoolDown {
  #epoch = NaN;
  #failures = 0;
  #until = 0;
  #failure: Unavailable | null = null;

  /** What callers get meanwhile; null where there is none, or none any more. */
  failure(epoch: number): Unavailable | null {
    return epoch === this.#epoch && performance.now() < this.#until ? this.#failure : null;
  }

  /** Returns its length in milliseconds. */
  begin(failure: Unavailable, epoch: number): number {
    if (epoch !== this.#epoch) this.#failures = 0;
    const backOffMs = Math.min(FIRST_MS * 2 ** this.#failures++, LONGEST_MS) * (0.8 + 0.4 * Math.random());
    const delayMs = failure.retryAfterMs ?? backOffMs;
    this.#epoch = epoch;
    this.#failure = failure;
    this.#until = performance.now() + delayMs;
    return delayMs;
  }

  /** The next refresh may start now. */
  end(): void {
    this.#until = 0;
  }

  /** A refresh has succeeded: the failures before it are no longer in a row. */
  reset(): void {
    this.#epoch = NaN;
  }
}
