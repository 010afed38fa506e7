import { isCoolingDown, shortestCoolDownMs } from './cool-down.ts';
import type { Invariant } from './judge.ts';

const LONGEST_MS = 60_000;

export const noRetryOfRefused: Invariant = {
  id: 'I17',
  says: 'a refused refresh token is never sent again, one that failed transiently not before its cool-down',
  at: {
    refresh: ({ presented, page }, world) => {
      if (!presented) return undefined;
      const earlier = presented.uses.filter((use) => use.page === page);
      if (earlier.some(({ end }) => end === 'refused'))
        return `${presented.text} was refused, and is sent again`;
      const isEarly = earlier.some((use) => use.end === 'transient' && isCoolingDown(use, world));
      return isEarly ? `${presented.text} is sent again before its cool-down is over` : null;
    },
    told: ({ event }, { clock, refreshes }) => {
      if (event.type !== 'refresh-unavailable') return undefined;
      const delayMs = event.retryAt - clock.wallMs;
      const last = refreshes.at(-1);
      const hasFailed = event.reason !== 'limit' && (last?.end === 'transient' || last?.end === 'unclear');
      const leastMs = hasFailed ? shortestCoolDownMs(last) : 0;
      return delayMs >= leastMs && delayMs <= LONGEST_MS ? null : `a cool-down of ${delayMs} ms is told`;
    },
  },
};
