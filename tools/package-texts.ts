/** Puts the texts of the repository's root into the package, which ng-packagr does not reach. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

await Promise.all(
  ['README.md', 'CHANGELOG.md', 'LICENSE'].map((file) =>
    copyFile(join(ROOT, file), join(ROOT, 'dist/ngx-bearer', file)),
  ),
);
