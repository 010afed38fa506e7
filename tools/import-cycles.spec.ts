import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { findCycles, readImports } from './import-cycles.ts';

const SOURCE = join(import.meta.dirname, '..', 'projects', 'ngx-bearer', 'src');

describe('the source of the library', () => {
  it('has no import cycle, imports of types included', async () => {
    assert.deepEqual(findCycles(await readImports(SOURCE)), []);
  });
});

describe('an import cycle', () => {
  it('is found through types, folders and re-exports', async () => {
    const imports = await setup({
      'a.ts': `import type { B } from './room/b';`,
      'room/b.ts': `export { c } from '../c';`,
      'c.ts': `import { a } from './a';`,
      'd.ts': `import { a } from './a';`,
    });
    assert.deepEqual(findCycles(imports), [['a.ts', 'c.ts', 'room/b.ts']]);
  });

  it('is one for each group of files', async () => {
    const imports = await setup({
      'a.ts': `import { b } from './b.ts';`,
      'b.ts': `import { a } from './a.ts';`,
      'self.ts': `import { self } from './self';`,
    });
    assert.deepEqual(findCycles(imports), [['a.ts', 'b.ts'], ['self.ts']]);
  });

  it('is not found if two files import a third', async () => {
    const imports = await setup({
      'a.ts': `import { b } from './b';\nimport { c } from './c';`,
      'b.ts': `import { c } from './c';`,
      'c.ts': `import { Observable } from 'rxjs';`,
    });
    assert.deepEqual(findCycles(imports), []);
  });
});

async function setup(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'imports-'));
  after(() => rm(folder, { recursive: true }));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return readImports(folder);
}
