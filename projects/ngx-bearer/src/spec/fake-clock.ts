interface Timer {
  readonly run: () => void;
  readonly everyMs: number | null;
  dueMs: number;
}

/** A longer delay overflows 32 bits and fires at once, in a browser and so here. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/**
 * Time that passes only when a test lets it. Stands in for the timers and clocks of `globalThis`, which RxJS and
 * the library look up at each call.
 */
export class FakeClock {
  readonly #timers = new Map<number, Timer>();
  readonly #real = {
    timers: { setTimeout, clearTimeout, setInterval, clearInterval },
    dateNow: Date.now,
    performanceNow: performance.now.bind(performance),
  };
  #wallMs = Date.UTC(2027, 0, 1);
  #elapsedMs = 5000;
  #lastId = 0;

  /** Timers that wait for time to pass; Angular's change detection, which is due at once, is none of them. */
  get pendingTimers(): number {
    return [...this.#timers.values()].filter(({ dueMs }) => dueMs > this.#elapsedMs).length;
  }

  install(): void {
    const clear = (id: number): void => void this.#timers.delete(id);
    Object.assign(globalThis, {
      setTimeout: (run: () => void, delayMs?: number) => this.#add(run, delayMs, false),
      setInterval: (run: () => void, delayMs?: number) => this.#add(run, delayMs, true),
      clearTimeout: clear,
      clearInterval: clear,
    });
    Object.assign(Date, { now: () => this.#wallMs });
    Object.assign(performance, { now: () => this.#elapsedMs });
  }

  restore(): void {
    Object.assign(globalThis, this.#real.timers);
    Object.assign(Date, { now: this.#real.dateNow });
    Object.assign(performance, { now: this.#real.performanceNow });
  }

  /** Lets time pass, and fires what falls due on the way, in order. */
  advance(byMs: number): void {
    const endMs = this.#elapsedMs + byMs;
    for (let next = this.#nextDue(endMs); next; next = this.#nextDue(endMs)) {
      const [id, timer] = next;
      this.#moveTo(timer.dueMs);
      if (timer.everyMs === null) this.#timers.delete(id);
      else timer.dueMs += Math.max(timer.everyMs, 1);
      timer.run();
    }
    this.#moveTo(endMs);
  }

  /** Sets the wall clock forward or back, as a user or a time server may. The monotonic clock does not notice. */
  adjustWallClock(byMs: number): void {
    this.#wallMs += byMs;
  }

  /** Lets everything go ahead that waits for promises, and no time pass. */
  settle(): Promise<void> {
    return new Promise((resolve) => void this.#real.timers.setTimeout.call(globalThis, resolve, 0));
  }

  #add(run: () => void, delayMs = 0, isRepeated: boolean): number {
    const waitMs = delayMs > LONGEST_DELAY_MS ? 0 : Math.max(delayMs, 0);
    this.#timers.set(++this.#lastId, {
      run,
      everyMs: isRepeated ? waitMs : null,
      dueMs: this.#elapsedMs + waitMs,
    });
    return this.#lastId;
  }

  #nextDue(endMs: number): [number, Timer] | undefined {
    return [...this.#timers]
      .filter(([, timer]) => timer.dueMs <= endMs)
      .sort(([, left], [, right]) => left.dueMs - right.dueMs)[0];
  }

  #moveTo(elapsedMs: number): void {
    this.#wallMs += elapsedMs - this.#elapsedMs;
    this.#elapsedMs = elapsedMs;
  }
}
