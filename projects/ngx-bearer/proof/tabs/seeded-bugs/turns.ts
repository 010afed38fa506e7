import type { Patch, SeededBug } from '../../seeded-bugs/bug.ts';

const LOCK = 'refresh/refresh-lock.ts';
const REFRESHER = 'refresh/refresher.ts';

const UNLOOKED: Patch = {
  file: REFRESHER,
  find: 'switchMap((turn) => shared.catchUp().pipe(map(() => turn))),',
  replace: '',
};

/** Mistakes about whose turn it is to refresh, and what the others have done by then. */
export const turns: readonly SeededBug[] = [
  {
    name: 'nobody takes a lock',
    breaks: ['I2'],
    patches: [
      {
        file: 'provide-auth.ts',
        find: 'const lock = crossTab ?',
        replace: 'const lock = !crossTab ?',
      },
    ],
  },
  {
    name: 'each tab has a lock of its own',
    breaks: ['I2'],
    patches: [
      {
        file: REFRESHER,
        find: 'lock(`${settings.storageKey}.refresh.${name}`)',
        replace: 'lock(`${settings.storageKey}.refresh.${name}${Math.random()}`)',
      },
    ],
  },
  {
    name: 'tabs that share a cookie do not take turns',
    breaks: ['I2'],
    patches: [
      {
        file: REFRESHER,
        find: "settings.refresh.restores ? '' : (credential?.id ?? '')",
        replace: "(credential?.id ?? '')",
      },
    ],
  },
  {
    name: 'a lock is never given back',
    breaks: ['I11'],
    patches: [{ file: LOCK, find: 'holder.add(release);', replace: '' }],
  },
  {
    name: 'a lock is never given back, and who waits for it waits for ever',
    breaks: ['I7'],
    patches: [
      { file: LOCK, find: 'holder.add(release);', replace: '' },
      {
        file: REFRESHER,
        find: 'timeout({ first: waitMs, with: () => throwError(() => timedOut(waitMs)) }),',
        replace: 'timeout({ first: 1e9, with: () => throwError(() => timedOut(waitMs)) }),',
      },
    ],
  },
  {
    name: 'a lease is not given back',
    breaks: ['I11'],
    patches: [
      {
        file: LOCK,
        find: 'return concat(had, NEVER).pipe(finalize(release));',
        replace: 'return concat(had, NEVER);',
      },
    ],
  },
  {
    name: 'a lease is given back by whoever asks',
    breaks: ['I2'],
    patches: [{ file: LOCK, find: '(found?.owner === owner ? null : found)', replace: 'null' }],
  },
  {
    name: 'a lease that runs is taken',
    breaks: ['I2'],
    patches: [
      { file: LOCK, find: 'isRunning(found, lifetimeMs) ? found', replace: 'found?.owner === owner ? found' },
    ],
  },
  {
    name: 'a lease never runs out',
    breaks: ['I28'],
    patches: [
      { file: LOCK, find: 'return leftMs > 0 && leftMs <= lifetimeMs;', replace: 'return lease !== null;' },
    ],
  },
  {
    name: 'who has its turn does not look at what the others have done',
    breaks: ['I5', 'I4'],
    patches: [UNLOOKED],
  },
  {
    name: 'who has found the tokens of another refreshes all the same',
    breaks: ['I5'],
    patches: [
      {
        file: REFRESHER,
        find: 'if (hold.credential !== session.credential) return throwError(() => null);',
        replace: '',
      },
    ],
  },
  {
    name: 'who has waited for its turn too long takes it',
    breaks: ['I2'],
    patches: [
      {
        file: REFRESHER,
        find: 'timeout({ first: waitMs, with: () => throwError(() => timedOut(waitMs)) }),',
        replace: 'timeout({ first: waitMs, with: () => of(null) }),',
      },
    ],
  },
  {
    name: 'a page that is left keeps its turn',
    breaks: ['I2'],
    patches: [{ file: LOCK, find: "fromEvent(window as Window, 'pagehide')", replace: 'NEVER' }],
  },
  {
    name: 'a page that comes back goes on as if it still had its turn',
    breaks: ['I2'],
    patches: [{ file: REFRESHER, find: 'if (turn?.isOver) return this.refresh(hold);', replace: '' }],
  },
  {
    name: 'a page that slept has a turn that has run out',
    breaks: ['I2'],
    patches: [{ file: LOCK, find: 'return isLeft || !isRunning();', replace: 'return isLeft;' }],
  },
  {
    name: 'a refused session is not ended for the others before they have their turn',
    breaks: ['I17'],
    patches: [
      {
        file: REFRESHER,
        find: 'hold.isNeeded ? shared.end(credential) : shared.catchUp()',
        replace: 'shared.catchUp()',
      },
    ],
  },
  {
    name: 'a refusal ends the session, whatever the others have',
    breaks: ['I15'],
    // The look before hides that the one after is missing.
    patches: [
      UNLOOKED,
      {
        file: 'session/store/shared-local.ts',
        find: 'isLate = isNewer(found, refused);',
        replace: 'isLate = false;',
      },
    ],
  },
];
