/**
 * Lets the library work for long, opens and leaves many apps, and looks at what is left behind:
 * `node --expose-gc run-leak.ts`. With `--source` it does so with another copy of the library.
 */
// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import { parseArgs } from 'node:util';
import { type Leaks, LeakHunt } from './leak/leak-hunt.ts';
import { REQUESTS_A_ROUND } from './leak/work.ts';
import { loadLibrary } from './library.ts';

const ROUNDS = 10_000;
const APPS = 1000;
const HEAP_BUDGET_BYTES = 1_000_000;

if (!globalThis.gc) throw new Error('Run with node --expose-gc.');
const { values } = parseArgs({ options: { source: { type: 'string' } } });
const hunt = new LeakHunt(await loadLibrary(values.source));
const { requests, refreshes, byUse, byLeaving } = await hunt.run({ rounds: ROUNDS, apps: APPS });

print('', ['heap', 'timers', 'listeners', 'subscriptions', 'apps']);
report(`after ${figure(requests)} requests, ${figure(refreshes)} refreshes`, byUse);
report(`after ${figure(APPS)} apps opened and destroyed`, byLeaving);
check(requests === ROUNDS * REQUESTS_A_ROUND, 'requests hang');
check(refreshes === ROUNDS, `${figure(ROUNDS)} refreshes were due`);

function report(when: string, { heapBytes, ...counts }: Leaks): void {
  print(when, [`${(heapBytes / 1000).toFixed(0)} kB`, ...Object.values(counts).map(figure)]);
  check(heapBytes < HEAP_BUDGET_BYTES, `${when}, more than ${HEAP_BUDGET_BYTES / 1000} kB are kept`);
  for (const [what, count] of Object.entries(counts)) check(count === 0, `${when}, ${what} are left`);
}

function check(holds: boolean, finding: string): void {
  if (holds) return;
  console.error(`✖ ${finding}`);
  process.exitCode = 1;
}

function print(left: string, columns: string[]): void {
  console.log(left.padEnd(48) + columns.map((column) => column.padStart(15)).join(''));
}

function figure(count: number): string {
  return count.toLocaleString('en');
}
