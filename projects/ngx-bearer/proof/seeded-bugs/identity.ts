import type { Patch, SeededBug } from './bug.ts';

const GATE = 'refresh/refresh-gate.ts';
const SESSION = 'session/session.ts';

const LATE_ANSWERS_COUNT: Patch = {
  file: GATE,
  find: 'if (hold && hold.epoch !== this.#session.epoch) this.#release(hold, ENDED);',
  replace: '',
};

/** Mistakes about whose session it is. */
export const identity: readonly SeededBug[] = [
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
        file: SESSION,
        find: "if (type === 'signed-in') this.#epoch++;",
        replace: '',
      },
    ],
  },
  {
    name: 'a sign-out does not begin another epoch',
    breaks: ['I18'],
    patches: [
      {
        file: SESSION,
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
        file: SESSION,
        find: 'current && !isOtherUser(current.claims, readClaims(tokens.accessToken))',
        replace: 'current',
      },
    ],
  },
  {
    name: 'the end of a session is told when there is none',
    breaks: ['I15'],
    patches: [
      {
        file: SESSION,
        find: "this.#credential ? [{ type: 'signed-out', reason }] : []",
        replace: "[{ type: 'signed-out', reason }]",
      },
    ],
  },
  {
    name: 'a refresh token that the answer leaves out is dropped',
    breaks: ['I12'],
    patches: [
      { file: SESSION, find: 'keepRefreshToken(previous, tokens), current', replace: 'tokens, current' },
    ],
  },
  {
    name: 'the old refresh token is kept over the new',
    breaks: ['I5'],
    patches: [
      {
        file: 'session/credential.ts',
        find: 'Object.assign({ refreshToken: previous.refreshToken }, tokens)',
        replace: 'Object.assign({}, tokens, { refreshToken: previous.refreshToken })',
      },
    ],
  },
  {
    name: 'listeners stay when the injector is destroyed',
    breaks: ['I25'],
    patches: [{ file: SESSION, find: 'this.lifetime.unsubscribe();', replace: '' }],
  },
  {
    name: 'a refresh goes on when the injector is destroyed',
    breaks: ['I25'],
    patches: [
      {
        file: SESSION,
        find: "this.#commits.next('this-tab');",
        replace: '',
      },
    ],
  },
  {
    name: 'a session lives on when the injector is destroyed',
    breaks: ['I25'],
    patches: [{ file: SESSION, find: 'this.#epoch = NaN;', replace: '' }],
  },
];
