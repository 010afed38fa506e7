import type { Moments } from '../world/facts.ts';
import type { World } from '../world/world.ts';

/** What is wrong, in words; null where all is well, undefined where there is nothing to judge. */
export type Finding = string | null | undefined;

export type Moment = keyof Moments;

type Looks<Result> = { readonly [M in Moment]?: (subject: Moments[M], world: World) => Result };

/** A promise of the library, and the moments at which it can be seen to be broken. */
export interface Invariant {
  /** Its name in the contract. */
  readonly id: `I${number}`;
  readonly says: string;
  readonly at: Looks<Finding>;
}

/** Something that has to come up, or the programs prove nothing about it. */
export interface Situation {
  readonly name: string;
  readonly at: Looks<boolean>;
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
  readonly look: (subject: never, world: World) => Result;
}

/** Looks at every moment with all invariants, and counts. */
export class Judge {
  readonly invariants: readonly Invariant[];
  readonly situations: readonly Situation[];
  /** How often each invariant had something to judge. */
  readonly checks: number[];
  /** In how many programs each situation came up. */
  readonly occurrences: number[];
  /** The first violation of this program: what follows from it is of no interest. */
  violation: Violation | null = null;
  readonly #watches: Partial<Record<Moment, Watch<Finding>[]>> = {};
  readonly #scouts: Partial<Record<Moment, Watch<boolean>[]>> = {};
  #seen: boolean[] = [];

  constructor(invariants: readonly Invariant[], situations: readonly Situation[]) {
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

  see<M extends Moment>(moment: M, subject: Moments[M], world: World): void {
    for (const { index, look } of this.#watches[moment] ?? []) {
      const finding = look(subject as never, world);
      if (finding === undefined) continue;
      this.checks[index] = (this.checks[index] ?? 0) + 1;
      if (finding !== null) this.#report(index, finding);
    }
    for (const { index, look } of this.#scouts[moment] ?? []) {
      if (!this.#seen[index] && look(subject as never, world)) this.#count(index);
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

function enlist<Result>(
  lists: Partial<Record<Moment, Watch<Result>[]>>,
  at: Looks<Result>,
  index: number,
): void {
  for (const [moment, look] of Object.entries(at)) {
    (lists[moment as Moment] ??= []).push({ index, look });
  }
}
