import { REFRESH_TIMEOUT_MS } from '../world/page.ts';
import type { Invariant } from './judge.ts';

export const noAbort: Invariant = {
  id: 'I13',
  says: 'callers cannot abort a refresh',
  at: {
    calledOff: ({ page, identity, startedMs }, world) => {
      const isOver = page.isDestroyed || identity !== world.identity;
      const isLate = world.clock.elapsedMs - startedMs >= REFRESH_TIMEOUT_MS;
      return isOver || isLate ? null : 'a refresh is called off although nobody signed in or out';
    },
  },
};
