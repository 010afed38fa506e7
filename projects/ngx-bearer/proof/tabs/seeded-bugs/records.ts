import type { SeededBug } from '../../seeded-bugs/bug.ts';

const RECORD = 'session/session-record.ts';
const SHARED = 'session/shared-session.ts';
const LOCAL = 'session/store/shared-local.ts';
const STAMP = 'session/store/stamp.ts';

/** Mistakes about what all tabs have, and about following it. */
export const records: readonly SeededBug[] = [
  {
    name: 'tokens are put over what another tab has put there',
    breaks: ['I18', 'I28'],
    patches: [{ file: LOCAL, find: '(isSame(held, spent) ? next : held)', replace: 'next' }],
  },
  {
    name: 'the mirror holds the refresh token',
    breaks: ['I24'],
    patches: [
      {
        file: LOCAL,
        find: 'tokens: { ...whole.tokens, refreshToken: undefined }',
        replace: 'tokens: whole.tokens',
      },
    ],
  },
  {
    name: 'new tokens are not mirrored',
    breaks: ['I28'],
    patches: [{ file: LOCAL, find: 'this.#show(decided && toMirror(decided));', replace: '' }],
  },
  {
    name: 'the end of a session comes before its last version',
    breaks: ['I18'],
    patches: [{ file: STAMP, find: 'isOver ? 1e12 : version', replace: 'version' }],
  },
  {
    name: 'the earlier of two sign-ins counts',
    breaks: ['I14'],
    patches: [{ file: STAMP, find: ': left.id > right.id', replace: ': left.id < right.id' }],
  },
  {
    name: 'a sign-out leaves the mirror until the database has followed',
    breaks: ['I18'],
    patches: [
      {
        file: LOCAL,
        find: 'this.#show(record ?? endOf(id));',
        replace: 'if (record) this.#show(record);',
      },
    ],
  },
  {
    name: 'a sign-out that was written over is not heard',
    breaks: ['I18'],
    patches: [
      {
        file: LOCAL,
        find: 'if (stampOf(written).isOver && isNewer(written, this.#newest)) this.#newest = written;',
        replace: '',
      },
    ],
  },
  {
    name: 'the end of a session is kept over whatever came after it',
    breaks: ['I14'],
    patches: [{ file: LOCAL, find: '(isNewer(held, wanted) ? held : wanted)', replace: 'wanted' }],
  },
  {
    name: 'a sign-in that the database has yet to take is overlooked',
    breaks: ['I14', 'I28'],
    patches: [
      {
        file: LOCAL,
        find: '!stampOf(this.#newest).isMirror && isNewer(this.#newest, entry)',
        replace: 'false',
      },
    ],
  },
  {
    name: 'the tokens of another tab are not adopted',
    breaks: ['I5'],
    patches: [
      {
        file: RECORD,
        find: '(found.id === this.#id && found.version <= this.#version)) return;',
        replace: 'found.id === this.#id) return;',
      },
    ],
  },
  {
    name: 'the session of another tab is gone over to without another epoch',
    breaks: ['I3'],
    patches: [{ file: RECORD, find: 'if (!isSame) this.#epoch++;', replace: '' }],
  },
  {
    name: 'what other tabs do is not followed',
    breaks: ['I4', 'I28'],
    patches: [{ file: SHARED, find: 'this.#store.subscribe(follow);', replace: '' }],
  },
  {
    name: 'a page that comes back does not look at what it has missed',
    breaks: ['I4', 'I28'],
    patches: [
      {
        file: 'session/wakings.ts',
        find: "['pageshow', 'online', 'visibilitychange']",
        replace: "['online']",
      },
    ],
  },
  {
    name: 'tokens that a tab has got itself are news to it',
    breaks: ['I28'],
    patches: [
      {
        file: SHARED,
        find: 'found && found.id === this.#coming?.id && found.version === this.#coming.version',
        replace: 'false',
      },
    ],
  },
];
