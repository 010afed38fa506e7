import type { Refresh } from '../world/facts.ts';
import type { World } from '../world/world.ts';

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;
const JITTER = 0.2;

/** How long a failed refresh bars the next, at the least. */
export function shortestCoolDownMs({ retryAfterMs, failuresBefore }: Refresh): number {
  return retryAfterMs ?? Math.min(FIRST_MS * 2 ** failuresBefore, LONGEST_MS) * (1 - JITTER);
}

/** How long at the most: the refresh limit counts as another failure, where it is met. */
export function longestCoolDownMs({ retryAfterMs }: Refresh): number {
  return retryAfterMs ?? LONGEST_MS * (1 + JITTER);
}

/** Whether a failed refresh still bars others: nothing has ended its cool-down, and it has not run out. */
export function isCoolingDown(failed: Refresh, { page, identity, clock }: World): boolean {
  const isSame = failed.page === page && failed.identity === identity;
  const isRelieved = page.relievedMs >= failed.endedMs;
  return isSame && !isRelieved && clock.elapsedMs < failed.endedMs + shortestCoolDownMs(failed);
}
