interface Timer {
  readonly id: number;
  readonly run: () => void;
  readonly everyMs: number | null;
  /** Whose code has set it. */
  readonly owner: object | null;
  dueMs: number;
}

/** A longer delay overflows 32 bits and fires at once, in a browser and so here. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

const real = {
  timers: { setTimeout, clearTimeout, setInterval, clearInterval },
  now: Date.now,
  monotonic: performance.now.bind(performance),
  random: Math.random,
};

/** The time it really is, for figures about the run itself. */
export const realNow = real.monotonic;

/**
 * Time, timers and chance of a program: all of them the same at each run of it. Stands in for what `globalThis`
 * has, which RxJS and the library look up at each call.
 */
export class Clock {
  wallMs = 0;
  /** What the wall clock showed before it was set back. */
  latestWallMs = 0;
  elapsedMs = 0;
  /** Errors that nobody has caught, of timers and of others. */
  faults: unknown[] = [];
  /** Whose code runs now, where there is more than one page. */
  owner: object | null = null;
  /** Whether somebody's timers wait, whatever is due. */
  isAsleep: (owner: object | null) => boolean = () => false;
  #timers: Timer[] = [];
  #lastId = 0;
  #chance = 1;

  constructor() {
    this.reset();
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.length;
  }

  /** When the next timer is due, in monotonic milliseconds. */
  get nextDueMs(): number {
    return this.#nextDue(Infinity)?.dueMs ?? Infinity;
  }

  /** How many timers of somebody wait. */
  pendingOf(owner: object): number {
    return this.#timers.filter((timer) => timer.owner === owner).length;
  }

  reset(): void {
    this.owner = null;
    this.isAsleep = () => false;
    this.wallMs = Date.UTC(2027, 0, 1);
    this.latestWallMs = 0;
    this.elapsedMs = 5000;
    this.#timers = [];
    this.faults = [];
    this.#chance = 1;
  }

  install(): void {
    const clear = (id: number): void => {
      this.#timers = this.#timers.filter((timer) => timer.id !== id);
    };
    Object.assign(globalThis, {
      setTimeout: (run: () => void, delayMs?: number) => this.#add(run, delayMs, false),
      setInterval: (run: () => void, delayMs?: number) => this.#add(run, delayMs, true),
      clearTimeout: clear,
      clearInterval: clear,
    });
    Object.assign(Date, { now: () => this.wallMs });
    Object.assign(performance, { now: () => this.elapsedMs });
    Object.assign(Math, { random: () => this.#draw() });
  }

  restore(): void {
    Object.assign(globalThis, real.timers);
    Object.assign(Date, { now: real.now });
    Object.assign(performance, { now: real.monotonic });
    Object.assign(Math, { random: real.random });
  }

  /** Lets time pass, and fires what falls due on the way, in order. */
  advance(byMs: number): void {
    const endMs = this.elapsedMs + byMs;
    while (this.fireNext(endMs));
    this.#moveTo(endMs);
  }

  /** Moves on to the next timer that is due by then, and fires it; false where there is none. */
  fireNext(byMs: number): boolean {
    const next = this.#nextDue(byMs);
    if (next) this.#fire(next);
    return !!next;
  }

  /** The monotonic clock runs ahead of the wall clock, as where the latter is set back. */
  skip(byMs: number): void {
    const wallMs = this.wallMs;
    this.advance(byMs);
    this.wallMs = wallMs;
  }

  #fire(timer: Timer): void {
    this.#moveTo(Math.max(timer.dueMs, this.elapsedMs));
    if (timer.everyMs === null) this.#timers.splice(this.#timers.indexOf(timer), 1);
    else timer.dueMs += Math.max(timer.everyMs, 1);
    this.owner = timer.owner;
    // RxJS throws in a timer what a subscriber does not catch.
    try {
      timer.run();
    } catch (fault) {
      this.faults.push(fault);
    }
  }

  #add(run: () => void, delayMs = 0, isRepeated: boolean): number {
    const waitMs = delayMs > LONGEST_DELAY_MS ? 0 : Math.max(delayMs, 0);
    const id = ++this.#lastId;
    const [everyMs, dueMs] = [isRepeated ? waitMs : null, this.elapsedMs + waitMs];
    this.#timers.push({ id, run, everyMs, dueMs, owner: this.owner });
    return id;
  }

  #nextDue(endMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueMs > endMs || (next && timer.dueMs >= next.dueMs)) continue;
      if (!this.isAsleep(timer.owner)) next = timer;
    }
    return next;
  }

  #moveTo(elapsedMs: number): void {
    this.wallMs += elapsedMs - this.elapsedMs;
    this.elapsedMs = elapsedMs;
  }

  /** Lehmer's generator. */
  #draw(): number {
    this.#chance = (this.#chance * 48_271) % 2_147_483_647;
    return this.#chance / 2_147_483_647;
  }
}

/** Lets everything go ahead that waits for promises. */
export function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
