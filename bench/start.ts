/** `npm run bench` at the root: installs the peers where they are missing or others, and runs. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

const BENCH = import.meta.dirname;
/** Written by npm at the end of an install. */
const INSTALLED = join(BENCH, 'node_modules', '.package-lock.json');
const ADAPTERS = join(BENCH, 'adapters', 'adapters.spec.ts');

if (!isInstalled()) {
  console.error('Installing the peers into bench/ …');
  run(npm(), ['ci', '--ignore-scripts']);
}
const options = process.argv.slice(2);
// Nobody is measured who does not do what he says; a run of a few minutes leaves it at the check of the header.
if (options.length === 0)
  run([process.execPath], ['--test', '--test-force-exit', '--test-reporter=dot', ADAPTERS]);
run([process.execPath], [join(BENCH, 'run.ts'), ...options]);

function isInstalled(): boolean {
  return (
    existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(join(BENCH, 'package-lock.json')).mtimeMs
  );
}

/** As `npm run` tells it, so that no shell is needed. */
function npm(): string[] {
  const path = process.env['npm_execpath'];
  if (!path) throw new Error('Start this with npm: npm run bench');
  return [process.execPath, path];
}

function run([command = '', ...first]: readonly string[], parameters: readonly string[]): void {
  const { status, error } = spawnSync(command, [...first, ...parameters], { cwd: BENCH, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
