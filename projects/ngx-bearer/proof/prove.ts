// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import { asyncProperty, check } from 'fast-check';
import type { Invariant, Violation } from './invariants/judge.ts';
import type { Library } from './library.ts';
import type { AnyProgram, Model, Trials } from './model.ts';
import { Clock, realNow } from './world/clock.ts';

/** A program that breaks a promise, and no step of it can be left out. */
export interface Counterexample {
  readonly program: AnyProgram;
  readonly id: Invariant['id'];
  readonly finding: string;
}

/** What so many programs have shown. */
export interface Proof {
  readonly seed: number;
  readonly programs: number;
  readonly steps: number;
  readonly durationMs: number;
  /** How often each invariant had something to judge, in their order. */
  readonly checks: readonly number[];
  /** In how many programs each situation came up, in their order. */
  readonly occurrences: readonly number[];
  readonly counterexample: Counterexample | null;
}

interface ProofOptions {
  readonly runs: number;
  readonly seed: number;
  /** Whether a counterexample is made as small as can be. */
  readonly isShrunk?: boolean;
  /** Which invariants are looked at; all, where it is not said. */
  readonly only?: readonly Invariant['id'][];
}

/** Runs random programs of a model until one breaks a promise. */
export async function prove(model: Model, library: Library, options: ProofOptions): Promise<Proof> {
  const { runs, seed, isShrunk = true, only } = options;
  const clock = new Clock();
  const trials = model.begin({ library, clock, only });
  let [ran, steps] = [0, 0];
  let counterexample: Counterexample | null = null;
  const begunMs = realNow();
  await within(clock, async () => {
    const holds = asyncProperty(model.programs, async (program) => {
      ran++;
      steps += program.steps.length;
      const violation = await trials.run(program);
      if (!violation) return true;
      // While it shrinks, what counts is the promise first seen broken, not one that breaks on the way.
      counterexample = narrower(counterexample, describe(program, violation));
      return counterexample.program !== program;
    });
    const examples: [AnyProgram][] = model.counterexamples.map((program) => [program]);
    const { failed, errorInstance } = await check(holds, {
      numRuns: runs,
      seed,
      examples,
      endOnFailure: !isShrunk,
    });
    if (failed && !counterexample) throw errorInstance;
    if (counterexample && isShrunk) counterexample = await leaveOut(counterexample, trials);
  });
  const { checks, occurrences } = trials;
  return { seed, programs: ran, steps, durationMs: realNow() - begunMs, checks, occurrences, counterexample };
}

function describe(program: AnyProgram, { id, message }: Violation): Counterexample {
  return { program, id, finding: message };
}

/** Runs one program alone; returns what happened, in words. */
export async function tell(model: Model, program: AnyProgram, library: Library): Promise<string[]> {
  const clock = new Clock();
  const trials = model.begin({ library, clock });
  const story: string[] = [];
  await within(clock, async () => {
    await trials.run(program, story);
  });
  return story;
}

/** With the clock in place; stacks are slow to make, and nobody reads them here. */
async function within(clock: Clock, action: () => Promise<void>): Promise<void> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  clock.install();
  try {
    await action();
  } finally {
    clock.restore();
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function narrower(found: Counterexample | null, next: Counterexample): Counterexample {
  return !found || found.id === next.id ? next : found;
}

/** Leaves out each step that the violation does without, also below the least length of a program. */
async function leaveOut(found: Counterexample, trials: Trials<AnyProgram>): Promise<Counterexample> {
  let smallest = found;
  for (let index = found.program.steps.length - 1; index >= 0; index--) {
    const steps = smallest.program.steps.filter((_, at) => at !== index);
    const program = { ...smallest.program, steps };
    const violation = await trials.run(program);
    if (violation?.id === found.id) smallest = describe(program, violation);
  }
  return smallest;
}
