import type { Invariant } from './judge.ts';

export const cancelledIsStill: Invariant = {
  id: 'I8',
  says: 'a cancelled request emits nothing and starts nothing',
  at: {
    sending: ({ attempt }) => (attempt.isCancelled ? 'a cancelled request is sent' : null),
    delivered: ({ attempt }) => (attempt.isCancelled ? 'a cancelled request emits' : null),
    settled: ({ isCancelled }) => (isCancelled ? 'a cancelled request settles' : null),
    step: (_, { attempts }) => {
      const cancelled = attempts.filter(({ isCancelled }) => isCancelled);
      if (cancelled.length === 0) return undefined;
      const isRunning = cancelled.some(({ sendings }) => sendings.some(({ state }) => state === 'open'));
      return isRunning ? 'a cancelled request still runs' : null;
    },
  },
};
