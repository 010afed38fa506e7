import type { Attempt } from '../world/facts.ts';
import type { Invariant } from './judge.ts';

export const noPoison: Invariant = {
  id: 'I12',
  says: 'no failure poisons the gate: a new request succeeds wherever the server would honour the refresh token',
  at: {
    probed: ({ attempt, isHonoured }) => {
      if (isHonoured === null || attempt.identity.isUnread) return undefined;
      return !isHonoured || hasSucceeded(attempt)
        ? null
        : 'a new request fails although the server would honour the refresh token';
    },
    signedInAgain: ({ attempt }) => (hasSucceeded(attempt) ? null : 'a request fails after a new sign-in'),
  },
};

function hasSucceeded({ settlements, failure }: Attempt): boolean {
  return settlements === 1 && failure === null;
}
