import type { Identity } from './facts.ts';
import type { Family } from './tokens.ts';

/** Somebody, or nobody, is signed in from here on. */
export function newIdentity(
  family: Family | null,
  { isUnread = false, isFirst = false }: Partial<Pick<Identity, 'isUnread' | 'isFirst'>> = {},
): Identity {
  return {
    family,
    isUnread,
    isFirst,
    isArriving: false,
    becomes: null,
    farewells: 0,
    isEndedByPage: false,
    last: null,
    isRefused: false,
  };
}
