import type { Program } from './program/program.ts';
import { LATE, SLOW, program } from './program/simplest.ts';

/** What has broken a promise because something was lost: a write, a sign-out, the database, the whole browser. */
export const counterexamplesLost: readonly Program[] = [
  // A sign-out is still in the database when the browser is killed and localStorage forgets it.
  program({}, [
    { kind: 'sign out', tab: 0 },
    { kind: 'kill the browser', lost: 1 },
  ]),
  // A database that fails at the sign-out loses that there was one.
  program({}, [
    { kind: 'database fails', tab: 0, times: 3 },
    { kind: 'sign out', tab: 0 },
    { kind: 'kill the browser', lost: 2 },
  ]),
  // A page goes into the back/forward cache with a transaction that is done, and writes its record once more.
  program(LATE, [
    { kind: 'sign out', tab: 0 },
    { kind: 'close', tab: 0, how: 'left' },
    { kind: 'go ahead', tab: 0 },
    { kind: 'go ahead', tab: 0 },
    { kind: 'put to sleep', tab: 0, how: 'back/forward cache' },
  ]),
  // A page that is left removes the sign-in of another tab, which it has not seen.
  program(LATE, [
    { kind: 'go ahead', tab: 1 },
    { kind: 'sign in', tab: 0, user: 'A' },
    { kind: 'go ahead', tab: 1 },
    { kind: 'clear', what: 'localStorage' },
    { kind: 'sign in', tab: 1, user: 'A' },
    { kind: 'all go ahead' },
    { kind: 'tell', tab: 0 },
    { kind: 'reload', tab: 0 },
  ]),
  // A third tab stores a sign-in that its own tab has signed out again.
  program(LATE, [
    { kind: 'open' },
    { kind: 'sign in', tab: 1, user: 'A' },
    { kind: 'sign in', tab: 0, user: 'A' },
    { kind: 'sign out', tab: 1 },
  ]),
  program({ ...LATE, tabs: 3, start: 'nobody' }, [
    { kind: 'sign in', tab: 2, user: 'A' },
    { kind: 'go ahead', tab: 1 },
    { kind: 'sign in', tab: 1, user: 'A' },
    { kind: 'sign out', tab: 2 },
  ]),
  // A tab is left with the sign-out of a session that a third tab has heard of.
  program(LATE, [
    { kind: 'duplicate', tab: 0 },
    { kind: 'sign in', tab: 0, user: 'A' },
    { kind: 'go ahead', tab: 0 },
    { kind: 'tell', tab: 1 },
    { kind: 'sign in', tab: 1, user: 'A' },
    { kind: 'go ahead', tab: 0 },
    { kind: 'tell', tab: 2 },
    { kind: 'sign out', tab: 1 },
    { kind: 'close', tab: 1, how: 'left' },
  ]),
  // Two sign-ins know each other as past, and the tabs never come to rest.
  program({ ...LATE, platform: 'lease', tabs: 3, start: 'nobody', lifeSeconds: 3600, reuse: 'grace' }, [
    { kind: 'tell', tab: 0 },
    { kind: 'sign in', tab: 2, user: 'A' },
    { kind: 'go ahead', tab: 1 },
    { kind: 'sign in', tab: 1, user: 'B' },
    { kind: 'open' },
    { kind: 'go ahead', tab: 0 },
    { kind: 'force a refresh', tab: 1 },
    { kind: 'sign out', tab: 2 },
    { kind: 'force a refresh', tab: 1 },
  ]),
  // The database fails before a refresh, and localStorage shows old tokens.
  program({ news: 'when told' }, [
    { kind: 'request', tab: 1 },
    { kind: 'expire all' },
    { kind: 'answer', pick: 0, as: 'truth' },
    { kind: 'database fails', tab: 0, times: 2 },
    { kind: 'request', tab: 0 },
    { kind: 'answer a refresh', pick: 0, as: 'tokens' },
    { kind: 'answer all' },
  ]),
  // The database fails after a refresh, and another tab sees late what localStorage has in its place.
  program({ news: 'when told', oldAccess: 'dies' }, [
    { kind: 'force a refresh', tab: 1 },
    { kind: 'database fails', tab: 1, times: 2 },
    { kind: 'answer a refresh', pick: 0, as: 'tokens' },
    { kind: 'request', tab: 0 },
    { kind: 'answer', pick: 0, as: 'truth' },
  ]),
  // The database works again while a tab still waits after its failure, and the session is refused unsent.
  program({}, [
    { kind: 'force a refresh', tab: 0 },
    { kind: 'answer a refresh', pick: 0, as: 'tokens' },
    { kind: 'expire all' },
    { kind: 'request', tab: 1 },
    { kind: 'database fails', tab: 1, times: 3 },
    { kind: 'answer all' },
  ]),
  // A page that is left while another signs out keeps what it has read.
  program(SLOW, [
    { kind: 'sign out', tab: 0 },
    { kind: 'reload', tab: 1 },
    { kind: 'kill the browser', lost: 0 },
  ]),
  // A page that starts writes over the sign-in of another, which is left before it is stored, and a third forgets it.
  program({ ...LATE, tabs: 3 }, [
    { kind: 'sign in', tab: 0, user: 'A' },
    { kind: 'tell', tab: 1 },
    { kind: 'wait', ms: 12500 },
    { kind: 'kill the browser', lost: 2 },
    { kind: 'sign in', tab: 2, user: 'A' },
    { kind: 'show', tab: 1 },
    { kind: 'close', tab: 2, how: 'left' },
    { kind: 'all go ahead' },
    { kind: 'close', tab: 0, how: 'left' },
    { kind: 'show', tab: 0 },
  ]),
];
