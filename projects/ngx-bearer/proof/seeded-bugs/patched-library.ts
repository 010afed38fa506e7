import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DPOP, type Library, loadLibrary, SOURCE } from '../library.ts';
import type { Patch, SeededBug } from './bug.ts';

/**
 * The library with a bug in it.
 *
 * @throws where a patch no longer fits: the source has changed, and the bug has to change with it.
 */
export async function loadWithBug({ name, patches }: SeededBug): Promise<Library> {
  const folder = await mkdtemp(join(tmpdir(), 'ngx-bearer-bug-'));
  const copy = join(folder, 'src');
  try {
    await cp(SOURCE, copy, { recursive: true });
    await cp(join(SOURCE, DPOP), join(copy, DPOP), { recursive: true });
    for (const patch of patches) {
      await writeFile(join(copy, patch.file), await readWithBug(patch, name, copy));
    }
    return await loadLibrary(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The text of a source file with a mistake in it.
 *
 * @throws where the patch no longer fits.
 */
export async function readWithBug(
  { file, find, replace }: Patch,
  name: string,
  folder = SOURCE,
): Promise<string> {
  const before = await readFile(join(folder, file), 'utf8');
  const times = before.split(find).length - 1;
  if (times === 1) return before.replace(find, () => replace);
  throw new Error(`The bug '${name}' no longer fits: ${file} holds ${times} times, and not once:\n${find}`);
}
