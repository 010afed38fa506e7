import type { SeededBug } from '../../seeded-bugs/bug.ts';

const COOKIE = 'tabs/cookie-sync.ts';
const TAB = 'tabs/tab-place.ts';

/** Mistakes about tabs that share less than a record: a cookie, or the copy of a duplicated tab. */
export const apart: readonly SeededBug[] = [
  {
    name: 'a sign-out is not followed by tabs that share a cookie',
    breaks: ['I4'],
    patches: [{ file: COOKIE, find: "if (isOver && isAffected) session.end('other-tab');", replace: '' }],
  },
  {
    name: 'a refusal of the cookie ends the session that another tab has begun meanwhile',
    breaks: ['I14'],
    patches: [
      {
        file: COOKIE,
        find: 'if (shared !== this.#shared.id) return of(null);\n    this.#ended.add(shared);',
        replace: 'this.#ended.add(this.#shared.id);',
      },
    ],
  },
  {
    name: 'what a tab writes that knew less counts where tabs share a cookie',
    breaks: ['I4', 'I14', 'I18', 'I28'],
    patches: [{ file: COOKIE, find: 'if (!isStale) this.#shared = seen;', replace: 'this.#shared = seen;' }],
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
