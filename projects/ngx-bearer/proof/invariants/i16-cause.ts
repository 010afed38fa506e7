import type { Refresh } from '../world/facts.ts';
import type { Grant } from '../world/tokens.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './judge.ts';
import { dueMs } from './expiry.ts';

export const cause: Invariant = {
  id: 'I16',
  says: 'a refresh starts only for a rejection of the current token, its expiry, or a call to refresh()',
  at: {
    refresh: (refresh, world) => {
      const { grant, page, identity } = refresh;
      if (page.isStale) return undefined;
      if (isAskedFor(refresh, world)) return null;
      if (grant)
        return isUseless(grant, world) ? null : 'a refresh starts although the current token is good';
      const isCalledFor = page.hasMissedToken || !world.shared.isEmpty;
      const mayRestore = world.setting.strategy === 'cookie' && identity.isFirst && isCalledFor;
      return mayRestore ? null : 'a refresh starts with nobody signed in';
    },
  },
};

function isUseless(grant: Grant, { clock, setting }: World): boolean {
  return grant.isRejected || clock.wallMs >= dueMs(grant, setting);
}

function isAskedFor({ page }: Refresh, { asks }: World): boolean {
  return asks.some((ask) => ask.for === 'refresh' && ask.page === page && ask.settlements === 0);
}
