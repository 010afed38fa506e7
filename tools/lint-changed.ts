/** Lints what differs from the last commit, new files too: `npm run lint:changed`. */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const CODE = /\.(ts|js|mjs|html)$/;

const files = changedFiles();
const code = files.filter((file) => CODE.test(file));
console.log(`${files.length} files differ from HEAD, ${code.length} of them are code`);
if (code.length > 0) run('eslint/bin/eslint.js', ['--no-warn-ignored', ...cacheOptions(), ...code]);
if (files.length > 0) run('prettier/bin/prettier.cjs', ['--check', '--ignore-unknown', ...files]);

function changedFiles(): string[] {
  const modified = git('diff', '--name-only', '--diff-filter=d', '-z', 'HEAD');
  const added = git('ls-files', '--others', '--exclude-standard', '-z');
  return [...new Set([...modified, ...added])].sort();
}

function git(...parameters: string[]): string[] {
  const names = execFileSync('git', parameters, { cwd: ROOT, encoding: 'utf8' });
  return names.split('\0').filter((name) => name !== '');
}

/** The cache of `npm run lint`. */
function cacheOptions(): string[] {
  return ['--cache', '--cache-strategy', 'content', '--cache-location', 'node_modules/.cache/eslint/'];
}

function run(program: string, parameters: readonly string[]): void {
  const path = join(ROOT, 'node_modules', program);
  const { status } = spawnSync(process.execPath, [path, ...parameters], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
