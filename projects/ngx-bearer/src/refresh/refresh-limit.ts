/** Counts how many refreshes have begun within a window of the monotonic clock. */
export class RefreshLimit {
  readonly #count: number;
  readonly #withinMs: number;
  #begun: number[] = [];

  constructor({ count, withinMs }: { readonly count: number; readonly withinMs: number }) {
    this.#count = count;
    this.#withinMs = withinMs;
  }

  /** In how many milliseconds the next may begin; 0 for now. */
  get waitMs(): number {
    const now = performance.now();
    this.#begun = this.#begun.filter((begun) => now - begun < this.#withinMs);
    const oldest = this.#begun.at(-this.#count);
    return oldest === undefined ? 0 : oldest + this.#withinMs - now;
  }

  /** One begins. */
  count(): void {
    this.#begun.push(performance.now());
  }
}
