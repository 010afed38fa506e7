import type { SeededBug } from '../../seeded-bugs/bug.ts';

const STORED = 'tabs/stored-session.ts';
const SYNC = 'tabs/storage-sync.ts';
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
    name: 'a refusal of the cookie ends the session that another tab has begun meanwhile',
    breaks: ['I14'],
    patches: [
      {
        file: SYNC,
        find: 'mayEnd && !isNewer(held, from) ? endOf(held)',
        replace: 'mayEnd && !(this.#place.keepsTokens && isNewer(held, from)) ? endOf(held)',
      },
    ],
  },
  {
    name: 'a restore by cookie counts for a session that another tab has ended or begun meanwhile',
    breaks: ['I4', 'I14', 'I18', 'I28'],
    patches: [
      {
        file: SYNC,
        find: 'id === from.id && ended === from.ended &&',
        replace: '(!keepsTokens || (id === from.id && ended === from.ended)) &&',
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
