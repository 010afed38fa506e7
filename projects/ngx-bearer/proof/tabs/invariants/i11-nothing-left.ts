import type { Finding } from '../../invariants/judge.ts';
import type { World } from '../world/world.ts';
import type { TabsInvariant } from './invariant.ts';

export const nothingLeft: TabsInvariant = {
  id: 'I11',
  says: 'once all is quiet no lock, lease, timer, listener or flag is left',
  at: {
    quiet: (_, world) => look(world),
    probed: (_, world) => look(world),
    end: (_, { pages }) =>
      pages.some(({ window }) => window.listeners > 0) ? 'a page that is destroyed still listens' : null,
    step: (_, { clock }) => {
      const [fault] = clock.faults;
      if (fault === undefined) return undefined;
      return `nobody catches ${fault instanceof Error ? fault.message : 'what is no error'}`;
    },
  },
};

function look({ pages, clock, locks, database }: World): Finding {
  const late = pages.find((page) => clock.pendingOf(page) > 0);
  if (late) return `tab ${late.tab.serial} has ${clock.pendingOf(late)} timers left`;
  const holder = locks.pages.find(({ state }) => state !== 'gone');
  if (holder) return `tab ${holder.tab.serial} still has a lock, or waits for one`;
  const busy = pages.find(({ session }) => session.refreshing());
  if (busy) return `refreshing() stays true in tab ${busy.tab.serial}`;
  const loud = pages.find(({ window, listeners }) => window.listeners !== listeners);
  if (loud) return `tab ${loud.tab.serial} has ${loud.window.listeners - loud.listeners} listeners left`;
  const leases = [...database.entries.keys()].filter((key) => key.startsWith('refresh.'));
  const owner = leases.map((key) => database.owners.get(key)).find((page) => page?.state !== 'gone');
  return owner ? `tab ${owner.tab.serial} leaves its lease` : null;
}
