import type { Patch, SeededBug } from '../../seeded-bugs/bug.ts';

const LOCAL = 'tabs/local-place.ts';
const STATE = 'tabs/shared-state.ts';
const STORED = 'tabs/stored-session.ts';
const SYNC = 'tabs/storage-sync.ts';
const WEB = 'tabs/web-storage.ts';

const ENDS_UNHEARD: readonly Patch[] = [
  { file: WEB, find: 'now.signIn || now.ended ?', replace: 'now.signIn && !now.ended ?' },
  { file: WEB, find: 'return before.ended ? null : endOf(before);', replace: 'return null;' },
];

/** Mistakes about the state that all tabs share, and about following it. */
export const records: readonly SeededBug[] = [
  {
    name: 'a refresh is stored over what another tab has stored',
    breaks: ['I18', 'I28'],
    patches: [
      {
        file: SYNC,
        find: 'return isUnchanged ? known.continue(state) : held;',
        replace: 'return known.continue(state);',
      },
    ],
  },
  {
    name: 'localStorage keeps the refresh token when the database has it',
    breaks: ['I24'],
    patches: [{ file: LOCAL, find: 'mirrorOf(next)', replace: 'next' }],
  },
  {
    name: 'new tokens are not mirrored in localStorage',
    breaks: ['I28'],
    patches: [
      { file: LOCAL, find: 'if (!isComing && !isHasty) this.storage.write(mirrorOf(next));', replace: '' },
    ],
  },
  {
    name: 'the end of a session is lower than its last version',
    breaks: ['I18'],
    patches: [{ file: STATE, find: 'ended ? Infinity : 2', replace: 'ended ? 0 : 2' }],
  },
  {
    name: 'the lower of two numbers of sign-ins wins',
    breaks: ['I14', 'I28'],
    patches: [{ file: STATE, find: ': one.signIn > other.signIn;', replace: ': one.signIn < other.signIn;' }],
  },
  {
    name: 'a user who signs in now loses against what is stored',
    breaks: ['I14', 'I28'],
    patches: [
      {
        file: STATE,
        find: 'return isHappening(one) ? other.ended || other.signIn > 0 : other.ended && one.signIn > 0;',
        replace: 'return other.ended && one.signIn > 0;',
      },
    ],
  },
  {
    name: 'a sign-in forgets the sign-ins before it',
    breaks: ['I14', 'I18', 'I28'],
    patches: [{ file: STATE, find: '[...new Set(past)].slice(0, MOST_PAST)', replace: '[]' }],
  },
  {
    name: 'a sign-out leaves the record in localStorage until the database has ended it',
    breaks: ['I18'],
    patches: [
      {
        file: STORED,
        find: "if (cause === 'this-tab') this.#place.show",
        replace: "if (cause === 'this-tab' && !this.known.current.ended) this.#place.show",
      },
    ],
  },
  {
    name: 'a removed record is no sign-out in other tabs',
    breaks: ['I4', 'I18'],
    patches: [
      {
        file: WEB,
        find: 'return text === null ? endOf(before) : this.#shown;',
        replace: 'return this.#shown;',
      },
      ...ENDS_UNHEARD,
    ],
  },
  {
    name: 'a sign-out that a later write hides is not heard',
    breaks: ['I18'],
    patches: ENDS_UNHEARD,
  },
  {
    name: 'an empty localStorage at page load is no sign-out',
    breaks: ['I18', 'I28'],
    patches: [
      {
        file: LOCAL,
        find: 'isEmpty && held === known && !known.ended && known.id !== mine.id;',
        replace: 'false;',
      },
    ],
  },
  {
    name: 'an empty localStorage is a sign-out without a second look',
    breaks: ['I14'],
    patches: [
      {
        file: LOCAL,
        find: 'if (isOrphan && !isLasting(`orphan ${known.id}`, ORPHAN_MS)) return [found, this.doubted(NOTHING)];',
        replace: '',
      },
    ],
  },
  {
    name: 'localStorage lacks the refresh token of a sign-in before the database has it',
    breaks: ['I28'],
    patches: [
      { file: WEB, find: 'import { isHappening,', replace: 'import { mirrorOf, isHappening,' },
      { file: WEB, find: 'else this.write(state);', replace: 'else this.write(mirrorOf(state));' },
    ],
  },
  {
    name: 'a page that loads does not look at the database',
    breaks: ['I18', 'I28', 'I24'],
    patches: [
      {
        file: 'tabs/place-news.ts',
        find: 'merge(of(null), pageResumed(window), again)',
        replace: 'merge(pageResumed(window), again)',
      },
    ],
  },
  {
    name: 'the tokens of another tab are not adopted',
    breaks: ['I5', 'I28'],
    patches: [
      {
        file: STORED,
        find: 'if (adopted) this.#session.adopt',
        replace: 'if (adopted && adopted.id !== this.#session.credential?.id) this.#session.adopt',
      },
    ],
  },
  {
    name: 'the session of another tab is adopted without another epoch',
    breaks: ['I3'],
    patches: [{ file: 'session/session.ts', find: 'if (!isSame) this.#epoch++;', replace: '' }],
  },
  {
    name: 'changes of other tabs are not followed',
    breaks: ['I4', 'I28'],
    patches: [
      { file: STORED, find: 'Subject, timer } from', replace: 'Subject, timer, NEVER } from' },
      { file: STORED, find: 'place.news.subscribe(', replace: '(NEVER as typeof place.news).subscribe(' },
    ],
  },
  {
    name: 'a page that comes back does not look at what it has missed',
    breaks: ['I4', 'I28'],
    patches: [
      {
        file: 'tabs/page-resumed.ts',
        find: "['pageshow', 'online', 'visibilitychange']",
        replace: "['online']",
      },
    ],
  },
  {
    name: 'a tab takes its own new tokens for those of another tab',
    breaks: ['I28'],
    patches: [{ file: 'tabs/known-state.ts', find: 'if (isSame(found, this.pending)) return;', replace: '' }],
  },
];
