import { readFile, writeFile } from 'node:fs/promises';
import { describeFeatures, DOCS_PAGE, replaceTable } from './docs-table.ts';
import { libraryFiles, libraryProgram } from './library-program.ts';
import { findFaults, findUsedFeatures } from './used-features.ts';

const files = libraryFiles();
const features = findUsedFeatures(libraryProgram(files), files);
const table = describeFeatures(features);
console.log(table);
await writeFile(DOCS_PAGE, replaceTable(await readFile(DOCS_PAGE, 'utf8'), table));
for (const fault of findFaults(features)) {
  console.error(`✖ ${fault}`);
  process.exitCode = 1;
}
