import type { TabsInvariant } from './invariant.ts';

export const allSettle: TabsInvariant = {
  id: 'I7',
  says: 'every request of a tab that is there settles exactly once',
  at: {
    settled: ({ settlements, serial }) =>
      settlements > 1 ? `call ${serial} settles ${settlements} times` : null,
    quiet: (_, { calls, asks }) => {
      const hanging = calls.find(({ page, settlements }) => page.state !== 'gone' && settlements === 0);
      if (hanging) return `call ${hanging.serial} hangs`;
      const isSilent = asks.some(({ page, settlements }) => page.state !== 'gone' && settlements !== 1);
      return isSilent ? 'a promise for a refresh does not settle' : null;
    },
    probed: ({ calls }) => (calls.every(({ settlements }) => settlements === 1) ? null : 'a call hangs'),
  },
};
