import type { Arbitrary } from 'fast-check';
import type { Invariant, Violation } from './invariants/judge.ts';
import type { Library } from './library.ts';
import type { ProgramOf } from './program/grammar.ts';
import type { Clock } from './world/clock.ts';

/** What every program is made of, whatever its model. */
export type AnyProgram = ProgramOf<object, { readonly kind: string }>;

/** What programs run in: one clock for all, since it stands in for the one of the process. */
export interface Laboratory {
  readonly library: Library;
  readonly clock: Clock;
  /** Which invariants are looked at; all, where it is not said. */
  readonly only?: readonly Invariant['id'][] | undefined;
}

/** Runs one program after the other, and counts what they have shown. */
export interface Trials<Program> {
  /** How often each invariant had something to judge, in their order. */
  readonly checks: readonly number[];
  /** In how many programs each situation came up, in their order. */
  readonly occurrences: readonly number[];
  /** Runs one; returns the first promise that it sees broken, and puts what happens in words where asked to. */
  run(program: Program, story?: string[]): Promise<Violation | null>;
}

/** A world around the library, what may happen there, and what has to hold. */
export interface Model<Program extends AnyProgram = AnyProgram> {
  readonly name: string;
  readonly programs: Arbitrary<Program>;
  /** What has ever broken a promise, and was mended; the first programs of every proof. */
  readonly counterexamples: readonly Program[];
  readonly invariants: readonly Pick<Invariant, 'id' | 'says'>[];
  readonly situations: readonly { readonly name: string }[];
  describe(program: Program): string;
  begin(laboratory: Laboratory): Trials<Program>;
}
