import { cp, mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { npm } from './package-npm.ts';
import { pack, type Tarball } from './package-tarball.ts';

const ROOT = join(import.meta.dirname, '..');

/** What `npm run build` reads. */
const SOURCES = [
  'package.json',
  'angular.json',
  'tsconfig.json',
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
  'docs/README.md',
  'projects/ngx-bearer',
  'tools/docs-links.ts',
  'tools/llms.ts',
  'tools/package.json',
  'tools/package-texts.ts',
  'tools/readme/blocks.ts',
];

/** Another than is usual, so that the package is seen not to depend on it. */
const UMASK = 0o077;

/** Builds the library from scratch, without a cache, in another folder and for its owner's eyes alone, and packs it. */
export async function rebuildAndPack(): Promise<Tarball> {
  const folder = await mkdtemp(join(tmpdir(), 'rebuilt-'));
  const usual = process.umask(UMASK);
  try {
    for (const source of SOURCES) {
      await mkdir(dirname(join(folder, source)), { recursive: true });
      await cp(join(ROOT, source), join(folder, source), { recursive: true });
    }
    await symlink(await realpath(join(ROOT, 'node_modules')), join(folder, 'node_modules'), 'junction');
    await npm(['run', 'build'], folder);
    return await pack(join(folder, 'dist', 'ngx-bearer'));
  } finally {
    process.umask(usual);
    await rm(folder, { recursive: true });
  }
}
