/**
 * Puts one bug after the other into a copy of the library, and runs programs until an invariant sees it:
 * `node run-seeded-bugs.ts`, with `--only` for those whose name has a word in it, with `--why`
 * for what the invariant says.
 */
// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import { parseArgs } from 'node:util';
import type { Model } from './model.ts';
import { prove } from './prove.ts';
import type { SeededBug } from './seeded-bugs/bug.ts';
import { loadWithBug } from './seeded-bugs/patched-library.ts';
import { suites } from './seeded-bugs/suites.ts';

const RUNS = 100_000;
const SEED = 20_271_123;

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, why: { type: 'boolean', default: false } },
});
let [found, missed, idle] = [0, 0, 0];
for (const { model, bugs } of suites) {
  const chosen = bugs.filter(({ name }) => name.includes(values.only));
  const catchers = new Set<string>();
  if (chosen.length > 0) printRow(model.name, 'caught by', 'programs');
  for (const bug of chosen) {
    const catcher = await find(bug, model);
    if (catcher) found++;
    else missed++;
    catchers.add(catcher ?? '');
  }
  for (const { id, says } of values.only ? [] : model.invariants.filter(({ id }) => !catchers.has(id))) {
    idle++;
    console.log(`✖ ${id} has caught nothing: ${says}`);
  }
  console.log('');
}
console.log(`${found} of ${found + missed} found`);
if (missed > 0 || found === 0 || idle > 0) process.exitCode = 1;

/** The invariant that sees it. */
async function find(bug: SeededBug, model: Model): Promise<string | null> {
  const library = await loadWithBug(bug);
  const { counterexample, programs } = await prove(model, library, {
    runs: RUNS,
    seed: SEED,
    isShrunk: false,
    only: bug.breaks,
  });
  printRow(bug.name, counterexample?.id ?? 'nothing', programs.toLocaleString('en'));
  if (values.why && counterexample) console.log(`    ${counterexample.finding}`);
  return counterexample?.id ?? null;
}

function printRow(...[name, catcher, programs]: [string, string, string]): void {
  console.log(`${name.padEnd(84)}${catcher.padEnd(12)}${programs.padStart(10)}`);
}
