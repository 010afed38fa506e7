import type { Choices } from '../../program/choices.ts';

/** What the tabs of a program run under. */
export interface Setting {
  /** `'cookie'`: tokens in memory, and a strategy that restores the session from a cookie. */
  readonly storage: 'local' | 'session' | 'cookie';
  /** How the platform keeps tabs from refreshing at once. */
  readonly platform: 'locks' | 'lease';
  readonly tabs: 2 | 3;
  readonly start: 'signed in' | 'nobody';
  /** Whether the database and the locks go ahead after each step, or only when told to. */
  readonly pace: 'by itself' | 'when told';
  /** Whether a tab sees at once what another writes into localStorage, or only when told to. */
  readonly news: 'at once' | 'when told';
  /** Life of an access token; null where the server does not say. */
  readonly lifeSeconds: number | null;
  /** Whether a spent refresh token still buys tokens, or gives its family away. */
  readonly reuse: 'revokes' | 'grace';
  /** Whether a refresh ends the access token before it. */
  readonly oldAccess: 'stays' | 'dies';
}

export const SETTINGS: Choices<Setting> = {
  storage: ['local', 'local', 'local', 'local', 'session', 'cookie'],
  platform: ['locks', 'lease'],
  tabs: [2, 3],
  start: ['signed in', 'signed in', 'signed in', 'nobody'],
  pace: ['by itself', 'when told', 'when told'],
  news: ['at once', 'when told', 'when told'],
  lifeSeconds: [null, 3600],
  reuse: ['revokes', 'grace'],
  oldAccess: ['stays', 'dies'],
};
