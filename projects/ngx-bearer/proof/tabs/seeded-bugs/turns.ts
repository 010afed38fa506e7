import type { Patch, SeededBug } from '../../seeded-bugs/bug.ts';

const LOCK = 'tabs/refresh-lock.ts';
const SYNC = 'tabs/storage-sync.ts';

const UNLOOKED: Patch = {
  file: SYNC,
  find: 'defer(() => this.#place.change(known.newest)).pipe(',
  replace: 'of(known.current).pipe(',
};

/** Mistakes about the lock, and about what other tabs have done by the time that a tab has it. */
export const turns: readonly SeededBug[] = [
  {
    name: 'no tab acquires the lock',
    breaks: ['I2'],
    patches: [
      {
        file: LOCK,
        find: 'return race(run(acquire(`refresh.${key}.${id}`), task, window), timeout);',
        replace: 'return task();',
      },
    ],
  },
  {
    name: 'each tab has a lock of its own',
    breaks: ['I2'],
    patches: [
      {
        file: LOCK,
        find: 'acquire(`refresh.${key}.${id}`)',
        replace: 'acquire(`refresh.${key}.${id}.${Math.random()}`)',
      },
    ],
  },
  {
    name: 'tabs that share a cookie refresh at the same time',
    breaks: ['I2'],
    patches: [
      {
        file: 'tabs/cookie-tabs.ts',
        find: "exclusive('', task, news)",
        replace: 'exclusive(_, task, news)',
      },
    ],
  },
  {
    name: 'a lock is never released',
    breaks: ['I11'],
    patches: [{ file: LOCK, find: 'holder.add(release);', replace: '' }],
  },
  {
    name: 'a lock is never released, and who waits for it waits for ever',
    breaks: ['I7'],
    patches: [
      { file: LOCK, find: 'holder.add(release);', replace: '' },
      { file: LOCK, find: 'switchMap(() => timer(lifetimeMs)),', replace: 'switchMap(() => NEVER),' },
    ],
  },
  {
    name: 'a lease is not released',
    breaks: ['I11'],
    patches: [
      {
        file: LOCK,
        find: 'concat(acquired, NEVER).pipe(finalize(release))',
        replace: 'concat(acquired, NEVER)',
      },
    ],
  },
  {
    name: 'a lease is released by whoever asks',
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
    name: 'a lease never expires',
    breaks: ['I28'],
    patches: [
      {
        file: LOCK,
        find: 'return leftMs(lease) > 0 && leftMs(lease) <= lifetimeMs;',
        replace: 'return lease !== null;',
      },
    ],
  },
  {
    name: 'a tab with the lock does not look at the database',
    breaks: ['I5', 'I4'],
    patches: [UNLOOKED],
  },
  {
    name: 'a tab that finds the tokens of another refreshes all the same',
    breaks: ['I5', 'I28'],
    // The lock is released as soon as the session changes, which hides that the refresher does not look.
    patches: [
      {
        file: 'refresh/refresher.ts',
        find: 'if (credential !== session.credential) return of(null);',
        replace: '',
      },
      {
        file: SYNC,
        find: 'filter(() => credential !== this.#session.credential)',
        replace: 'filter(() => false)',
      },
    ],
  },
  {
    name: 'a tab that has waited too long refreshes without the lock',
    breaks: ['I2'],
    patches: [
      {
        file: LOCK,
        find: 'switchMap(() => throwError(() => timedOut(lifetimeMs))),',
        replace: 'switchMap(() => task()),',
      },
    ],
  },
  {
    name: 'a page that comes back goes on as if it still had the lock',
    breaks: ['I2'],
    patches: [
      {
        file: LOCK,
        find: 'first(),\n                switchMap(() => again),',
        replace: 'first(),\n                map(() => value),',
      },
    ],
  },
  {
    name: 'a page that slept goes on with a lease that has expired',
    breaks: ['I2'],
    patches: [{ file: LOCK, find: 'if (!isReleased && !isExpired())', replace: 'if (!isReleased)' }],
  },
  {
    name: 'a refused session is not ended for other tabs',
    breaks: ['I17'],
    patches: [
      { file: SYNC, find: 'mayEnd && !isNewer(held, from) ? endOf(held) : held', replace: 'held' },
      {
        file: 'tabs/stored-session.ts',
        find: "if (cause !== 'other-tab')",
        replace: "if (cause === 'this-tab')",
      },
    ],
  },
  {
    name: 'a refusal of old tokens ends the session in the database',
    breaks: ['I15'],
    // The look before hides that the one after is missing.
    patches: [UNLOOKED, { file: SYNC, find: 'mayEnd && !isNewer(held, from)', replace: 'mayEnd' }],
  },
];
