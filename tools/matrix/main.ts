import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from '../browser.ts';
import { pack } from '../package-tarball.ts';
import { type Cell, chooseCells, mayFail, nameOf } from './cells.ts';
import { checkFloor } from './check-floor.ts';
import { type Row, runCell } from './run-cell.ts';

const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'ngx-bearer');

const { values } = parseArgs({
  options: { only: { type: 'string' }, linked: { type: 'boolean', default: false } },
});

if (existsSync(BUILT)) await runAll();
else fail('The library is not built. Run: npm run build');

async function runAll(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matrix-'));
  // Also when it is ended early: what is installed here is large.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  const packed = await pack(BUILT);
  const kit = { folder, packed, tarball: join(folder, packed.fileName), isLinked: values.linked };
  await writeFile(kit.tarball, packed.bytes);
  if (!values.linked) await checkFloor(kit);
  const browser = await findBrowser();
  console.log(
    line([
      'row',
      'Angular TypeScript RxJS',
      'set up',
      'tests',
      '401s',
      'refreshes',
      'replays',
      'followed',
      's',
    ]),
  );
  for (const cell of chooseCells(values.only)) {
    const startedAt = performance.now();
    await runCell(cell, kit, browser).then(
      (row) => print(cell, row, performance.now() - startedAt),
      (error: unknown) => (mayFail(cell) ? warn : fail)(`${nameOf(cell)}: ${messageOf(error)}`),
    );
  }
}

function print(cell: Cell, row: Row, durationMs: number): void {
  const { versions, tests, rejections, refreshes, replays, followed } = row;
  const seconds = (durationMs / 1000).toFixed(0);
  const figures = [rejections, refreshes, replays, followed].map(String);
  console.log(line([nameOf(cell), versions, cell.setup, tests, ...figures, seconds]));
}

function line([name = '', versions = '', ...rest]: readonly string[]): string {
  return name.padEnd(26) + versions.padEnd(26) + rest.map((text) => text.padEnd(10)).join('');
}

function fail(reason: string): void {
  console.error(`✖ ${reason}`);
  process.exitCode = 1;
}

function warn(reason: string): void {
  console.warn(`⚠ may fail: ${reason}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
