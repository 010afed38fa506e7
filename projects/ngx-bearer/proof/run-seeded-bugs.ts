/**
 * Puts one bug after the other into a copy of the library, and runs programs until an invariant sees it:
 * `node run-seeded-bugs.ts`, with `--only` for those whose name has a word in it, with `--why`
 * for what the invariant says.
 */
// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import { parseArgs } from 'node:util';
import { invariants } from './invariants/all.ts';
import { prove } from './prove.ts';
import { seededBugs } from './seeded-bugs/all.ts';
import type { SeededBug } from './seeded-bugs/bug.ts';
import { loadWithBug } from './seeded-bugs/patched-library.ts';

const RUNS = 100_000;
const SEED = 20_271_123;

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, why: { type: 'boolean', default: false } },
});
const chosen = seededBugs.filter(({ name }) => name.includes(values.only));

printRow('bug', 'caught by', 'programs');
let found = 0;
const catchers = new Set<string>();
for (const bug of chosen) if (await isFound(bug)) found++;
const idle = values.only ? [] : invariants.filter(({ id }) => !catchers.has(id));
for (const { id, says } of idle) console.log(`✖ ${id} has caught nothing: ${says}`);
console.log(`\n${found} of ${chosen.length} found`);
if (found < chosen.length || found === 0 || idle.length > 0) process.exitCode = 1;

async function isFound(bug: SeededBug): Promise<boolean> {
  const library = await loadWithBug(bug);
  const { counterexample, programs } = await prove(library, {
    runs: RUNS,
    seed: SEED,
    isShrunk: false,
    only: bug.breaks,
  });
  if (counterexample) catchers.add(counterexample.id);
  printRow(bug.name, counterexample?.id ?? 'nothing', programs.toLocaleString('en'));
  if (values.why && counterexample) console.log(`    ${counterexample.finding}`);
  return counterexample !== null;
}

function printRow(...[name, catcher, programs]: [string, string, string]): void {
  console.log(`${name.padEnd(84)}${catcher.padEnd(12)}${programs.padStart(10)}`);
}
