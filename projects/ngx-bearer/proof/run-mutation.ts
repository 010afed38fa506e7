/**
 * Changes the library in every small way that Stryker knows, one after the other, and looks whether the plain specs
 * notice: `node run-mutation.ts`, with `--judge` for the report of the run before.
 */
import { Stryker } from '@stryker-mutator/core';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, readMutants, type Report } from './mutation/mutant.ts';
import { survivors } from './mutation/survivors.ts';
import { describe, findFaults, reasonFor, total } from './mutation/verdict.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const REPORT = join(ROOT, 'reports', 'mutation', 'mutation.json');

const { values } = parseArgs({ options: { judge: { type: 'boolean', default: false } } });
if (!values.judge) await mutate();
const mutants = readMutants(JSON.parse(await readFile(REPORT, 'utf8')) as Report);
printTotals(mutants);
printSurvivors(mutants);
const faults = findFaults(mutants, survivors);
for (const fault of faults) console.log(`✖ ${fault}`);
if (faults.length > 0) process.exitCode = 1;
else console.log('✓ the specs notice every mutant that makes a difference where it counts');

async function mutate(): Promise<void> {
  process.chdir(ROOT);
  // A run that fails must not be judged by the report of the one before.
  await rm(REPORT, { force: true });
  await new Stryker({}).runMutationTest();
}

function printTotals(all: readonly Mutant[]): void {
  printRow('file', ['mutants', 'killed', 'timed out', 'survived', 'invalid', 'score']);
  const byFile = Map.groupBy(all, ({ file }) => file);
  for (const [file, mutantsOfFile] of [...byFile].sort(([left], [right]) => left.localeCompare(right))) {
    printTotal(file, mutantsOfFile);
  }
  printTotal('all', all);
}

function printTotal(name: string, counted: readonly Mutant[]): void {
  const { mutants: count, counts, score } = total(counted);
  const { killed, survived, invalid, 'timed out': timedOut } = counts;
  printRow(name, [...[count, killed, timedOut, survived, invalid].map(String), score.toFixed(2)]);
}

function printRow(name: string, cells: readonly string[]): void {
  console.log(`${name.padEnd(40)}${cells.map((cell) => cell.padStart(11)).join('')}`);
}

function printSurvivors(all: readonly Mutant[]): void {
  const survived = all.filter(({ fate }) => fate === 'survived');
  console.log(`\n${survived.length} survive${survived.length > 0 ? ':' : ''}`);
  for (const mutant of survived) {
    const known = reasonFor(mutant, survivors);
    console.log(`  line ${mutant.lineNumber} of ${describe(mutant)}`);
    console.log(`    ${known ? `${known.kind}: ${known.reason}` : 'no reason is given'}`);
  }
  console.log('');
}
