/** Finishes the package: puts in the texts of the repository's root, which ng-packagr does not reach. */
import { chmod, copyFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { llmsText, readLlmsSources, repositoryAddress } from './llms.ts';

const ROOT = join(import.meta.dirname, '..');
const PACKAGE = join(ROOT, 'dist', 'ngx-bearer');
const READABLE = 0o644;

/** Pages of the repository that the package has, too; the API reports by the types they report on. */
const IN_PACKAGE: Readonly<Record<string, string>> = {
  '../README.md': 'README.md',
  '../CHANGELOG.md': 'CHANGELOG.md',
  '../goldens/ngx-bearer.api.md': 'types/ngx-bearer.d.ts',
  '../goldens/ngx-bearer-router.api.md': 'types/ngx-bearer-router.d.ts',
  '../goldens/ngx-bearer-testing.api.md': 'types/ngx-bearer-testing.d.ts',
};

await Promise.all(
  ['README.md', 'CHANGELOG.md', 'LICENSE'].map((file) => copyFile(join(ROOT, file), join(PACKAGE, file))),
);

const sources = await readLlmsSources(ROOT);
await writeFile(
  join(PACKAGE, 'llms.txt'),
  llmsText(sources, (target) => IN_PACKAGE[target] ?? repositoryAddress(sources.manifest, target)),
);

// A tarball tells who may read each file, which otherwise hangs on the umask of who has built it.
for (const entry of await readdir(PACKAGE, { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) await chmod(join(entry.parentPath, entry.name), READABLE);
}
