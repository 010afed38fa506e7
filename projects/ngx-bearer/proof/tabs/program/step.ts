import type { Choices } from '../../program/choices.ts';

/** How the API answers a request. `'truth'`: by what its token is worth. */
export type Answer = 'truth' | '401' | '403' | '500' | '0';

/** How the token endpoint answers. What asks for new tokens with a dead token is refused all the same. */
export type RefreshAnswer =
  | 'tokens'
  | 'no new refresh token'
  | 'invalid_grant'
  | '503'
  | '0'
  | 'lost after rotation'
  | 'rotates and hangs';

/** What happens next. A `tab` counts among those that are there at that moment, a `pick` among what there is. */
export type Step =
  | { readonly kind: 'request'; readonly tab: number }
  | { readonly kind: 'force a refresh'; readonly tab: number }
  | { readonly kind: 'answer'; readonly pick: number; readonly as: Answer }
  | { readonly kind: 'answer all' }
  | { readonly kind: 'answer a refresh'; readonly pick: number; readonly as: RefreshAnswer }
  | { readonly kind: 'expire all' }
  | { readonly kind: 'go ahead'; readonly tab: number }
  | { readonly kind: 'all go ahead' }
  | { readonly kind: 'show'; readonly tab: number }
  | { readonly kind: 'tell'; readonly tab: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'sign in'; readonly tab: number; readonly user: 'A' | 'B' }
  | { readonly kind: 'sign out'; readonly tab: number }
  | { readonly kind: 'close'; readonly tab: number; readonly how: 'left' | 'crashed' }
  | { readonly kind: 'reload'; readonly tab: number }
  | { readonly kind: 'put to sleep'; readonly tab: number; readonly how: 'back/forward cache' | 'frozen' }
  | { readonly kind: 'wake'; readonly tab: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'duplicate'; readonly tab: number }
  | { readonly kind: 'come online'; readonly tab: number }
  | { readonly kind: 'kill the browser'; readonly lost: number }
  | { readonly kind: 'clear'; readonly what: 'localStorage' | 'both' }
  | { readonly kind: 'set the clock'; readonly byMs: number }
  | { readonly kind: 'database fails'; readonly tab: number; readonly times: number };

export type Kind = Step['kind'];
type Fields<K extends Kind> = Omit<Extract<Step, { kind: K }>, 'kind'>;

const TAB = [0, 1, 2];
const PICK = [0, 1, 2, 3];

/** How often a step comes, and what its fields may be, the simplest first. */
export const STEPS: {
  readonly [K in Kind]: { readonly weight: number; readonly choices: Choices<Fields<K>> };
} = {
  request: { weight: 18, choices: { tab: TAB } },
  'force a refresh': { weight: 7, choices: { tab: TAB } },
  answer: {
    weight: 10,
    choices: { pick: PICK, as: ['truth', 'truth', 'truth', 'truth', 'truth', '401', '403', '500', '0'] },
  },
  'answer all': { weight: 8, choices: {} },
  'answer a refresh': {
    weight: 14,
    choices: {
      pick: [0, 0, 0, 1, 2],
      as: [
        ...Array<'tokens'>(9).fill('tokens'),
        'no new refresh token',
        'invalid_grant',
        '503',
        '0',
        'lost after rotation',
        'rotates and hangs',
      ],
    },
  },
  'expire all': { weight: 8, choices: {} },
  'go ahead': { weight: 22, choices: { tab: TAB } },
  'all go ahead': { weight: 8, choices: {} },
  show: { weight: 6, choices: { tab: TAB } },
  tell: { weight: 8, choices: { tab: TAB } },
  wait: { weight: 6, choices: { ms: [1, 100, 250, 1100, 2500, 9900, 12_500, 61_000, 3_550_000] } },
  'sign in': { weight: 3, choices: { tab: TAB, user: ['A', 'B'] } },
  'sign out': { weight: 3, choices: { tab: TAB } },
  close: { weight: 2, choices: { tab: TAB, how: ['left', 'crashed'] } },
  reload: { weight: 2, choices: { tab: TAB } },
  'put to sleep': { weight: 2, choices: { tab: TAB, how: ['back/forward cache', 'frozen'] } },
  wake: { weight: 3, choices: { tab: TAB } },
  open: { weight: 2, choices: {} },
  duplicate: { weight: 2, choices: { tab: TAB } },
  'come online': { weight: 1, choices: { tab: TAB } },
  // `lost`: the last writes of localStorage that had not reached the disk.
  'kill the browser': { weight: 1, choices: { lost: [0, 1, 2, 3, 5, 8] } },
  clear: { weight: 1, choices: { what: ['localStorage', 'both'] } },
  'set the clock': { weight: 1, choices: { byMs: [7_200_000, -7_200_000, 86_400_000, -86_400_000] } },
  'database fails': { weight: 1, choices: { tab: TAB, times: [1, 2, 3] } },
};
