/**
 * Runs random programs against the library's own source, and looks at every promise of the contract after each step:
 * `node run-proof.ts`, with `--runs` for how many, 1,000,000 by default, with `--seed` for one seed alone, and with
 * `--source` for another copy of the library.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { loadLibrary } from './library.ts';
import { type Proof, tell } from './prove.ts';
import { printCounterexample, printFigures, unseen } from './report.ts';

/** The one seed that every run repeats. */
const FIXED_SEED = 20_271_123;
/** From so many on, what never came up is missing, not just rare. */
const MANY = 20_000;

const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, source: { type: 'string' } },
});
const runs = readCount(values.runs ?? '1000000');
const seeds = values.seed ? [readCount(values.seed)] : [FIXED_SEED, Math.floor(Math.random() * 2 ** 31)];

const proofs = await Promise.all(seeds.map((seed) => proveInThread(seed, Math.ceil(runs / seeds.length))));
printFigures(proofs);
for (const { counterexample } of proofs) {
  if (!counterexample) continue;
  printCounterexample(counterexample, await tell(counterexample.program, await loadLibrary(values.source)));
  process.exitCode = 1;
}
const missing = runs >= MANY && !process.exitCode ? unseen(proofs) : [];
for (const sentence of missing) console.log(`✖ ${sentence}`);
if (missing.length > 0) process.exitCode = 1;
else if (!process.exitCode) console.log('✓ every promise holds');

/** Each seed has a thread of its own: a program takes the clock of its whole thread. */
function proveInThread(seed: number, count: number): Promise<Proof> {
  const workerData = { seed, runs: count, source: values.source };
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('prove-in-thread.ts', import.meta.url), {
      workerData,
      // Programs leave much that is short-lived: with more room it is collected less often.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function readCount(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`'${text}' is no whole number.`);
}
