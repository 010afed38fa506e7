/** Loads every spec into one file: what takes long in a run of Jest is to begin a file. */
import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const source = join(__dirname, '..', '..', 'src');
const load = createRequire(__filename);
const specs = globSync('**/*.spec.ts', { cwd: source }).filter((file) => !file.includes('.properties.'));
for (const file of specs.sort()) load(join(source, file));
