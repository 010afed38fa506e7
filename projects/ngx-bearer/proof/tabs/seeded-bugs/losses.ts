import type { SeededBug } from '../../seeded-bugs/bug.ts';

const BROWSER = 'tabs/browser-place.ts';
const STATE = 'tabs/shared-state.ts';
const SYNC = 'tabs/storage-sync.ts';
const WEB = 'tabs/web-storage.ts';

/** Mistakes about what a database that fails, a page that is left, or a killed browser has lost. */
export const losses: readonly SeededBug[] = [
  {
    name: 'a database that failed is not looked at again before a refresh',
    breaks: ['I5', 'I14', 'I28'],
    patches: [
      {
        file: SYNC,
        find: 'if (known.unconfirmed || this.#place.isDoubtful(held))',
        replace: 'if (known.unconfirmed)',
      },
    ],
  },
  {
    name: 'a lock is released before other tabs see what the database did not take',
    breaks: ['I5', 'I28'],
    patches: [
      {
        file: BROWSER,
        find: 'isLeft ? of(kept) : timer(STORAGE_LAG_MS).pipe(map(() => this.#doubt(kept)))',
        replace: 'of(isLeft ? kept : this.#doubt(kept))',
      },
    ],
  },
  {
    name: 'a page that is left writes again what the database has',
    breaks: ['I18'],
    patches: [{ file: BROWSER, find: 'if (isSame(held, this.#confirmed)) return held;', replace: '' }],
  },
  {
    name: 'a sign-in loses the sign-ins that another tab knows as past',
    breaks: ['I14', 'I18', 'I28'],
    patches: [
      {
        file: STATE,
        find: 'const past = [before.id,',
        replace: 'if (before.id === state.id) return state;\n  const past = [before.id,',
      },
    ],
  },
  {
    name: 'a sign-in that was signed out before the database had it lives on',
    breaks: ['I18', 'I28'],
    patches: [
      {
        file: 'tabs/known-state.ts',
        find: 'const isComing = isHappening(found) &&',
        replace: 'const isComing = false && isHappening(found) &&',
      },
    ],
  },
  {
    name: 'the events of a sign-out do not name its session',
    breaks: ['I18', 'I28'],
    patches: [{ file: WEB, find: 'if (end.id) ignoreErrors(', replace: 'if (false) ignoreErrors(' }],
  },
];
