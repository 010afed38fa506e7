import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diff } from 'node:util';
import { reportApi } from './api-report.ts';

const MOST_NAMES = 22;
const ROOT = join(import.meta.dirname, '..');
const PACKAGE = join(ROOT, 'dist', 'ngx-bearer');
const GOLDEN = join(ROOT, 'goldens', 'ngx-bearer.api.md');

const { text, names } = await reportApi({
  folder: PACKAGE,
  declarations: join(PACKAGE, 'types', 'ngx-bearer.d.ts'),
});
console.log(`${names.length} exported names of at most ${MOST_NAMES}`);
if (names.length > MOST_NAMES) fail(`There are ${names.length - MOST_NAMES} too many: ${names.join(', ')}.`);
if (process.argv.includes('--update')) {
  await writeFile(GOLDEN, text);
  console.log('goldens/ngx-bearer.api.md holds the API as built.');
} else {
  await compare(text);
}

async function compare(built: string): Promise<void> {
  if (!existsSync(GOLDEN)) {
    fail('There is no goldens/ngx-bearer.api.md yet. Read the API, then keep it: npm run api -- --update');
    return;
  }
  const golden = await readFile(GOLDEN, 'utf8');
  if (built === golden) {
    console.log('The public API is the golden.');
    return;
  }
  for (const [change, line] of diff(golden.split('\n'), built.split('\n'))) {
    if (change !== 0) console.error(`${change === -1 ? '+' : '-'} ${line}`);
  }
  fail(
    'The public API is not goldens/ngx-bearer.api.md. If the change is meant, accept it: npm run api -- --update',
  );
}

function fail(reason: string): void {
  console.error(`✖ ${reason}`);
  process.exitCode = 1;
}
