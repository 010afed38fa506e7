import type { Invariant } from '../invariants/judge.ts';

/** One place in the library's source, and what is made of it. */
export interface Patch {
  /** Below `src`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A wrong library: a mistake that somebody might make. */
export interface SeededBug {
  readonly name: string;
  /** The invariants that have to see it: no others are looked at. */
  readonly breaks: readonly Invariant['id'][];
  /** More than one where one defence hides that another is missing. */
  readonly patches: readonly Patch[];
}
