import type { SeededBug } from '../../seeded-bugs/bug.ts';

const STORED = 'tabs/stored-session.ts';
const TAB = 'tabs/tab-place.ts';

/** Mistakes about tabs that share less than a record: a cookie, or the copy of a duplicated tab. */
export const apart: readonly SeededBug[] = [
  {
    name: 'a sign-out is not followed by tabs that share a cookie',
    breaks: ['I4'],
    patches: [
      {
        file: STORED,
        find: 'if (isOver && isAffected)',
        replace: 'if (isOver && isAffected && this.#place.keepsTokens)',
      },
    ],
  },
  {
    name: 'a duplicated tab does not count its refreshes',
    breaks: ['I5'],
    patches: [{ file: TAB, find: 'news.reduce(count, counters)', replace: 'counters' }],
  },
  {
    name: 'a duplicated tab counts a refresh only if it stays signed in',
    breaks: ['I5'],
    patches: [{ file: TAB, find: '[reached, held].filter(', replace: '[held].filter(' }],
  },
  {
    name: 'a duplicated tab does not look at what the other has counted',
    breaks: ['I5'],
    patches: [{ file: TAB, find: '= isAhead(counters[seen.id], seen);', replace: '= false;' }],
  },
  {
    name: 'a duplicated tab that is overtaken ends the other one, too',
    breaks: ['I14', 'I28'],
    patches: [{ file: TAB, find: "!['', this.#overtaken].includes(state.id)", replace: "state.id !== ''" }],
  },
];
