import { knowsOfEnd } from './fate.ts';
import type { TabsInvariant } from './invariant.ts';

export const noResurrection: TabsInvariant = {
  id: 'I18',
  says: 'a session that was ended comes back in no tab',
  at: {
    told: ({ event, page }, world) => {
      if (event.type !== 'signed-in' && event.type !== 'refreshed') return undefined;
      const session = page.grant && world.sessions.get(page.grant.access.family);
      if (!session || session.endings.size === 0) return undefined;
      return knowsOfEnd(page, session, world) ? `'${event.type}' is told of a session that is over` : null;
    },
    quiet: (_, { pages, sessions, setting }) => {
      if (setting.storage !== 'local') return undefined;
      const alive = pages.find(({ grant }) => {
        const session = grant && sessions.get(grant.access.family);
        return session?.endings.has('signed out');
      });
      return alive ? `tab ${alive.tab.serial} is signed in with a session that was signed out` : null;
    },
  },
};
