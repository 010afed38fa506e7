/** Runs the specs in every engine that is installed, side by side, or in those named: `npm run test:browser -- firefox`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  ENGINE_TITLES,
  EngineMissing,
  ENGINES,
  type EngineName,
  findEngine,
  isEngineName,
} from './engines.ts';

const ROOT = join(import.meta.dirname, '..');
const ng = join(createRequire(import.meta.url).resolve('@angular/cli/package.json'), '..', 'bin', 'ng.js');

const words = process.argv.slice(2);
const named = words.filter(isEngineName);
const engines: EngineName[] = [];
for (const name of named.length > 0 ? named : ENGINES) if (await isInstalled(name)) engines.push(name);
if (engines.length > 0) {
  const browsers = engines.map((name) => ENGINE_TITLES[name]).join();
  const parameters = words.filter((word) => !isEngineName(word));
  const tests = spawn(process.execPath, [ng, 'test', 'ngx-bearer', '--browsers', browsers, ...parameters], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  const [exitCode] = (await once(tests, 'close')) as [number | null];
  process.exitCode = exitCode ?? 1;
}

async function isInstalled(name: EngineName): Promise<boolean> {
  try {
    await findEngine(name);
    return true;
  } catch (error) {
    if (!(error instanceof EngineMissing)) throw error;
    console.log(`skipped: ${error.message}`);
    return false;
  }
}
