/**
 * The library and its peers, side by side. `--quick` takes few samples, `--ours` only the smallest gate and ours, and
 * neither writes the page, unless `--write` says so.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LIBRARY } from '../tools/bundle.ts';
import { FEWEST_FILES, FILES, gatherEntrants } from './measure/entrants.ts';
import { measureAll } from './measure/all.ts';
import { FULL, QUICK } from './measure/run.ts';
import { drawTables, tablesOf } from './report/tables.ts';
import { busyness, describeMachine } from './report/machine.ts';
import { writePage } from './report/page.ts';
import { inChromium } from './samples/in-chromium.ts';
import { inNode } from './samples/in-node.ts';

const wants = (option: string) => process.argv.includes(`--${option}`);
const isQuick = wants('quick') || wants('ours');
const begun = performance.now();
const busyAtFirst = busyness();
if (!existsSync(LIBRARY)) throw new Error('The library is not built. Run: npm run build');

await mkdir(join(import.meta.dirname, 'dist'), { recursive: true });
const folder = await mkdtemp(join(import.meta.dirname, 'dist', 'run-'));
const node = inNode(folder);
const chromium = await inChromium(folder);
try {
  say('bundles');
  const entrants = await gatherEntrants(folder, node, wants('ours') ? FEWEST_FILES : FILES);
  const extent = isQuick ? QUICK : FULL;
  const figures = await measureAll({ extent, node, chromium, entrants, troubles: [], say });
  const machine = await describeMachine(chromium.version, busyAtFirst);
  console.log(machine.join('\n'));
  console.log(drawTables(tablesOf(figures)));
  for (const trouble of figures.troubles) console.log(`Not measured: ${trouble}`);
  if (!isQuick || wants('write')) await writePage(figures, machine);
} finally {
  await chromium.close();
  await rm(folder, { recursive: true });
}
say('done');

function say(what: string): void {
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.error(`${`${seconds} s`.padStart(7)}  ${what}`);
}
