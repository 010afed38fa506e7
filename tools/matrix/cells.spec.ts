import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { cells, chooseCells, mayFail, nameOf } from './cells.ts';
import { FLOOR } from './versions.ts';

const MANIFEST = join(import.meta.dirname, '..', '..', 'projects', 'ngx-bearer', 'package.json');

describe('the matrix', () => {
  it('begins with the lowest versions that the package allows, and ends with what comes next', async () => {
    const { peerDependencies, dependencies } = JSON.parse(await readFile(MANIFEST, 'utf8')) as Record<
      'peerDependencies' | 'dependencies',
      Readonly<Record<string, string>>
    >;
    const angular = `>=${FLOOR['angular'] ?? ''}`;
    for (const [name, range] of Object.entries(peerDependencies)) {
      // Only an application that imports ngx-bearer/dpop needs it.
      if (name === 'dpop') continue;
      assert.equal(range, name === 'rxjs' ? `^${FLOOR['rxjs'] ?? ''}` : angular, name);
    }
    assert.deepEqual(dependencies, { tslib: `^${FLOOR['tslib'] ?? ''}` });
    assert.ok(angular.startsWith(`>=${cells[0]?.angular ?? ''}.`));
    assert.deepEqual(cells.filter(mayFail), cells.slice(-2));
  });

  it('has every major with both structures, with and without zone.js', () => {
    for (const major of ['20', '21', '22']) {
      const rows = cells.filter(({ angular }) => angular === major);
      assert.equal(new Set(rows.map(nameOf)).size, 4);
    }
  });

  it('runs the rows whose name begins as asked', () => {
    assert.deepEqual(chooseCells('22-standalone-zoneless').map(nameOf), ['22-standalone-zoneless']);
    assert.deepEqual(chooseCells('22-modules-zone').map(nameOf), ['22-modules-zone']);
    assert.equal(chooseCells('20').length, 4);
    assert.deepEqual(chooseCells('next').map(nameOf), ['next-standalone-zoneless', 'next-modules-zoneless']);
    assert.equal(chooseCells(undefined), cells);
  });

  it('names the rows there are when none is called so', () => {
    assert.throws(() => chooseCells('19'), /No row is called 19\. There are: .*22-modules-zoneless/);
  });
});
