import { allSettle } from './i07-all-settle.ts';
import { endsForAReason } from './i14-ends-for-a-reason.ts';
import { identity } from './i03-identity.ts';
import type { TabsInvariant } from './invariant.ts';
import { manyTabs } from './i28-many-tabs.ts';
import { noEarlierEpoch } from './i04-no-earlier-epoch.ts';
import { noLeak } from './i24-no-leak.ts';
import { noResurrection } from './i18-no-resurrection.ts';
import { noRetryOfRefused } from './i17-no-retry-of-refused.ts';
import { noReuse } from './i05-no-reuse.ts';
import { nothingLeft } from './i11-nothing-left.ts';
import { refusedOnce } from './i15-refused-once.ts';
import { singleFlight } from './i02-single-flight.ts';

/** In the order of the contract. */
export const invariants: readonly TabsInvariant[] = [
  singleFlight,
  identity,
  noEarlierEpoch,
  noReuse,
  allSettle,
  nothingLeft,
  endsForAReason,
  refusedOnce,
  noRetryOfRefused,
  noResurrection,
  noLeak,
  manyTabs,
];
