import { hasStayed, nameOf } from './fate.ts';
import type { TabsInvariant } from './invariant.ts';

export const noRetryOfRefused: TabsInvariant = {
  id: 'I17',
  says: 'a refused refresh token is never sent again by the same tab, nor by another once its session has ended',
  at: {
    refresh: ({ page, presented }, { refreshes, sessions, setting }) => {
      if (!presented || setting.storage === 'cookie') return undefined;
      // The user has removed what said so.
      if (sessions.get(presented.family)?.endings.has('cleared')) return undefined;
      const earlier = refreshes.find(
        (other) =>
          other.presented === presented &&
          other.end === 'refused' &&
          hasStayed(other) &&
          // Refused in the background, a session goes on while its access token works: each tab finds that out.
          (other.page === page || other.page.grant?.buysNext !== presented),
      );
      return earlier
        ? `${nameOf(presented)} was refused to refresh ${earlier.serial}, and is sent again`
        : null;
    },
  },
};
