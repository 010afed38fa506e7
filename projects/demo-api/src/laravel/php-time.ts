/** Epoch seconds of a moment; both packages store whole seconds. */
export function inSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** As Carbon's `isPast()`: the second itself is not past yet. */
export function isPast(seconds: number, nowMs: number): boolean {
  return seconds * 1000 < nowMs;
}

/** As Carbon's `isFuture()`: the second itself is no longer future. */
export function isFuture(seconds: number, nowMs: number): boolean {
  return seconds * 1000 > nowMs;
}
