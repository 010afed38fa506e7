import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { runSteps, type Result, type Run } from './run-steps.ts';
import { steps, type Step } from './steps.ts';

const LONGEST_STEP_MS = 300_000;
// The lint is one long computation and most other steps wait for the disk or a browser.
const LANES = 2;

const isWindows = process.platform === 'win32';
const children = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    children.forEach(end);
    process.exit(1);
  });
}

const startedAt = performance.now();
const results = await runSteps(steps, { lanes: LANES, run, report });
summarise(results);

function run({ script }: Step): Promise<Run> {
  const npm = process.env['npm_execpath'];
  const [command, parameters] = npm ? [process.execPath, [npm]] : ['npm', []];
  const child = spawn(command, [...parameters, 'run', '--silent', script], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
    // A group of its own, so that a step can be ended with everything it started.
    detached: !isWindows,
    shell: isWindows && !npm,
  });
  children.add(child);
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  }
  const limit = setTimeout(() => {
    parts.push(`\nEnded after ${LONGEST_STEP_MS / 1000} s.\n`);
    end(child);
  }, LONGEST_STEP_MS);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      clearTimeout(limit);
      children.delete(child);
      resolve({ exitCode: exitCode ?? 1, output: parts.join('') });
    });
  });
}

function end(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  if (isWindows) child.kill();
  else process.kill(-child.pid, 'SIGTERM');
}

function report({ step, output, ...outcome }: Result): void {
  console.log(`\n▶ ${step.sentence} (npm run ${step.script})`);
  const text = output.trim();
  if (text) console.log(text);
  console.log(verdict({ step, output, ...outcome }));
}

function verdict({ step, passed, failed, durationMs, reason }: Result): string {
  const counts = failed > 0 ? `${passed} passed, ${failed} failed` : `${passed} passed`;
  const why = reason ? `: ${reason}` : '';
  return `${failed > 0 ? '✖' : '✔'} ${step.sentence} · ${counts} · ${seconds(durationMs)}${why}`;
}

function summarise(all: readonly Result[]): void {
  console.log(`\n${all.length} steps in ${seconds(performance.now() - startedAt)}`);
  for (const result of all) console.log(verdict(result));
  const broken = all.filter(({ failed }) => failed > 0);
  if (broken.length > 0) console.log('\nTo run what failed alone:');
  for (const { step } of broken) console.log(`  npm run ${step.script.padEnd(14)} ${step.sentence}`);
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  console.log(
    `\n${sum(all.map(({ passed }) => passed))} passed, ${sum(all.map(({ failed }) => failed))} failed`,
  );
  process.exitCode = broken.length > 0 ? 1 : 0;
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
