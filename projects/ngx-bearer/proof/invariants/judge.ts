import type { Moments } from '../world/facts.ts';
import type { World } from '../world/world.ts';

/** What is wrong, in words; null where all is well, undefined where there is nothing to judge. */
export type Finding = string | null | undefined;

export type Moment = keyof Moments;

/** What is done at some moments. There is a kind of moments and of world for each model. */
type Looks<Result, M, W> = { readonly [K in keyof M]?: (subject: M[K], world: W) => Result };

/** A promise of the library, and the moments at which it can be seen to be broken. */
export interface Invariant<M = Moments, W = World> {
  /** Its name in the contract. */
  readonly id: `I${number}`;
  readonly says: string;
  readonly at: Looks<Finding, M, W>;
}

/** Something that has to come up, or the programs prove nothing about it. */
export interface Situation<M = Moments, W = World> {
  readonly name: string;
  readonly at: Looks<boolean, M, W>;
}

/** A broken promise. */
export class Violation extends Error {
  readonly id: Invariant['id'];

  constructor(id: Invariant['id'], finding: string) {
    super(`${id}: ${finding}`);
    this.id = id;
  }
}

interface Watch<Result> {
  readonly index: number;
  readonly look: (subject: never, world: never) => Result;
}

/** Looks at every moment with all invariants, and counts. */
export class Judge<M = Moments, W = World> {
  readonly invariants: readonly Invariant<M, W>[];
  readonly situations: readonly Situation<M, W>[];
  /** How often each invariant had something to judge. */
  readonly checks: number[];
  /** In how many programs each situation came up. */
  readonly occurrences: number[];
  /** The first violation of this program: what follows from it is of no interest. */
  violation: Violation | null = null;
  readonly #watches: Partial<Record<keyof M, Watch<Finding>[]>> = {};
  readonly #scouts: Partial<Record<keyof M, Watch<boolean>[]>> = {};
  #seen: boolean[] = [];

  constructor(invariants: readonly Invariant<M, W>[], situations: readonly Situation<M, W>[]) {
    this.invariants = invariants;
    this.situations = situations;
    this.checks = invariants.map(() => 0);
    this.occurrences = situations.map(() => 0);
    invariants.forEach(({ at }, index) => {
      enlist(this.#watches, at, index);
    });
    situations.forEach(({ at }, index) => {
      enlist(this.#scouts, at, index);
    });
  }

  /** Another program begins. */
  begin(): void {
    this.violation = null;
    this.#seen = [];
  }

  see<K extends keyof M>(moment: K, subject: M[K], world: W): void {
    for (const { index, look } of this.#watches[moment] ?? []) {
      const finding = look(subject as never, world as never);
      if (finding === undefined) continue;
      this.checks[index] = (this.checks[index] ?? 0) + 1;
      if (finding !== null) this.#report(index, finding);
    }
    for (const { index, look } of this.#scouts[moment] ?? []) {
      if (!this.#seen[index] && look(subject as never, world as never)) this.#count(index);
    }
  }

  #report(index: number, finding: string): void {
    const invariant = this.invariants[index];
    if (invariant) this.violation ??= new Violation(invariant.id, finding);
  }

  #count(index: number): void {
    this.#seen[index] = true;
    this.occurrences[index] = (this.occurrences[index] ?? 0) + 1;
  }
}

function enlist<Result, M, W>(
  lists: Partial<Record<keyof M, Watch<Result>[]>>,
  at: Looks<Result, M, W>,
  index: number,
): void {
  for (const [moment, look] of Object.entries(at)) {
    (lists[moment as keyof M] ??= []).push({ index, look: look as Watch<Result>['look'] });
  }
}
