import { join } from 'node:path';
import { endScripts, runScript } from './run-script.ts';
import { runSteps, type Result, type Run } from './run-steps.ts';
import { steps, type Step } from './steps.ts';

// Most steps wait now and then for the disk, a browser or a server.
const LANES = 2;

const isWindows = process.platform === 'win32';
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endScripts();
    process.exit(1);
  });
}

const startedAt = performance.now();
const results = await runSteps(steps, { lanes: LANES, run, report });
summarise(results);

function run({ script }: Step): Promise<Run> {
  const npm = process.env['npm_execpath'];
  const [file, parameters] = npm ? [process.execPath, [npm]] : ['npm', []];
  return runScript({
    file,
    parameters: [...parameters, 'run', '--silent', script],
    cwd: join(import.meta.dirname, '..'),
    shell: isWindows && !npm,
  });
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
