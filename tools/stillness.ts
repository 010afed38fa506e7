/** When a script counts as hanging. */
export interface Patience {
  /** How long a script may neither print nor compute. */
  readonly stillMs: number;
  /** The CPU time that counts as computing; programs that only wait use some, too. */
  readonly computingMs: number;
  /** How much CPU time a script may use without printing: an endless loop computes for ever. */
  readonly silentCpuMs: number;
}

/**
 * Decides if a script hangs, from its output and its CPU time. A limit on the duration would end a healthy script on a
 * busy machine; CPU time grows slower there, and an endless loop still reaches its limit.
 */
export class Stillness {
  readonly #patience: Patience;
  #movedAtMs: number;
  #cpuMs = 0;
  #cpuAtMovementMs = 0;
  #cpuAtOutputMs = 0;

  constructor(patience: Patience, nowMs: number) {
    this.#patience = patience;
    this.#movedAtMs = nowMs;
  }

  printed(nowMs: number): void {
    this.#moved(nowMs);
    this.#cpuAtOutputMs = this.#cpuMs;
  }

  /** Notes the CPU time used so far; null if it is unknown, which counts as computing. */
  used(cpuMs: number | null, nowMs: number): void {
    if (cpuMs !== null) this.#cpuMs = cpuMs;
    // A process that ends can take its time out of the sum: then less is a change, too.
    const changeMs = Math.abs(this.#cpuMs - this.#cpuAtMovementMs);
    if (cpuMs === null || changeMs >= this.#patience.computingMs) this.#moved(nowMs);
  }

  /** Why the script hangs; null if it does not. */
  verdict(nowMs: number): string | null {
    const { stillMs, silentCpuMs } = this.#patience;
    if (nowMs - this.#movedAtMs >= stillMs) {
      return `It hangs: no output and no CPU time for ${seconds(stillMs)}.`;
    }
    if (this.#cpuMs - this.#cpuAtOutputMs >= silentCpuMs) {
      return `It hangs: ${seconds(silentCpuMs)} of CPU time without output.`;
    }
    return null;
  }

  #moved(nowMs: number): void {
    this.#movedAtMs = nowMs;
    this.#cpuAtMovementMs = this.#cpuMs;
  }
}

function seconds(durationMs: number): string {
  return `${durationMs / 1000} s`;
}
