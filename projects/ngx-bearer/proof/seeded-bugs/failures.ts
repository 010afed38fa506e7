import type { SeededBug } from './bug.ts';

const GATE = 'refresh/refresh-gate.ts';
const COOL_DOWN = 'refresh/cool-down.ts';
const OUTCOME = 'refresh/refresh-outcome.ts';

/** Mistakes about refreshes that bring no tokens. */
export const failures: readonly SeededBug[] = [
  {
    name: 'a refresh may take for ever',
    breaks: ['I7'],
    patches: [
      {
        file: 'refresh/refresh-tokens.ts',
        find: 'timeout({ first: refreshTimeout, with: () => throwError(() => timedOut(refreshTimeout)) }),',
        replace: '',
      },
    ],
  },
  {
    name: 'a refresh that ends without a value leaves all hanging',
    breaks: ['I7'],
    patches: [{ file: 'refresh/refresh-tokens.ts', find: 'first(null, null),', replace: '' }],
  },
  {
    name: 'a server error ends the session',
    breaks: ['I14'],
    patches: [
      {
        file: OUTCOME,
        find: 'return status === 401 ||',
        replace: 'return status >= 500 || status === 401 ||',
      },
    ],
  },
  {
    name: 'a lost network ends the session',
    breaks: ['I14'],
    patches: [
      {
        file: OUTCOME,
        find: 'return status === 401 ||',
        replace: 'return status === 0 || status === 401 ||',
      },
    ],
  },
  {
    name: 'a malformed answer ends the session',
    breaks: ['I14'],
    patches: [
      {
        file: OUTCOME,
        find: 'if (!(failure instanceof HttpErrorResponse)) return false;',
        replace: 'if (!(failure instanceof HttpErrorResponse)) return true;',
      },
    ],
  },
  {
    name: 'a refusal is taken for a failure that passes',
    breaks: ['I17'],
    patches: [
      { file: OUTCOME, find: 'return status === 401 ||', replace: 'return false && status === 401 ||' },
      { file: OUTCOME, find: 'status === 403 || (status === 400 && ', replace: 'false || (false && ' },
    ],
  },
  {
    name: 'a refused session lives on',
    breaks: ['I15'],
    patches: [{ file: GATE, find: "this.#session.end('refused');", replace: '' }],
  },
  {
    name: 'a refusal in the background ends a session that still works',
    breaks: ['I15'],
    patches: [
      {
        file: GATE,
        find: 'else if (isDemanded || isSpent(credential)) return this.#endRefused();\n    else',
        replace: 'else if (credential) return this.#endRefused();\n    else',
      },
    ],
  },
  {
    name: 'a token refused in the background is tried again',
    breaks: ['I17'],
    patches: [
      { file: GATE, find: "if (credential?.standing === 'refused') return this.#endRefused();", replace: '' },
    ],
  },
  {
    name: 'a refusal within the call counts as one in the background',
    breaks: ['I15'],
    patches: [
      {
        file: GATE,
        find: 'else if (isDemanded || isSpent(credential)) return',
        replace: 'else if (isDemanded && this.#hold.observed && false) return',
      },
    ],
  },
  {
    name: 'there is no cool-down',
    breaks: ['I17'],
    patches: [{ file: GATE, find: 'if (failure) return failure;', replace: '' }],
  },
  {
    name: 'a cool-down does not end',
    breaks: ['I20'],
    patches: [
      {
        file: COOL_DOWN,
        find: 'epoch === this.#epoch && performance.now() < this.#until',
        replace: 'epoch === this.#epoch',
      },
    ],
  },
  {
    name: 'a cool-down runs on the wall clock',
    breaks: ['I5', 'I17'],
    patches: [
      { file: COOL_DOWN, find: 'performance.now() < this.#until', replace: 'Date.now() < this.#until' },
      {
        file: COOL_DOWN,
        find: 'this.#until = performance.now() + delayMs;',
        replace: 'this.#until = Date.now() + delayMs;',
      },
    ],
  },
  {
    name: 'Retry-After is overlooked',
    breaks: ['I17'],
    patches: [{ file: COOL_DOWN, find: 'failure.retryAfterMs ?? backOffMs', replace: 'backOffMs' }],
  },
  {
    name: 'a cool-down does not double',
    breaks: ['I5', 'I17'],
    patches: [{ file: COOL_DOWN, find: '2 ** this.#failures++', replace: '1' }],
  },
  {
    name: 'a sign-in does not end a cool-down',
    breaks: ['I20'],
    patches: [{ file: COOL_DOWN, find: 'epoch === this.#epoch && performance', replace: 'performance' }],
  },
  {
    name: 'coming online does not end a cool-down',
    breaks: ['I20'],
    patches: [{ file: GATE, find: 'this.#coolDown.end();', replace: '' }],
  },
  {
    name: 'there is no refresh limit',
    breaks: ['I19'],
    patches: [{ file: GATE, find: 'if (oldest !== undefined) return', replace: 'if (false) return' }],
  },
  {
    name: 'the refresh limit lets one more pass',
    breaks: ['I19'],
    patches: [{ file: GATE, find: 'this.#begun.at(-count)', replace: 'this.#begun.at(-count - 1)' }],
  },
  {
    name: 'a refused restore is tried again',
    breaks: ['I17'],
    patches: [
      {
        file: GATE,
        find: 'if (!credential) this.#mayRestore = false;\n    else if',
        replace: 'if (!credential) return ENDED;\n    else if',
      },
    ],
  },
  {
    name: 'a failure is passed on with the tokens it quotes',
    breaks: ['I24'],
    patches: [
      {
        file: OUTCOME,
        find: 'isAnswer && !holdsToken(failure, tokens) ? failure',
        replace: 'isAnswer ? failure',
      },
    ],
  },
  {
    name: 'a rejected call gets a new error when its session ends',
    breaks: ['I20'],
    patches: [
      {
        file: 'auth-interceptor.ts',
        find: "rejected?.answer ?? unsent(request, 'session-ended')",
        replace: "unsent(request, 'session-ended')",
      },
    ],
  },
];
