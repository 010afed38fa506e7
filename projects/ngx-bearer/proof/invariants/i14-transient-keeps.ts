import type { Invariant } from './judge.ts';

export const transientKeeps: Invariant = {
  id: 'I14',
  says: 'transient failures never end the session',
  at: {
    step: (_, { refreshes }) => {
      const last = refreshes.at(-1);
      if (!last?.identity.family || (last.end !== 'transient' && last.end !== 'unclear')) return undefined;
      return last.identity.isEndedByPage ? 'a transient failure ends the session' : null;
    },
  },
};
