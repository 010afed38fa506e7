import type { Program } from './program/program.ts';
import { LATE, SLOW, program } from './program/simplest.ts';

/** What has ever broken a promise where a page slept. */
export const counterexamplesAsleep: readonly Program[] = [
  // A page is left with the lock before it has refreshed, and comes back while another refreshes.
  program(SLOW, [
    { kind: 'all go ahead' },
    { kind: 'force a refresh', tab: 0 },
    { kind: 'go ahead', tab: 0 },
    { kind: 'put to sleep', tab: 0, how: 'back/forward cache' },
    { kind: 'force a refresh', tab: 0 },
    { kind: 'all go ahead' },
    { kind: 'wake', tab: 0 },
    { kind: 'all go ahead' },
  ]),
  // A page is frozen with a lease before it has refreshed, and wakes while another refreshes.
  program({ ...SLOW, platform: 'lease' }, [
    { kind: 'all go ahead' },
    { kind: 'force a refresh', tab: 0 },
    ...Array.from({ length: 3 }, () => ({ kind: 'go ahead', tab: 0 }) as const),
    { kind: 'put to sleep', tab: 0, how: 'frozen' },
    { kind: 'wait', ms: 12_500 },
    { kind: 'force a refresh', tab: 0 },
    { kind: 'all go ahead' },
    { kind: 'wake', tab: 0 },
    { kind: 'all go ahead' },
  ]),
  // A page comes back from the back/forward cache, and goes on without the lock that it gave away.
  program({ ...SLOW, tabs: 3 }, [
    { kind: 'request', tab: 0 },
    { kind: 'force a refresh', tab: 2 },
    { kind: 'go ahead', tab: 2 },
    { kind: 'put to sleep', tab: 2, how: 'back/forward cache' },
    { kind: 'expire all' },
  ]),
  // A refused session ends over the newer tokens of a page that slept, and is told as the doing of another tab.
  program({}, [
    { kind: 'force a refresh', tab: 1 },
    { kind: 'force a refresh', tab: 0 },
    { kind: 'put to sleep', tab: 1, how: 'back/forward cache' },
  ]),
  // The mirror of a sign-in is written over the sign-out that followed, by a tab that has yet to see it.
  program({ ...LATE, tabs: 3 }, [
    { kind: 'put to sleep', tab: 0, how: 'back/forward cache' },
    { kind: 'sign in', tab: 1, user: 'A' },
    { kind: 'wait', ms: 250 },
    { kind: 'sign out', tab: 0 },
    { kind: 'close', tab: 1, how: 'left' },
    { kind: 'go ahead', tab: 0 },
  ]),
  // A refusal ends a session whose newer tokens another tab has written, and this one has yet to hear of.
  program(LATE, [
    { kind: 'force a refresh', tab: 1 },
    { kind: 'all go ahead' },
    { kind: 'put to sleep', tab: 1, how: 'back/forward cache' },
    { kind: 'force a refresh', tab: 0 },
    { kind: 'all go ahead' },
    { kind: 'wake', tab: 0 },
    { kind: 'answer a refresh', pick: 0, as: 'tokens' },
    { kind: 'all go ahead' },
    { kind: 'answer a refresh', pick: 0, as: 'tokens' },
  ]),
  // A page that slept is told of its lease when that has long run out.
  program({ platform: 'lease', pace: 'when told' }, [
    { kind: 'force a refresh', tab: 0 },
    { kind: 'request', tab: 1 },
    { kind: 'all go ahead' },
    { kind: 'answer', pick: 0, as: '401' },
    { kind: 'expire all' },
    { kind: 'answer a refresh', pick: 0, as: 'lost after rotation' },
    { kind: 'wait', ms: 1100 },
    { kind: 'put to sleep', tab: 1, how: 'back/forward cache' },
    { kind: 'wait', ms: 3_550_000 },
    { kind: 'request', tab: 0 },
  ]),
  // A duplicated tab that slept counts from where it was, and a copy uses again what the other has used up.
  program({ storage: 'session', reuse: 'grace' }, [
    { kind: 'force a refresh', tab: 0 },
    { kind: 'put to sleep', tab: 0, how: 'back/forward cache' },
    { kind: 'force a refresh', tab: 1 },
    { kind: 'answer a refresh', pick: 1, as: 'tokens' },
    { kind: 'duplicate', tab: 1 },
    { kind: 'force a refresh', tab: 0 },
    { kind: 'answer a refresh', pick: 1, as: 'tokens' },
    { kind: 'wake', tab: 0 },
    { kind: 'answer a refresh', pick: 0, as: 'tokens' },
    { kind: 'force a refresh', tab: 2 },
  ]),
];
