/** A clock that moves only when told. */
export class TestClock {
  #nowMs = Date.UTC(2026, 10, 2, 9, 0, 0, 900);

  readonly now = () => this.#nowMs;

  advance(durationMs: number): void {
    this.#nowMs += durationMs;
  }
}

export const SECOND_MS = 1000;
export const DAY_MS = 24 * 60 * 60 * SECOND_MS;
