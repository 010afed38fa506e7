import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { migrateShape } from '../../../projects/ngx-bearer/schematics/spec/migrate-shape.ts';
import { readShapes } from '../../../projects/ngx-bearer/schematics/spec/shapes.ts';
import type { Tarball } from '../../package-tarball.ts';
import { chooseCells } from '../cells.ts';
import { createWorkspace } from '../create-workspace.ts';
import { runNg } from '../run-ng.ts';

/** The commonest gate, with its tokens in localStorage. */
const NAME = 'function-behavior-subject';

/** Prints what the first load of an application weighs with its own gate, and what with ngx-bearer in its place. */
export async function measureSize(folder: string, row: string, packed: Tarball): Promise<void> {
  const shape = readShapes().find(({ name }) => name === NAME);
  const [cell] = chooseCells(row);
  assert.ok(shape && cell);
  const { files } = await migrateShape(shape);
  for (const [what, sources] of [
    ['own gate', shape.files],
    ['ngx-bearer', files],
  ] as const) {
    const place = join(folder, what);
    await mkdir(place);
    const app = await createWorkspace(cell, { folder: place, packed, tarball: '', isLinked: true });
    for (const [path, text] of Object.entries(sources).filter(([each]) => each.endsWith('.ts'))) {
      await mkdir(dirname(join(app, path)), { recursive: true });
      await writeFile(join(app, path), text);
    }
    const said = await runNg(app, ['build']);
    const [, raw = '', transfer = ''] = /Initial total\s*\|\s*([^|]+?)\s*\|\s*(.+)/.exec(said) ?? [];
    console.log(`first load with ${what.padEnd(10)} ${raw} raw, ${transfer} transfer`);
  }
}
