import type { Model } from './model.ts';
import type { Counterexample, Proof } from './prove.ts';

const WIDTH = 112;

/** Prints what was run, what was checked and what came up, of all proofs together. */
export function printFigures({ name, invariants, situations }: Model, proofs: readonly Proof[]): void {
  console.log(name);
  for (const { seed, programs, steps } of proofs) {
    console.log(`seed ${seed}: ${figure(programs)} programs, ${figure(steps)} steps`);
  }
  const perSecond = sum(proofs.map(({ programs, durationMs }) => programs / durationMs)) * 1000;
  console.log(`together ${figure(Math.round(perSecond))} programs a second\n`);
  printLine('invariant', 'checks');
  invariants.forEach(({ id, says }, index) => {
    printLine(`${id.padEnd(4)}${says}`, figure(sum(proofs.map(({ checks }) => checks[index] ?? 0))));
  });
  console.log('');
  printLine('situation', 'programs');
  situations.forEach(({ name }, index) => {
    printLine(name, figure(sum(proofs.map(({ occurrences }) => occurrences[index] ?? 0))));
  });
  console.log('');
}

/** Prints a program that breaks a promise, and what happens in it. */
export function printCounterexample(
  model: Model,
  { program, finding }: Counterexample,
  story: readonly string[],
): void {
  console.log(`✖ ${finding}\n\n${model.describe(program)}\n\n  what happens:\n${story.join('\n')}`);
}

/** What no program has come across: the proof says nothing about it. */
export function unseen({ invariants, situations }: Model, proofs: readonly Proof[]): string[] {
  const never = (counts: (proof: Proof) => readonly number[], index: number): boolean =>
    proofs.every((proof) => !counts(proof)[index]);
  return [
    ...invariants
      .filter((_, index) => never(({ checks }) => checks, index))
      .map(({ id }) => `${id} was never checked`),
    ...situations
      .filter((_, index) => never(({ occurrences }) => occurrences, index))
      .map(({ name }) => `it never happens that ${name}`),
  ];
}

function printLine(left: string, right: string): void {
  console.log(`  ${left.padEnd(WIDTH)}${right.padStart(12)}`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function figure(count: number): string {
  return count.toLocaleString('en');
}
