const shortestSpanMs = 50;
const roundSteps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const tickSteps = [1, 2, 2.5, 5, 10];

/** The round number of milliseconds that the axis shows for what has passed so far. */
export function spanFor(elapsedMs: number): number {
  return roundUp(Math.max(elapsedMs, shortestSpanMs), roundSteps);
}

/** Between two and five round moments along the axis, its start included. */
export function ticksFor(spanMs: number): readonly number[] {
  const step = roundUp(spanMs / 4, tickSteps);
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step);
}

/** `120 ms`, `1.5 s`. */
export function inWords(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  return `${Number((durationMs / 1000).toFixed(2))} s`;
}

function roundUp(value: number, steps: readonly number[]): number {
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const step = steps.find((candidate) => candidate * magnitude >= value) ?? 10;
  return step * magnitude;
}
