// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import { asyncProperty, check } from 'fast-check';
import { counterexamples } from './counterexamples.ts';
import { invariants } from './invariants/all.ts';
import { type Invariant, Judge, type Violation } from './invariants/judge.ts';
import { situations } from './invariants/situations.ts';
import type { Library } from './library.ts';
import { type Program, programs } from './program/program.ts';
import { runProgram, type Surroundings } from './run-program.ts';
import { Clock, realNow } from './world/clock.ts';

/** A program that breaks a promise, and no step of it can be left out. */
export interface Counterexample {
  readonly program: Program;
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

/** Runs random programs until one breaks a promise. */
export async function prove(library: Library, options: ProofOptions): Promise<Proof> {
  const { runs, seed, isShrunk = true, only } = options;
  const surroundings = surround(library, only);
  const { judge } = surroundings;
  let [ran, steps] = [0, 0];
  let counterexample: Counterexample | null = null;
  const begunMs = realNow();
  await within(surroundings, async () => {
    const holds = asyncProperty(programs, async (program) => {
      ran++;
      steps += program.steps.length;
      const violation = await runProgram(program, surroundings);
      if (!violation) return true;
      // While it shrinks, what counts is the promise first seen broken, not one that breaks on the way.
      counterexample = narrower(counterexample, describe(program, violation));
      return counterexample.program !== program;
    });
    const examples: [Program][] = counterexamples.map((program) => [program]);
    await check(holds, { numRuns: runs, seed, examples, endOnFailure: !isShrunk });
    if (counterexample && isShrunk) counterexample = await leaveOut(counterexample, surroundings);
  });
  const { checks, occurrences } = judge;
  return { seed, programs: ran, steps, durationMs: realNow() - begunMs, checks, occurrences, counterexample };
}

function describe(program: Program, { id, message }: Violation): Counterexample {
  return { program, id, finding: message };
}

/** Runs one program alone; returns what happened, in words. */
export async function tell(program: Program, library: Library): Promise<string[]> {
  const surroundings = surround(library);
  const story: string[] = [];
  await within(surroundings, async () => {
    await runProgram(program, surroundings, story);
  });
  return story;
}

function surround(library: Library, only?: ProofOptions['only']): Surroundings {
  const watched = only ? invariants.filter(({ id }) => only.includes(id)) : invariants;
  return { library, clock: new Clock(), judge: new Judge(watched, situations) };
}

/** With the clock in place; stacks are slow to make, and nobody reads them here. */
async function within({ clock }: Surroundings, action: () => Promise<void>): Promise<void> {
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
async function leaveOut(found: Counterexample, surroundings: Surroundings): Promise<Counterexample> {
  let smallest = found;
  for (let index = found.program.steps.length - 1; index >= 0; index--) {
    const steps = smallest.program.steps.filter((_, at) => at !== index);
    const program = { ...smallest.program, steps };
    const violation = await runProgram(program, surroundings);
    if (violation?.id === found.id) smallest = describe(program, violation);
  }
  return smallest;
}
