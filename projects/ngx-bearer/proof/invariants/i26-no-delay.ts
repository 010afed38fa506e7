import type { Attempt } from '../world/facts.ts';
import { usesProofs } from '../world/nonces.ts';
import type { World } from '../world/world.ts';
import { expiryMs } from './expiry.ts';
import type { Invariant } from './judge.ts';

export const noDelay: Invariant = {
  id: 'I26',
  says: 'with a good token, or with nobody signed in, a request leaves in the same turn',
  at: {
    issued: (attempt, world) => {
      const { isOurs, identity, sendings, settlements } = attempt;
      // A store that is still read, and a refresh that ends the session within the call, are other matters.
      if (!isOurs || identity.isUnread || identity !== world.identity) return undefined;
      if (attempt.mayWait && !hasTried(world)) {
        return sendings.length === 0 ? null : 'it does not wait for the restore';
      }
      if (attempt.call.step.auth === 'required' && !identity.family) {
        if (sendings.some(({ token }) => !token)) return 'it is sent without a token';
        return settlements === 1 || attempt.mayRestore ? null : 'it does not fail at once';
      }
      // A proof has to be made first.
      if (!isReady(attempt, world) || (identity.family && usesProofs(world.setting))) return undefined;
      return sendings.length > 0 ? null : 'it has to wait';
    },
  },
};

/** The restore has begun, and may have failed. */
function hasTried({ refreshes, page }: World): boolean {
  return refreshes.some((refresh) => refresh.page === page);
}

function isReady({ grant, page, issuedMs, mayWait }: Attempt, { setting, clock }: World): boolean {
  if (page.isDestroyed || mayWait) return false;
  if (!grant || setting.whileRefreshing === 'send') return true;
  return !grant.isRejected && clock.wallMs < expiryMs(grant) && clock.elapsedMs === issuedMs;
}
