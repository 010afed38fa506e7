import { LIMIT_WITHIN_MS } from '../world/page.ts';
import type { Invariant } from './judge.ts';

export const limit: Invariant = {
  id: 'I19',
  says: 'at most refreshLimit refreshes begin within its window',
  at: {
    refresh: ({ page }, { clock, setting }) => {
      const recent = page.refreshStarts.filter((startMs) => clock.elapsedMs - startMs < LIMIT_WITHIN_MS);
      return recent.length > setting.limitCount
        ? `${recent.length} refreshes begin within ${LIMIT_WITHIN_MS / 1000} s`
        : null;
    },
  },
};
