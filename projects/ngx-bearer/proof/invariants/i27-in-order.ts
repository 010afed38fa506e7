import type { Attempt } from '../world/facts.ts';
import { usesProofs } from '../world/nonces.ts';
import type { Invariant } from './judge.ts';

export const inOrder: Invariant = {
  id: 'I27',
  says: 'held requests go out in order of issue',
  at: {
    sending: (sending, { attempts, setting }) => {
      // What came to an open gate leaves in a later turn then, as what was held does.
      if (usesProofs(setting)) return undefined;
      const { attempt, sentIn } = sending;
      const before = attempt.sendings.slice(0, -1);
      // What came to the gate in this same turn was not held.
      if (!attempt.isOurs || waitsSince({ issuedIn: attempt.issuedIn, sendings: before }) === sentIn)
        return undefined;
      const earlier = attempts.find(
        (other) => other.serial < attempt.serial && isHeldWith(other, attempt) && waitsSince(other) < sentIn,
      );
      return earlier ? `call ${attempt.call.serial} overtakes call ${earlier.call.serial}` : null;
    },
  },
};

/** Whether it still waits at the same gate: nothing of it is under way. A restore that one request asks for holds that one alone. */
function isHeldWith(
  { page, identity, isCancelled, settlements, sendings, mayRestore }: Attempt,
  other: Attempt,
): boolean {
  if (mayRestore && !other.mayRestore) return false;
  if (page !== other.page || identity !== other.identity || isCancelled || settlements > 0) return false;
  const last = sendings.at(-1);
  return !last || last.state === 'answered';
}

/** Who came to the gate only now waits for another turn of it. */
function waitsSince({ sendings, issuedIn }: Pick<Attempt, 'sendings' | 'issuedIn'>): number {
  return sendings.at(-1)?.answeredIn ?? issuedIn;
}
