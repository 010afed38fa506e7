import type { Patch, SeededBug } from './bug.ts';

const GATE = 'refresh/refresh-gate.ts';
const RECORD = 'session/session-record.ts';
const STORE = 'session/store/plain-store.ts';

const LATE_ANSWERS_COUNT: Patch = {
  file: GATE,
  find: 'if (hold && hold.epoch !== this.#session.epoch) this.#release(hold, ENDED);',
  replace: '',
};

/** Mistakes about whose session it is, and about what is kept of it. */
export const identityAndStore: readonly SeededBug[] = [
  {
    name: 'a late answer brings an ended session back',
    breaks: ['I18'],
    patches: [LATE_ANSWERS_COUNT],
  },
  {
    name: 'a late answer replaces who has signed in meanwhile',
    breaks: ['I4'],
    patches: [LATE_ANSWERS_COUNT],
  },
  {
    name: 'a request is replayed as somebody else',
    breaks: ['I3'],
    // The gate compares when a request comes to it, and again when it leaves: either hides that the other is missing.
    patches: [
      { file: GATE, find: 'if (issue.epoch !== epoch) return of(ENDED);', replace: '' },
      { file: GATE, find: 'if (issue.epoch !== this.#session.epoch) return of(ENDED);', replace: '' },
      {
        file: GATE,
        find: 'return issue.epoch === this.#session.epoch ? null : of(ENDED);',
        replace: 'return null;',
      },
    ],
  },
  {
    name: 'a request that waits is sent as somebody else',
    breaks: ['I3'],
    patches: [
      { file: GATE, find: 'if (issue.epoch !== epoch) return of(ENDED);', replace: '' },
      {
        file: GATE,
        find: 'return issue.epoch === this.#session.epoch ? null : of(ENDED);',
        replace: 'return null;',
      },
    ],
  },
  {
    name: 'a sign-in does not begin another epoch',
    breaks: ['I3'],
    patches: [
      {
        file: RECORD,
        find: 'this.#epoch++;\n    this.#id = newId(this.#id);',
        replace: 'this.#id = newId(this.#id);',
      },
    ],
  },
  {
    name: 'a sign-out does not begin another epoch',
    breaks: ['I18'],
    patches: [
      {
        file: RECORD,
        find: 'end(reason: SignOutReason): void {\n    this.#epoch++;',
        replace: 'end(reason: SignOutReason): void {',
      },
    ],
  },
  {
    name: "a refresh that brings another user's tokens goes on as the same session",
    breaks: ['I3'],
    patches: [
      {
        file: RECORD,
        find: '!spent || isOtherUser(spent.claims, readClaims(tokens.accessToken))',
        replace: '!spent',
      },
    ],
  },
  {
    name: 'the end of a session is told when there is none',
    breaks: ['I15'],
    patches: [
      {
        file: RECORD,
        find: "this.#credential ? [{ type: 'signed-out', reason }] : []",
        replace: "[{ type: 'signed-out', reason }]",
      },
    ],
  },
  {
    name: 'a refresh token that the answer leaves out is dropped',
    breaks: ['I12'],
    patches: [{ file: RECORD, find: '{ ...keptRefreshToken(spent.tokens), ...tokens }', replace: 'tokens' }],
  },
  {
    name: 'the old refresh token is kept over the new',
    breaks: ['I5'],
    patches: [
      {
        file: RECORD,
        find: '{ ...keptRefreshToken(spent.tokens), ...tokens }',
        replace: '{ ...tokens, ...keptRefreshToken(spent.tokens) }',
      },
    ],
  },
  {
    name: 'a sign-out leaves the record in the store',
    breaks: ['I6'],
    patches: [
      {
        file: RECORD,
        find: "if (origin === 'this-tab') this",
        replace: "if (origin === 'this-tab' && credential) this",
      },
    ],
  },
  {
    name: 'new tokens are not stored',
    breaks: ['I6'],
    patches: [
      {
        file: RECORD,
        find: "if (origin === 'this-tab') this",
        replace: "if (origin === 'this-tab' && occurrences[0]?.type !== 'refreshed') this",
      },
    ],
  },
  {
    name: 'a write that fails leaves the spent tokens in the store',
    breaks: ['I6'],
    patches: [
      { file: STORE, find: 'return record === null ? EMPTY : this.#keep(null);', replace: 'return EMPTY;' },
    ],
  },
  {
    name: 'writes overtake one another',
    breaks: ['I6'],
    patches: [
      {
        file: STORE,
        find: 'this.#writes.pipe(concatMap(',
        replace: 'this.#writes.pipe(mergeMap(',
      },
      { file: STORE, find: 'catchError, concatMap,', replace: 'catchError, mergeMap,' },
    ],
  },
  {
    name: 'a store may take for ever',
    breaks: ['I7'],
    patches: [{ file: 'session/store/attempt.ts', find: '.pipe(timeout(STORE_TIMEOUT_MS))', replace: '' }],
  },
  {
    name: 'a store that throws breaks a sign-in',
    breaks: ['I25'],
    patches: [
      {
        file: STORE,
        find: 'this.#failures.next();\n        // What could not take',
        replace: "throw new Error('The store has failed.');\n        // What could not take",
      },
    ],
  },
  {
    name: 'listeners stay when the injector is destroyed',
    breaks: ['I25'],
    patches: [{ file: RECORD, find: 'this.lifetime.unsubscribe();', replace: '' }],
  },
  {
    name: 'a refresh goes on when the injector is destroyed',
    breaks: ['I25'],
    patches: [
      {
        file: RECORD,
        find: 'this.#events.complete();\n    this.#commits.next();',
        replace: 'this.#events.complete();',
      },
    ],
  },
  {
    name: 'a session lives on when the injector is destroyed',
    breaks: ['I25'],
    patches: [{ file: RECORD, find: 'this.#epoch = NaN;', replace: '' }],
  },
];
