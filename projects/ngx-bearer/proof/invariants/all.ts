import { appliedOnce } from './i10-applied-once.ts';
import { allSettle } from './i07-all-settle.ts';
import { cancelledIsStill } from './i08-cancelled-is-still.ts';
import { cause } from './i16-cause.ts';
import { confinement } from './i01-confinement.ts';
import { end } from './i25-end.ts';
import { identity } from './i03-identity.ts';
import { inOrder } from './i27-in-order.ts';
import type { Invariant } from './judge.ts';
import { limit } from './i19-limit.ts';
import { noAbort } from './i13-no-abort.ts';
import { proofs } from './i32-proofs.ts';
import { noDelay } from './i26-no-delay.ts';
import { noDiscardedEvents } from './i21-no-discarded-events.ts';
import { noEarlierEpoch } from './i04-no-earlier-epoch.ts';
import { noLeak } from './i24-no-leak.ts';
import { noPoison } from './i12-no-poison.ts';
import { noResurrection } from './i18-no-resurrection.ts';
import { noRetryOfRefused } from './i17-no-retry-of-refused.ts';
import { noReuse } from './i05-no-reuse.ts';
import { notOurs } from './i23-not-ours.ts';
import { nothingLeft } from './i11-nothing-left.ts';
import { oneRecord } from './i06-one-record.ts';
import { ownAnswer } from './i20-own-answer.ts';
import { refusedOnce } from './i15-refused-once.ts';
import { sameReplay } from './i22-same-replay.ts';
import { singleFlight } from './i02-single-flight.ts';
import { transientKeeps } from './i14-transient-keeps.ts';
import { twoSendings } from './i09-two-sendings.ts';

/** In the order of the contract. I28 is about many tabs, and proven where there are many. */
export const invariants: readonly Invariant[] = [
  confinement,
  singleFlight,
  identity,
  noEarlierEpoch,
  noReuse,
  oneRecord,
  allSettle,
  cancelledIsStill,
  twoSendings,
  appliedOnce,
  nothingLeft,
  noPoison,
  noAbort,
  transientKeeps,
  refusedOnce,
  cause,
  noRetryOfRefused,
  noResurrection,
  limit,
  ownAnswer,
  noDiscardedEvents,
  sameReplay,
  notOurs,
  noLeak,
  end,
  noDelay,
  inOrder,
  proofs,
];
