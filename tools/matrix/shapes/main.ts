/** Every gate that `migrate` writes, in one application, healed in Chromium: six 401s, one refresh, six replays. */
import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { migrateShape } from '../../../projects/ngx-bearer/schematics/spec/migrate-shape.ts';
import { readShapes, type Server } from '../../../projects/ngx-bearer/schematics/spec/shapes.ts';
import { findBrowser, launchOptions } from '../../browser.ts';
import { pack } from '../../package-tarball.ts';
import { chooseCells, nameOf } from '../cells.ts';
import { createWorkspace } from '../create-workspace.ts';
import { runNg } from '../run-ng.ts';
import { nameApi } from '../run-page.ts';
import { measureSize } from './measure-size.ts';
import { ShapeServer } from './shape-server.ts';
import { type MigratedShape, writeShapes } from './write-shapes.ts';

const BUILT = join(import.meta.dirname, '..', '..', '..', 'dist', 'ngx-bearer');
const CALLS = 6;
const ROWS = 20;
const ROW = '22-standalone-zoneless';

const { values } = parseArgs({
  options: { only: { type: 'string' }, size: { type: 'boolean', default: false } },
});

if (existsSync(BUILT)) await runAll();
else fail('The library is not built. Run: npm run build');

async function runAll(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'shapes-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  if (values.size) {
    await measureSize(folder, ROW, await pack(BUILT));
    return;
  }
  const shapes = await migrateAll();
  const built = await buildAll(folder, shapes);
  await using cleanUp = new AsyncDisposableStack();
  const server = new ShapeServer();
  cleanUp.defer(() => server.close());
  const url = await server.listen();
  await nameApi(built, url);
  await server.serve(built);
  const browser = await chromium.launch(launchOptions(await findBrowser()));
  cleanUp.defer(() => browser.close());
  let healed = 0;
  for (const { name, server: api } of shapes) {
    const problem = await heal({ name, url, api: api ?? { refresh: '', answers: null } }, server, browser);
    if (problem === undefined) healed += 1;
    else fail(`${name}: ${problem}`);
  }
  console.log(
    `${healed} of ${shapes.length} written gates heal: ${CALLS} 401s, 1 refresh, ${CALLS} replays each`,
  );
}

async function migrateAll(): Promise<MigratedShape[]> {
  const chosen = readShapes().filter(
    ({ outcome, name }) => outcome === 'written' && (values.only === undefined || name === values.only),
  );
  const shapes: MigratedShape[] = [];
  for (const shape of chosen) {
    const migrated = await migrateShape(shape);
    assert.equal(migrated.outcome, 'written', `${shape.name}:\n${migrated.said}`);
    shapes.push({ ...shape, migrated });
  }
  return shapes;
}

async function buildAll(folder: string, shapes: readonly MigratedShape[]): Promise<string> {
  const [cell] = chooseCells(ROW);
  assert.ok(cell);
  const packed = await pack(BUILT);
  const app = await createWorkspace(cell, { folder, packed, tarball: '', isLinked: true });
  await writeShapes(app, shapes);
  await runNg(app, ['build']);
  return join(app, 'dist', nameOf(cell), 'browser');
}

interface Page {
  readonly name: string;
  readonly url: string;
  readonly api: Server;
}

/** Returns what is wrong. */
async function heal(
  { name, url, api }: Page,
  server: ShapeServer,
  browser: Browser,
): Promise<string | undefined> {
  await using cleanUp = new AsyncDisposableStack();
  server.use(api);
  const context = await browser.newContext();
  cleanUp.defer(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  try {
    await page.goto(`${url}/#${name}`);
    await page.waitForFunction('globalThis.shape !== undefined', undefined, { timeout: 10_000 });
    await page.evaluate('shape.signIn()');
    await server.expire();
    const rows = await page.evaluate<number[]>('shape.storm()');
    const { problems, ...counts } = await server.seen();
    assert.deepEqual([...complaints, ...problems], []);
    assert.deepEqual(
      rows,
      Array.from({ length: CALLS }, () => ROWS),
    );
    assert.deepEqual(counts, { rejections: CALLS, refreshes: 1, sendings: 2 * CALLS });
    return undefined;
  } catch (error) {
    const { problems } = await server.seen();
    return [error instanceof Error ? error.message : String(error), ...complaints, ...problems].join('\n  ');
  }
}

function fail(reason: string): void {
  console.error(`✖ ${reason}`);
  process.exitCode = 1;
}
