import type { Attempt } from '../world/facts.ts';
import type { Invariant } from './judge.ts';

export const allSettle: Invariant = {
  id: 'I7',
  says: 'every uncancelled request settles exactly once',
  at: {
    settled: ({ settlements, call }) =>
      settlements > 1 ? `call ${call.serial} settles ${settlements} times` : null,
    quiet: (_, { attempts, asks }) => {
      const hanging = attempts.find((attempt) => attempt.settlements === 0 && !isExcused(attempt));
      if (hanging) return `call ${hanging.call.serial} hangs`;
      const silent = asks.find(({ settlements }) => settlements !== 1);
      return silent ? `a promise for a ${silent.for} settles ${silent.settlements} times` : null;
    },
  },
};

/** Cancelled, or never answered by the server. */
function isExcused({ isCancelled, sendings }: Attempt): boolean {
  return isCancelled || sendings.at(-1)?.state === 'hung';
}
