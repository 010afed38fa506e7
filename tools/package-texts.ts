/** Finishes the package: puts in the texts of the repository's root, which ng-packagr does not reach. */
import { chmod, copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const PACKAGE = join(ROOT, 'dist', 'ngx-bearer');
const READABLE = 0o644;

await Promise.all(
  ['README.md', 'CHANGELOG.md', 'LICENSE'].map((file) => copyFile(join(ROOT, file), join(PACKAGE, file))),
);

// A tarball tells who may read each file, which otherwise hangs on the umask of who has built it.
for (const entry of await readdir(PACKAGE, { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) await chmod(join(entry.parentPath, entry.name), READABLE);
}
