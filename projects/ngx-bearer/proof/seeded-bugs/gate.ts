import type { SeededBug } from './bug.ts';

const GATE = 'refresh/refresh-gate.ts';

/** Mistakes about who waits for what. */
export const gate: readonly SeededBug[] = [
  {
    name: 'a late rejection starts a second refresh',
    breaks: ['I16'],
    patches: [
      {
        file: GATE,
        find: "if (sentWith !== this.#session.credential) return of({ kind: 'renewed', epoch: issue.epoch });",
        replace: '',
      },
    ],
  },
  {
    name: 'whoever comes starts a refresh of their own',
    breaks: ['I2'],
    patches: [{ file: GATE, find: 'this.#current() ?? this.#start(true)', replace: 'this.#start(true)' }],
  },
  {
    name: 'the refresh is cancelled with its first caller',
    breaks: ['I13'],
    patches: [
      {
        file: 'refresh/hold.ts',
        find: 'else this.#waiting.push({ order, subscriber });',
        replace:
          'else { this.#waiting.push({ order, subscriber }); if (this.#waiting.length === 1) subscriber.add(this.work); }',
      },
    ],
  },
  {
    name: 'the refresh is cancelled with its last caller',
    breaks: ['I13'],
    patches: [
      {
        file: 'refresh/hold.ts',
        find: 'else this.#waiting.push({ order, subscriber });',
        replace:
          'else { this.#waiting.push({ order, subscriber }); subscriber.add(() => { if (this.#waiting.every((each) => each.subscriber.closed)) this.work.unsubscribe(); }); }',
      },
    ],
  },
  {
    name: 'requests leave the gate as they came to it',
    breaks: ['I27'],
    patches: [
      {
        file: 'refresh/hold.ts',
        find: 'this.#waiting.sort((left, right) => left.order - right.order);',
        replace: '',
      },
    ],
  },
  {
    name: 'requests leave the gate last come, first served',
    breaks: ['I27'],
    patches: [
      { file: 'refresh/hold.ts', find: 'left.order - right.order', replace: 'right.order - left.order' },
    ],
  },
  {
    name: 'the gate stays shut after a failure',
    breaks: ['I12'],
    patches: [
      {
        file: GATE,
        find: 'end(() => this.#fail(hold, failure));',
        replace: 'hold.settle(this.#fail(hold, failure));',
      },
    ],
  },
  {
    name: 'who waits is not told of a failure',
    breaks: ['I7'],
    patches: [
      {
        file: GATE,
        find: 'end(() => this.#fail(hold, failure));',
        replace: 'this.#hold.next(null); this.#fail(hold, failure);',
      },
    ],
  },
  {
    name: 'the gate shuts behind a refresh that has answered within its call',
    breaks: ['I11'],
    patches: [
      {
        file: GATE,
        find: 'this.#hold.next(hold);\n    this.#refresh(hold);',
        replace: 'this.#refresh(hold);\n    this.#hold.next(hold);',
      },
    ],
  },
  {
    name: 'a background refresh holds everybody',
    breaks: ['I26'],
    patches: [
      {
        file: GATE,
        find: "if (isExpired && policy === 'hold') return this.join(issue);",
        replace: "if ((isExpired || hold) && policy === 'hold') return this.join(issue);",
      },
    ],
  },
  {
    name: 'requests do not wait for a store that is still read',
    breaks: ['I3'],
    patches: [
      {
        file: GATE,
        find: "if (session.isLoading) this.#hold.next(new Hold('read', session.epoch, null));",
        replace: '',
      },
    ],
  },
  {
    name: 'a token whose life is not known counts as expired',
    breaks: ['I16'],
    patches: [
      {
        file: 'session/session.ts',
        find: 'isPast(this.#credential?.expiresAt ?? null)',
        replace: 'isPast(this.#credential?.expiresAt ?? 0)',
      },
    ],
  },
  {
    name: 'the clocks of server and page are compared',
    breaks: ['I16'],
    patches: [
      {
        file: 'session/token-lifetime.ts',
        find: 'exp - iat : NaN',
        replace: 'exp - Date.now() / 1000 + 60 : NaN',
      },
      {
        file: 'session/credential.ts',
        find: 'lifetime > 0 ? Date.now() + lifetime : null',
        replace: 'Number.isNaN(lifetime) ? null : Date.now() + lifetime',
      },
    ],
  },
  {
    name: 'a token of another issuer counts as one of another user',
    breaks: ['I12'],
    patches: [
      {
        file: 'session/token-lifetime.ts',
        find: "const users = [own(before, 'sub'), own(after, 'sub')];",
        replace:
          "const users = [before, after].map((claims) => claims && [own(claims, 'iss'), own(claims, 'sub')]);",
      },
    ],
  },
  {
    name: 'a cookie restores a session after a sign-out',
    breaks: ['I16'],
    patches: [
      { file: GATE, find: 'this.#mayRestore && this.#session.epoch === 0', replace: 'this.#mayRestore' },
    ],
  },
  {
    name: 'the first requests of a page load do not wait for the restore from a cookie',
    breaks: ['I26'],
    patches: [
      {
        file: GATE,
        find: 'if (!this.#isRestorable(issue) || (!failing && this.#coolDown.failure(issue.epoch)))',
        replace: 'if (issue)',
      },
    ],
  },
  {
    name: 'requests that wait for a restore fail with it',
    breaks: ['I20'],
    patches: [
      {
        file: GATE,
        find: "(outcome.kind === 'renewed' ? outcome : { kind: 'renewed', epoch: issue.epoch })",
        replace: 'outcome',
      },
    ],
  },
  {
    name: 'any strategy is asked to restore a session',
    breaks: ['I16'],
    patches: [{ file: GATE, find: '!!settings.refresh.restores && !settings.isServer', replace: 'true' }],
  },
];
