import type { Grant } from '../../world/tokens.ts';
import type { Page, Refresh } from '../world/facts.ts';
import type { World } from '../world/world.ts';
import { hasStayed, nameOf } from './fate.ts';
import type { TabsInvariant } from './invariant.ts';

/** The shortest cool-down after a first failure. */
const COOL_DOWN_MS = 800;

export const noReuse: TabsInvariant = {
  id: 'I5',
  says: 'a refresh token is used again only after an unclear end, by the same tab not too soon',
  at: {
    refresh: ({ page, presented }, world) => {
      if (!presented || world.setting.storage === 'cookie') return undefined;
      // A session that is over dies anyhow: I4 says what may leave of it.
      const isOver = !!world.sessions.get(presented.family)?.endings.size;
      if (isOver && world.setting.storage === 'local') return undefined;
      const found = world.sessions.grantIn(world.database.foundBy(page, 'session'));
      const uses = world.refreshes.filter((earlier) => earlier.presented === presented);
      const isLeft = uses.some(isLeftBySleeper);
      if (!isLeft && uses.some((earlier) => isSettled(earlier, found))) {
        return `${nameOf(presented)} has bought tokens that a tab has, and is used again`;
      }
      const isEarly = uses.some((earlier) => isCoolingDown(earlier, page, world));
      return isEarly ? `${nameOf(presented)} is tried again before its cool-down is over` : null;
    },
  },
};

/** It brought tokens that nobody has lost: its tab is there to put them into the store, or they were read there. */
function isSettled(earlier: Refresh, found: Grant | null): boolean {
  const { end, brought, presented } = earlier;
  if (end !== 'tokens' || !brought || brought.buysNext === presented) return false;
  return (
    hasStayed(earlier) || (found?.access.family === brought.access.family && found.serial >= brought.serial)
  );
}

/** A page that slept while others refreshed got the same refresh token again, and may be the first to write. */
function isLeftBySleeper(earlier: Refresh): boolean {
  return !hasStayed(earlier) && earlier.brought?.buysNext === earlier.presented;
}

function isCoolingDown({ end, endedMs, page }: Refresh, now: Page, { clock }: World): boolean {
  if (page !== now || (end !== 'unclear' && end !== 'transient') || now.relievedMs >= endedMs) return false;
  return clock.elapsedMs < endedMs + COOL_DOWN_MS;
}
