import { usesProofs } from '../world/nonces.ts';
import type { Invariant } from './judge.ts';

export const nothingLeft: Invariant = {
  id: 'I11',
  says: 'once all is quiet no flag, queue, timer or subscription is left',
  at: {
    quiet: (_, { clock, page, refreshes }) => {
      if (clock.pending > 0) return `${clock.pending} timers are left`;
      if (!page.isDestroyed && page.session.refreshing()) return 'refreshing() stays true';
      const open = refreshes.filter(({ state }) => state === 'open' || state === 'hung');
      return open.length > 0 ? `${open.length} refreshes are left` : null;
    },
    step: (_, { page, refreshes, store, setting }) => {
      if (page.isDestroyed || !page.session.refreshing() || store.isReading) return undefined;
      // The proof of a refresh is made first.
      if (usesProofs(setting)) return undefined;
      const runs = refreshes.some(({ state }) => state !== 'answered' && state !== 'called off');
      return runs ? null : 'refreshing() says yes while none runs';
    },
  },
};
