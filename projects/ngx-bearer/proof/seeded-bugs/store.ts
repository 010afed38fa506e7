import type { SeededBug } from './bug.ts';

const SYNC = 'storage/plain-sync.ts';

/** Mistakes about what is kept of a session. */
export const store: readonly SeededBug[] = [
  {
    name: 'a sign-out leaves the record in the store',
    breaks: ['I6'],
    patches: [
      {
        file: SYNC,
        find: "if (cause !== 'other-tab')",
        replace: "if (cause !== 'other-tab' && session.credential)",
      },
    ],
  },
  {
    name: 'new tokens are not stored',
    breaks: ['I6'],
    patches: [
      {
        file: SYNC,
        find: "if (cause !== 'other-tab')",
        replace: "if (cause !== 'other-tab' && session.credential?.id !== this.#held.id)",
      },
    ],
  },
  {
    name: 'a write that fails leaves the spent tokens in the store',
    breaks: ['I6'],
    patches: [
      {
        file: SYNC,
        find: 'return text === null ? EMPTY : attemptOrIgnore(() => this.#storage.write(null));',
        replace: 'return EMPTY;',
      },
    ],
  },
  {
    name: 'writes overtake one another',
    breaks: ['I6'],
    patches: [
      {
        file: SYNC,
        find: 'this.#writes.pipe(concatMap(',
        replace: 'this.#writes.pipe(mergeMap(',
      },
    ],
  },
  {
    name: 'a store is believed after a write has failed',
    breaks: ['I15'],
    patches: [
      {
        file: SYNC,
        find: 'if (this.#pending.value || this.#hasFailed)',
        replace: 'if (this.#pending.value)',
      },
    ],
  },
  {
    name: 'a refused restore adopts what is stored',
    breaks: ['I18'],
    patches: [{ file: SYNC, find: 'if (this.#held.ended) return of(null);', replace: '' }],
  },
  {
    name: 'a store may take for ever',
    breaks: ['I7'],
    patches: [{ file: 'storage/attempt.ts', find: '.pipe(timeout(STORAGE_TIMEOUT_MS))', replace: '' }],
  },
  {
    name: 'a store that throws breaks a sign-in',
    breaks: ['I25'],
    patches: [
      {
        file: SYNC,
        find: "this.session.emit({ type: 'storage-failed' });",
        replace: "throw new Error('The store has failed.');",
      },
    ],
  },
];
