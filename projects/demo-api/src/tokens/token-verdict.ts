import type { TokenFamily } from './token-family.ts';

/** What became of a token whose family is known. */
export type TokenFate = 'good' | 'spent' | 'ended' | 'expired';

/** The judgement of a token that a caller presents. */
export type TokenVerdict =
  | { readonly outcome: TokenFate; readonly family: TokenFamily; readonly version: number }
  | { readonly outcome: 'unknown' };

/** Why a token is refused, in words fit for an `error_description`. */
export const REFUSALS = {
  spent: 'The token was used up by a refresh',
  ended: 'The session of this token has ended',
  expired: 'The token has expired',
  unknown: 'The token was not issued here',
} as const satisfies Record<Exclude<TokenVerdict['outcome'], 'good'>, string>;
