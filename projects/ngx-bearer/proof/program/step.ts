import type { Choices } from './choices.ts';
import type { PlaceName } from './places.ts';

/** How the API answers a request. `'truth'`: by what its token is worth. */
export type Answer = 'truth' | 'plain 401' | 'scope 401' | 'step-up 401' | '403' | '500' | '0' | 'hang';

/** How the token endpoint answers. What asks for new tokens with a dead token is refused all the same. */
export type RefreshAnswer =
  | 'tokens'
  | 'no new refresh token'
  | 'same token'
  | 'other user'
  | 'invalid_grant'
  | '401'
  | '403'
  | '404'
  | '422'
  | '429'
  | '503'
  | '0'
  | 'malformed'
  | 'empty'
  | 'nothing'
  | 'throws'
  | 'lost after rotation'
  | 'rotates and hangs';

/** How the store goes about an operation. */
export type Manner = 'at once' | 'soon' | 'when told' | 'throwing' | 'rejecting' | 'never';

export interface RequestStep {
  readonly kind: 'request';
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly place: PlaceName;
  readonly body: 'none' | 'object' | 'text' | 'form' | 'search';
  readonly auth: 'auto' | 'required' | 'skip';
  readonly header: 'none' | 'own';
  readonly observe: 'body' | 'events';
  readonly retry: 'none' | 'above' | 'inside';
  /** What the caller does as soon as it has its answer. */
  readonly then: 'nothing' | 'sends another' | 'signs out' | 'signs in' | 'cancels all';
}

/** The simplest request. */
export const REQUEST: RequestStep = {
  kind: 'request',
  method: 'GET',
  place: 'api',
  body: 'none',
  auth: 'auto',
  header: 'none',
  observe: 'body',
  retry: 'none',
  then: 'nothing',
};

/** What happens next. A `pick` counts among what there is at that moment. */
export type Step =
  | RequestStep
  | { readonly kind: 'answer'; readonly pick: number; readonly as: Answer }
  | { readonly kind: 'answer all'; readonly order: 'as issued' | 'reversed' }
  | { readonly kind: 'answer the refresh'; readonly as: RefreshAnswer }
  | { readonly kind: 'answer the next refresh at once'; readonly as: RefreshAnswer }
  | { readonly kind: 'expire all' }
  | { readonly kind: 'revoke' }
  | { readonly kind: 'sign in'; readonly user: 'A' | 'B' }
  | { readonly kind: 'sign out' }
  | { readonly kind: 'cancel'; readonly pick: number }
  | { readonly kind: 'cancel all' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'jump'; readonly clock: 'wall' | 'monotonic'; readonly ms: number }
  | { readonly kind: 'ask'; readonly for: 'token' | 'refresh' }
  | { readonly kind: 'store works'; readonly manner: Manner }
  | { readonly kind: 'tell the store' }
  | { readonly kind: 'change the body'; readonly pick: number }
  | { readonly kind: 'change the XSRF cookie' }
  | { readonly kind: 'change the nonce' }
  | { readonly kind: 'come online' }
  | { readonly kind: 'turn' }
  | { readonly kind: 'reload' }
  | { readonly kind: 'destroy' };

export type Kind = Step['kind'];
type Fields<K extends Kind> = Omit<Extract<Step, { kind: K }>, 'kind'>;

/** How often a step comes, and what its fields may be, the simplest first. */
export const STEPS: {
  readonly [K in Kind]: { readonly weight: number; readonly choices: Choices<Fields<K>> };
} = {
  request: {
    weight: 30,
    choices: {
      method: ['GET', 'GET', 'POST', 'PUT'],
      place: [
        ...Array<'api'>(14).fill('api'),
        ...Array<'own'>(4).fill('own'),
        'encoded',
        'sibling',
        'longer host',
        'longer path',
        'user in it',
        'http',
        'climbing',
        'climbing, encoded',
        'elsewhere',
        'own page',
      ],
      body: ['none', 'object', 'text', 'form', 'search'],
      auth: ['auto', 'auto', 'auto', 'auto', 'auto', 'auto', 'required', 'skip'],
      header: [...Array<'none'>(14).fill('none'), 'own'],
      observe: ['body', 'body', 'events'],
      retry: ['none', 'none', 'none', 'none', 'above', 'inside'],
      then: [
        ...Array<'nothing'>(16).fill('nothing'),
        'sends another',
        'signs out',
        'signs in',
        'cancels all',
      ],
    },
  },
  answer: {
    weight: 18,
    choices: {
      pick: [0, 1, 2, 3, 4, 5],
      as: [
        ...Array<'truth'>(8).fill('truth'),
        'plain 401',
        'plain 401',
        'scope 401',
        'step-up 401',
        '403',
        '500',
        '0',
        'hang',
      ],
    },
  },
  'answer all': { weight: 6, choices: { order: ['as issued', 'reversed'] } },
  'answer the refresh': { weight: 10, choices: { as: refreshAnswers() } },
  'answer the next refresh at once': { weight: 2, choices: { as: refreshAnswers() } },
  'expire all': { weight: 8, choices: {} },
  revoke: { weight: 1, choices: {} },
  'sign in': { weight: 2, choices: { user: ['A', 'B'] } },
  'sign out': { weight: 2, choices: {} },
  cancel: { weight: 3, choices: { pick: [0, 1, 2, 3, 4, 5] } },
  'cancel all': { weight: 1, choices: {} },
  wait: { weight: 6, choices: { ms: [1, 790, 1210, 2500, 10_000, 31_000, 61_000, 4_000_000] } },
  jump: {
    weight: 2,
    choices: { clock: ['wall', 'monotonic'], ms: [1000, 57_000, 4_000_000, -1000, -4_000_000] },
  },
  ask: { weight: 3, choices: { for: ['token', 'refresh'] } },
  'store works': {
    weight: 2,
    choices: { manner: ['at once', 'soon', 'when told', 'throwing', 'rejecting', 'never'] },
  },
  'tell the store': { weight: 2, choices: {} },
  'change the body': { weight: 1, choices: { pick: [0, 1, 2] } },
  'change the XSRF cookie': { weight: 1, choices: {} },
  'change the nonce': { weight: 2, choices: {} },
  'come online': { weight: 2, choices: {} },
  turn: { weight: 2, choices: {} },
  reload: { weight: 1, choices: {} },
  destroy: { weight: 0.3, choices: {} },
};

function refreshAnswers(): readonly RefreshAnswer[] {
  return [
    ...Array<'tokens'>(10).fill('tokens'),
    'no new refresh token',
    'same token',
    'other user',
    'invalid_grant',
    '401',
    '403',
    '404',
    '422',
    '429',
    '503',
    '0',
    'malformed',
    'empty',
    'nothing',
    'throws',
    'lost after rotation',
    'rotates and hangs',
  ];
}
