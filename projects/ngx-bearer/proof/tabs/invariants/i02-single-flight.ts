import { hasStayed } from './fate.ts';
import type { TabsInvariant } from './invariant.ts';

export const singleFlight: TabsInvariant = {
  id: 'I2',
  says: 'at most one refresh of a session runs at any instant, over all tabs',
  at: {
    refresh: ({ page, presented }, { refreshes, setting }) => {
      const other = refreshes.find(
        (earlier) =>
          earlier.state === 'open' &&
          // Tabs that share a cookie take turns whatever the session of each.
          (setting.storage === 'cookie' || earlier.presented?.family === presented?.family) &&
          (earlier.page === page || hasStayed(earlier)),
      );
      return other ? `it begins while refresh ${other.serial} runs` : null;
    },
  },
};
