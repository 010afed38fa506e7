import type { Invariant } from './judge.ts';

export const singleFlight: Invariant = {
  id: 'I2',
  says: 'at most one refresh runs at any instant',
  at: {
    refresh: (refresh, { refreshes }) => {
      const others = refreshes.filter(
        ({ state, page, identity }) =>
          state !== 'answered' &&
          state !== 'called off' &&
          !page.isDestroyed &&
          identity === refresh.identity,
      );
      return others.length > 1 ? `${others.length} refreshes run at once` : null;
    },
  },
};
