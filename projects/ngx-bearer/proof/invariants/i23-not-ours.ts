import type { Invariant } from './judge.ts';

export const notOurs: Invariant = {
  id: 'I23',
  says: 'a request that is not ours is sent once, at once, as the same object',
  at: {
    issued: ({ isOurs, sendings }) => (isOurs ? undefined : sendings.length === 1 ? null : 'it has to wait'),
    sending: ({ attempt, request }) => {
      if (attempt.isOurs) return undefined;
      if (attempt.sendings.length > 1) return 'it is sent again';
      return request === attempt.request ? null : 'it is another object';
    },
  },
};
