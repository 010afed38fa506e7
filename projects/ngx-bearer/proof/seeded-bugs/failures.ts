import type { SeededBug } from './bug.ts';

const GATE = 'refresh/refresh-gate.ts';
const OUTCOME = 'refresh/refresh-outcome.ts';

/** Mistakes about refreshes that bring no tokens. */
export const failures: readonly SeededBug[] = [
  {
    name: 'a refresh may take for ever',
    breaks: ['I7'],
    patches: [
      {
        file: 'refresh/refresh-tokens.ts',
        find: 'first: settings.refreshTimeout,',
        replace: 'first: 1e9,',
      },
    ],
  },
  {
    name: 'a refresh that ends without a value leaves all hanging',
    breaks: ['I7'],
    patches: [{ file: 'refresh/refresh-tokens.ts', find: 'first(null, null),', replace: '' }],
  },
  {
    name: 'the gate never reopens after a strategy has thrown',
    breaks: ['I7', 'I11', 'I12'],
    patches: [
      {
        file: GATE,
        find: 'end(() => this.#fail(hold, failure));',
        replace:
          "if (!(failure instanceof Error && failure.name === 'Error')) end(() => this.#fail(hold, failure));",
      },
    ],
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
    patches: [
      {
        file: GATE,
        find: "else if (hold.isNeeded) this.#session.end('refused');",
        replace: 'else if (hold.isNeeded) return ENDED;',
      },
    ],
  },
  {
    name: 'a refusal in the background ends a session that still works',
    breaks: ['I15'],
    patches: [
      {
        file: GATE,
        find: "else if (hold.isNeeded) this.#session.end('refused');",
        replace: "else if (credential) this.#session.end('refused');",
      },
    ],
  },
  {
    name: 'a token refused in the background is tried again',
    breaks: ['I17'],
    patches: [
      {
        file: GATE,
        find: "if (credential && this.#session.standing === 'refused') {",
        replace: 'if (false) {',
      },
    ],
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
        find: 'rejected?.ownAnswer ?? throwError',
        replace: 'throwError',
      },
    ],
  },
  {
    name: "what 'refused' says is overlooked",
    breaks: ['I17'],
    patches: [
      {
        file: 'refresh/strategies/token-endpoint.ts',
        find: 'safePredicate(() => refused(failure))',
        replace: 'safePredicate(() => refused(failure) && false)',
      },
    ],
  },
  {
    name: "AuthError('refused') of a strategy of the app is taken for a failure that passes",
    breaks: ['I17'],
    patches: [
      {
        file: OUTCOME,
        find: 'if (isRefused(failure)) return true;',
        replace: "if (isRefused(failure) && (failure as Error).message.includes('app')) return true;",
      },
    ],
  },
  {
    name: 'a 404 leaves open whether there is a session to restore',
    breaks: ['I20'],
    patches: [
      {
        file: OUTCOME,
        find: 'if (isRestoring && status >= 400 && status < 500)',
        replace: 'if (isRestoring && status === 400)',
      },
    ],
  },
];
