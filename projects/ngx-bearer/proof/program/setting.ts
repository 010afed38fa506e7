import type { Choices } from './choices.ts';

/** What a program runs under: how the library is configured, and what kind of server it talks to. */
export interface Setting {
  readonly strategy: 'grant' | 'json' | 'exchange' | 'cookie' | 'promise';
  readonly tokens: 'opaque' | 'jwt';
  /** Life of an access token; null where the server does not say, 0 where it looks expired on arrival. */
  readonly lifeSeconds: number | null;
  readonly start: 'signed in' | 'nobody' | 'stored';
  readonly storage: 'memory' | 'local' | 'at once' | 'soon' | 'when told';
  readonly replay: 'all' | 'idempotent' | 'not PUT';
  readonly whileRefreshing: 'hold' | 'send';
  readonly refreshAhead: 'default' | false | 30_000;
  readonly limitCount: 2 | 5;
  readonly registration: 'function' | 'class' | 'both';
  /** What the app does when it hears of the session: nothing, or something that causes more. */
  readonly listener: 'nothing' | 'signs in again' | 'sends again';
  /** Whether the API answers only when told to, or within the sending itself. */
  readonly answers: 'when told' | 'at once';
  /** Whether a spent refresh token still buys tokens, or gives its family away. */
  readonly reuse: 'revokes' | 'grace';
  /** Whether a refresh ends the access token before it. */
  readonly oldAccess: 'stays' | 'dies';
  /** Whether tokens are bound to a key, at servers that want nonces. */
  readonly proof: 'none' | 'nonces';
  /** Whether promises go ahead after every step, or only when told to. */
  readonly turns: 'every step' | 'when told';
}

export const SETTINGS: Choices<Setting> = {
  strategy: ['grant', 'grant', 'json', 'exchange', 'cookie', 'promise'],
  tokens: ['opaque', 'jwt'],
  lifeSeconds: [null, 3600, 60, 0],
  start: ['signed in', 'signed in', 'nobody', 'stored'],
  storage: ['memory', 'memory', 'local', 'at once', 'soon', 'when told'],
  replay: ['all', 'all', 'idempotent', 'not PUT'],
  whileRefreshing: ['hold', 'hold', 'send'],
  refreshAhead: ['default', false, 30_000],
  limitCount: [5, 2],
  registration: ['function', 'class', 'both'],
  listener: ['nothing', 'nothing', 'signs in again', 'sends again'],
  answers: ['when told', 'when told', 'when told', 'at once'],
  reuse: ['revokes', 'grace'],
  oldAccess: ['stays', 'dies'],
  proof: ['none', 'none', 'none', 'nonces'],
  turns: ['every step', 'every step', 'when told'],
};
