/** Runs every step, or the few of `npm run check`, and prints one line of totals at the end. */
import { join } from 'node:path';
import { countTests, sumOf } from './count-tests.ts';
import { ENGINES, ENGINE_TITLES, type EngineName } from './engines.ts';
import { endScripts, runScript } from './run-script.ts';
import { runSteps, type Result, type Run } from './run-steps.ts';
import { checkSteps, steps, type Step } from './steps.ts';

// Most steps wait now and then for the disk, a browser or a server.
const LANES = 2;
/** How much of a failed step is printed again at the end: logs are often cut at their start. */
const LAST_LINES = 40;
const ROOT = join(import.meta.dirname, '..');

// Every spec file of `node --test` is a process of its own, and most of them load the same large packages.
process.env['NODE_COMPILE_CACHE'] ??= join(ROOT, 'node_modules', '.cache', 'node-compile');

const isWindows = process.platform === 'win32';
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endScripts();
    process.exit(1);
  });
}

const startedAt = performance.now();
const chosen = process.argv.includes('--check') ? checkSteps : steps;
const results = await runSteps(chosen, { lanes: LANES, run, report });
summarise(results);

function run({ script }: Step): Promise<Run> {
  const npm = process.env['npm_execpath'];
  const [file, parameters] = npm ? [process.execPath, [npm]] : ['npm', []];
  return runScript({
    file,
    parameters: [...parameters, 'run', '--silent', script],
    cwd: ROOT,
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
  for (const { step, output } of broken) {
    console.log(`\nThe end of what ${step.script} printed:`);
    console.log(output.trim().split('\n').slice(-LAST_LINES).join('\n'));
  }
  if (broken.length > 0) console.log('\nTo run what failed alone:');
  for (const { step } of broken) console.log(`  npm run ${step.script.padEnd(14)} ${step.sentence}`);
  console.log('');
  for (const engine of ENGINES) reportEngine(engine, all);
  const { passed, failed } = sumOf(all);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}

/** In a browser of one engine, over all steps. */
function reportEngine(engine: EngineName, all: readonly Result[]): void {
  const prefix = `in ${ENGINE_TITLES[engine]} (`;
  const own = all.flatMap((result) => {
    if (result.step.engine === engine) return result;
    const lines = result.output.split('\n').filter((line) => line.startsWith(prefix));
    return countTests(lines.join('\n')) ?? [];
  });
  if (own.length === 0) return;
  const { passed, failed, skipped } = sumOf(own);
  console.log(`in ${ENGINE_TITLES[engine]}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
