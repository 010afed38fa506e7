import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diff } from 'node:util';
import { reportApi } from './api-report.ts';

const ROOT = join(import.meta.dirname, '..');
const PACKAGE = join(ROOT, 'dist', 'ngx-bearer');

/** The entry points, and the most names each may export. */
const MOST_NAMES: Readonly<Record<string, number>> = {
  'ngx-bearer': 30,
  'ngx-bearer-testing': 4,
  'ngx-bearer-router': 2,
  'ngx-bearer-dpop': 3,
};

for (const [entryPoint, mostNames] of Object.entries(MOST_NAMES)) {
  const { text, names } = await reportApi({
    folder: PACKAGE,
    declarations: join(PACKAGE, 'types', `${entryPoint}.d.ts`),
  });
  // As in Angular: what begins with ɵ is between the entry points of the package, and no API.
  const forApps = names.filter((name) => !name.startsWith('ɵ'));
  console.log(`${entryPoint}: ${forApps.length} exported names of at most ${mostNames}`);
  if (forApps.length > mostNames) {
    fail(`There are ${forApps.length - mostNames} too many: ${forApps.join(', ')}.`);
  }
  const golden = `goldens/${entryPoint}.api.md`;
  if (process.argv.includes('--update')) {
    await writeFile(join(ROOT, golden), text);
    console.log(`${golden} holds the API as built.`);
  } else {
    await compare(text, golden);
  }
}

async function compare(built: string, name: string): Promise<void> {
  const file = join(ROOT, name);
  if (!existsSync(file)) {
    fail(`There is no ${name} yet. Read the API, then keep it: npm run api -- --update`);
    return;
  }
  const golden = await readFile(file, 'utf8');
  if (built === golden) {
    console.log(`The public API is ${name}.`);
    return;
  }
  for (const [change, line] of diff(golden.split('\n'), built.split('\n'))) {
    if (change !== 0) console.error(`${change === -1 ? '+' : '-'} ${line}`);
  }
  fail(`The public API is not ${name}. If the change is meant, accept it: npm run api -- --update`);
}

function fail(reason: string): void {
  console.error(`✖ ${reason}`);
  process.exitCode = 1;
}
