import type { SeededBug } from '../../seeded-bugs/bug.ts';

const COUNTED = 'session/store/counted-session.ts';
const SIGN_OUT = 'session/shared-sign-out.ts';

/** Mistakes about tabs that share less than a record: a cookie, or what was copied when one was duplicated. */
export const apart: readonly SeededBug[] = [
  {
    name: 'a sign-out is not heard where tabs share no more than a cookie',
    breaks: ['I4'],
    patches: [
      {
        file: SIGN_OUT,
        find: "if (shown && shown !== heard && session.credential) session.end('other-tab');",
        replace: '',
      },
    ],
  },
  {
    name: 'a refusal is taken for a sign-out where tabs share no more than a cookie',
    breaks: ['I14'],
    patches: [
      {
        file: SIGN_OUT,
        find: "if (event.type !== 'signed-out' || event.reason !== 'user') return;",
        replace: "if (event.type !== 'signed-out') return;",
      },
    ],
  },
  {
    name: 'a sign-out from before a sign-in ends it where tabs share no more than a cookie',
    breaks: ['I14'],
    patches: [{ file: SIGN_OUT, find: "if (event.type === 'signed-in') heard = look();", replace: '' }],
  },
  {
    name: 'a duplicated tab does not count what it uses up',
    breaks: ['I5'],
    patches: [{ file: COUNTED, find: 'return version + 1;', replace: 'return used;' }],
  },
  {
    name: 'a duplicated tab counts what it uses up only where it stays signed in',
    breaks: ['I5'],
    patches: [
      {
        file: COUNTED,
        find: 'if (isSame(this.#area.read(), spent)) this',
        replace: 'if (!isSame(this.#area.read(), spent)) return used;\n      this',
      },
    ],
  },
  {
    name: 'a duplicated tab does not look at what the other has used up',
    breaks: ['I5'],
    patches: [
      { file: COUNTED, find: 'return used && used > version ? null : mine;', replace: 'return mine;' },
    ],
  },
  {
    name: 'a duplicated tab goes on with tokens that the other has already replaced',
    breaks: ['I5', 'I28'],
    patches: [{ file: COUNTED, find: 'if (used && used > version) return used;', replace: '' }],
  },
];
