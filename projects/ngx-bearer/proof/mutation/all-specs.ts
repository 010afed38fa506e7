/** Loads every spec into one file: what takes long in a run of Jest is to begin a file. */
import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const library = join(__dirname, '..', '..');
const load = createRequire(__filename);
const specs = globSync('{src,testing}/**/*.spec.ts', { cwd: library });
for (const file of specs.filter((name) => !name.includes('.properties.')).sort()) load(join(library, file));
