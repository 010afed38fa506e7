import { counterexamplesAsleep } from './counterexamples-asleep.ts';
import { counterexamplesLost } from './counterexamples-lost.ts';
import type { Program } from './program/program.ts';
import { LATE, SLOW, program } from './program/simplest.ts';

/** What has ever broken a promise between tabs; the first programs of every proof. */
export const counterexamples: readonly Program[] = [
  // A tab that was told of a sign-out follows no sign-in any more.
  program({}, [{ kind: 'sign out', tab: 0 }]),
  // A duplicated tab ends, and takes the other with it.
  program({ storage: 'session', tabs: 3 }, [{ kind: 'force a refresh', tab: 2 }]),
  // A tab that has seen many versions takes the first ones of the next session for old, and uses a spent token.
  program({}, [
    { kind: 'force a refresh', tab: 0 },
    { kind: 'answer a refresh', pick: 0, as: 'tokens' },
    { kind: 'tell', tab: 1 },
    { kind: 'sign out', tab: 1 },
    { kind: 'reload', tab: 0 },
    { kind: 'sign in', tab: 0, user: 'A' },
  ]),
  // A sign-out right after a sign-in elsewhere brings back who was signed in before.
  program(SLOW, [
    { kind: 'sign in', tab: 1, user: 'B' },
    { kind: 'sign out', tab: 0 },
  ]),
  // What another tab removes of the session before takes a fresh sign-in with it.
  program({ ...LATE, platform: 'lease' }, [
    { kind: 'expire all' },
    { kind: 'sign out', tab: 1 },
    { kind: 'request', tab: 0 },
    { kind: 'sign in', tab: 1, user: 'A' },
  ]),
  // A sign-out waits behind a write, and is lost where the page is left.
  program(SLOW, [
    { kind: 'sign in', tab: 0, user: 'A' },
    { kind: 'sign out', tab: 0 },
    { kind: 'reload', tab: 0 },
  ]),
  // A sign-out whose page is left at once leaves the refresh token in the database.
  program(SLOW, [
    { kind: 'close', tab: 0, how: 'left' },
    { kind: 'sign out', tab: 0 },
    { kind: 'reload', tab: 0 },
  ]),
  // The commit of a refresh and a sign-out: localStorage shows the session that is over for ever.
  program(LATE, [
    { kind: 'request', tab: 0 },
    { kind: 'expire all' },
    { kind: 'answer all' },
    { kind: 'wait', ms: 2500 },
    { kind: 'answer a refresh', pick: 0, as: 'tokens' },
    { kind: 'go ahead', tab: 0 },
    { kind: 'sign out', tab: 1 },
    { kind: 'go ahead', tab: 0 },
    { kind: 'go ahead', tab: 1 },
    { kind: 'go ahead', tab: 1 },
  ]),
  // The commit of a refresh brings back who was signed in before a sign-in in the same tab.
  program(SLOW, [
    { kind: 'force a refresh', tab: 0 },
    { kind: 'wait', ms: 2500 },
    { kind: 'answer a refresh', pick: 0, as: 'tokens' },
    { kind: 'sign in', tab: 0, user: 'A' },
  ]),
  // A look at the database shows the session before over a sign-in whose tab is gone.
  program(LATE, [
    { kind: 'force a refresh', tab: 0 },
    { kind: 'sign in', tab: 1, user: 'B' },
    { kind: 'close', tab: 1, how: 'left' },
    { kind: 'all go ahead' },
  ]),
  // The lock is given back before the end of a refused session is written: another tab asks with the refused token.
  program({ storage: 'session' }, [
    { kind: 'expire all' },
    { kind: 'request', tab: 0 },
    { kind: 'answer all' },
    { kind: 'wait', ms: 12_500 },
  ]),
  // A lease runs out between an answer and its commit.
  program({ platform: 'lease', pace: 'when told' }, [
    { kind: 'force a refresh', tab: 0 },
    { kind: 'all go ahead' },
    { kind: 'force a refresh', tab: 1 },
    { kind: 'wait', ms: 9900 },
    { kind: 'answer a refresh', pick: 0, as: 'tokens' },
    { kind: 'wait', ms: 100 },
    ...Array.from({ length: 9 }, () => ({ kind: 'go ahead', tab: 1 }) as const),
  ]),
  // A refresh is told twice in the tab that made it: first as another's.
  program({}, [
    { kind: 'force a refresh', tab: 0 },
    { kind: 'answer a refresh', pick: 0, as: 'tokens' },
  ]),
  // A sign-in right after the answer of a refresh: nobody counts what it used up, and a copy of the tab uses it again.
  program({ ...SLOW, storage: 'session' }, [
    { kind: 'force a refresh', tab: 0 },
    { kind: 'wait', ms: 9900 },
    { kind: 'answer a refresh', pick: 0, as: 'tokens' },
    { kind: 'sign in', tab: 0, user: 'A' },
  ]),
  // The same after a refusal.
  program({ ...SLOW, storage: 'session', tabs: 3 }, [
    { kind: 'force a refresh', tab: 1 },
    { kind: 'all go ahead' },
    { kind: 'answer a refresh', pick: 0, as: 'invalid_grant' },
    { kind: 'sign in', tab: 1, user: 'A' },
  ]),
  // A refusal of the cookie from before a sign-in ends what another tab has signed in to.
  program({ storage: 'cookie' }, [
    { kind: 'request', tab: 0 },
    { kind: 'expire all' },
    { kind: 'answer', pick: 0, as: 'truth' },
    { kind: 'sign in', tab: 1, user: 'A' },
    { kind: 'answer a refresh', pick: 0, as: 'invalid_grant' },
  ]),
  // A sign-out of a tab that has yet to see a sign-in is shown over it, and the tab is gone.
  program(LATE, [
    { kind: 'sign in', tab: 1, user: 'B' },
    { kind: 'all go ahead' },
    { kind: 'sign out', tab: 0 },
    { kind: 'close', tab: 0, how: 'left' },
  ]),
  // A tab hears of the end of a session that it never had, and that had replaced its own.
  program({ news: 'when told' }, [
    { kind: 'open' },
    { kind: 'sign in', tab: 2, user: 'A' },
    { kind: 'sign in', tab: 0, user: 'A' },
    { kind: 'force a refresh', tab: 0 },
    { kind: 'answer a refresh', pick: 0, as: 'invalid_grant' },
  ]),
  // A tab opens where the mirror of a sign-in has just been written over the sign-out that followed.
  program({ ...LATE, tabs: 3 }, [
    { kind: 'sign in', tab: 2, user: 'A' },
    { kind: 'tell', tab: 1 },
    { kind: 'sign out', tab: 1 },
    { kind: 'go ahead', tab: 2 },
    { kind: 'go ahead', tab: 2 },
    { kind: 'close', tab: 0, how: 'left' },
    { kind: 'open' },
    { kind: 'request', tab: 2 },
  ]),
  // A tab writes an old end over a sign-in that it has yet to see, and never goes over to it.
  program({ news: 'when told' }, [
    { kind: 'open' },
    { kind: 'sign out', tab: 0 },
    { kind: 'close', tab: 0, how: 'left' },
    { kind: 'sign out', tab: 0 },
    { kind: 'sign in', tab: 0, user: 'A' },
    { kind: 'close', tab: 0, how: 'left' },
    { kind: 'wait', ms: 2500 },
  ]),
  // The same, where the old end is in the database already.
  program({ news: 'when told' }, [
    { kind: 'open' },
    { kind: 'sign out', tab: 2 },
    { kind: 'close', tab: 0, how: 'left' },
    { kind: 'sign out', tab: 0 },
    { kind: 'sign in', tab: 0, user: 'A' },
    { kind: 'close', tab: 0, how: 'left' },
  ]),
  ...counterexamplesAsleep,
  ...counterexamplesLost,
];
