/** Runs the specs in one engine: `npm run test:browser`, `test:firefox`, `test:webkit`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ENGINE_TITLES, EngineMissing, findEngine, isEngineName } from './engines.ts';

const ROOT = join(import.meta.dirname, '..');
const ng = join(createRequire(import.meta.url).resolve('@angular/cli/package.json'), '..', 'bin', 'ng.js');
const [name = 'chromium', ...parameters] = process.argv.slice(2);

try {
  if (!isEngineName(name)) throw new Error(`${name} is no engine.`);
  await findEngine(name);
  const browsers = ['--browsers', ENGINE_TITLES[name]];
  const tests = spawn(process.execPath, [ng, 'test', 'ngx-bearer', ...browsers, ...parameters], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  const [exitCode] = (await once(tests, 'close')) as [number | null];
  process.exitCode = exitCode ?? 1;
} catch (error) {
  if (!(error instanceof EngineMissing)) throw error;
  console.log(`skipped: ${error.message}`);
}
