import type { Refresh } from '../world/facts.ts';
import { isCoolingDown } from './cool-down.ts';
import type { Invariant } from './judge.ts';

export const noReuse: Invariant = {
  id: 'I5',
  says: 'a refresh token is not used again once it has bought tokens, nor too soon after an unclear end',
  at: {
    refresh: (refresh, world) => {
      const { presented, page } = refresh;
      if (!presented || world.setting.strategy === 'cookie') return undefined;
      if (presented.uses.some((earlier) => hasBought(earlier, page.isStale ? page : null))) {
        return `${presented.text} has already bought tokens`;
      }
      const isEarly = presented.uses.some(
        (earlier) => earlier.end === 'unclear' && isCoolingDown(earlier, world),
      );
      return isEarly ? `${presented.text} is tried again before its cool-down is over` : null;
    },
  },
};

/** What a page did whose store could not keep it, the next page cannot know: then only its own uses count. */
function hasBought({ end, brought, presented, page }: Refresh, only: Refresh['page'] | null): boolean {
  const isOver = end === 'tokens' && brought !== null && brought.buysNext !== presented;
  return isOver && (only === null || page === only);
}
