import type { Page } from '../world/facts.ts';
import type { World } from '../world/world.ts';
import type { TabsInvariant } from './invariant.ts';
import { hasStayed, nameOf } from './fate.ts';

export const refusedOnce: TabsInvariant = {
  id: 'I15',
  says: 'a refusal of the current refresh token ends the session, in one tab as refused; of an older one not at all',
  at: {
    told: ({ event, page, before }, { refreshes, sessions, setting }) => {
      if (event.type !== 'signed-out' || event.reason !== 'refused' || !before) return undefined;
      const { family } = before.access;
      const last = refreshes.findLast((refresh) => refresh.page === page && refresh.end === 'refused');
      const session = sessions.get(family);
      if (session?.endings.has('cleared')) return undefined;
      const stored = setting.storage === 'local' ? session?.stored : null;
      if (stored && stored.buysNext !== last?.presented) {
        const refused = nameOf(last?.presented ?? null);
        return `${refused} is refused, but ${nameOf(stored.buysNext)} stood in the store`;
      }
      // A page that was left before it had written the end takes it along.
      const first = refreshes.find(({ end, page: by }) => end === 'refused' && by === session?.endedBy);
      const isTwice =
        setting.storage === 'local' &&
        !!session &&
        !!last &&
        !!first &&
        hasStayed(first) &&
        // Two that were refused at once both know by themselves.
        last.startedMs > session.refusedMs &&
        hasStayed(last);
      return isTwice ? 'a session ends as refused in two tabs' : null;
    },
    quiet: (_, world) => {
      const refused = world.refreshes.filter(({ end }) => end === 'refused');
      if (refused.length === 0) return undefined;
      const alive = world.pages.find(
        (page) =>
          refused.some(
            (refresh) =>
              refresh.page === page && refresh.presented === page.grant?.buysNext && hasStayed(refresh),
          ) && isRejected(page, world),
      );
      return alive
        ? `tab ${alive.tab.serial} lives on with a refused refresh token and a rejected access token`
        : null;
    },
  },
};

/** Whether a page has been told that its access token is no good. The second rejection of a call tells nothing. */
function isRejected(page: Page, { sendings }: World): boolean {
  return sendings.some(
    (sending) =>
      sending.isRejected &&
      sending.page === page &&
      sending.token === page.grant?.access &&
      sending.call.sendings[0] === sending,
  );
}
