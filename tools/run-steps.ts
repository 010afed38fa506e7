import { countTests, type Counts, NONE } from './count-tests.ts';
import type { Step } from './steps.ts';

/** What a finished script leaves. */
export interface Run {
  readonly exitCode: number;
  readonly output: string;
}

export interface Result extends Counts {
  readonly step: Step;
  readonly output: string;
  readonly durationMs: number;
  /** Why it failed, where the output does not say so itself. */
  readonly reason?: string;
}

export interface Course {
  /** How many steps may run side by side. */
  readonly lanes: number;
  readonly run: (step: Step) => Promise<Run>;
  /** Called as soon as a step has finished. */
  readonly report: (result: Result) => void;
}

/**
 * Runs every step, also after one that fails; those that needed the failed one are failed without running. Starts the
 * first that is ready whenever a lane is free; returns the results in the order of the steps.
 */
export async function runSteps(steps: readonly Step[], { lanes, run, report }: Course): Promise<Result[]> {
  const results = new Map<Step, Result>();
  const running = new Map<Step, Promise<void>>();
  while (results.size < steps.length) {
    for (const step of startable(steps, { results, running, lanes })) {
      const finished = perform(step, { results, run }).then((result) => {
        running.delete(step);
        results.set(step, result);
        report(result);
      });
      running.set(step, finished);
    }
    if (running.size === 0) throw new Error('A step waits for a script that no step runs.');
    await Promise.race(running.values());
  }
  return steps.flatMap((step) => results.get(step) ?? []);
}

interface State {
  readonly results: ReadonlyMap<Step, Result>;
  readonly running: ReadonlyMap<Step, unknown>;
  readonly lanes: number;
}

function startable(steps: readonly Step[], { results, running, lanes }: State): Step[] {
  const done = new Set([...results.keys()].map(({ script }) => script));
  const waiting = steps.filter((step) => !results.has(step) && !running.has(step));
  const ready = waiting.filter(({ after = [] }) => after.every((script) => done.has(script)));
  return ready.slice(0, lanes - running.size);
}

async function perform(
  step: Step,
  { results, run }: Pick<State, 'results'> & Pick<Course, 'run'>,
): Promise<Result> {
  const startedAt = performance.now();
  const missing = [...results.values()].find(
    ({ step: { script }, failed }) => failed > 0 && step.after?.includes(script),
  );
  if (missing) {
    const reason = `not run, because "${missing.step.sentence}" does not hold`;
    return { step, output: '', durationMs: 0, passed: 0, failed: 1, skipped: 0, reason };
  }
  const { exitCode, output } = await run(step);
  return { step, output, durationMs: performance.now() - startedAt, ...judge(step, { exitCode, output }) };
}

function judge({ counts }: Step, { exitCode, output }: Run): Counts & { reason?: string } {
  if (counts === 'step') {
    return exitCode === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 };
  }
  const counted = countTests(output) ?? NONE;
  if (exitCode === 0 && counted.passed + counted.failed === 0) {
    const [reason] = /^skipped: .*$/m.exec(output) ?? [];
    return reason === undefined
      ? { ...counted, failed: 1, reason: 'it counted no test' }
      : { ...counted, reason };
  }
  if (exitCode !== 0 && counted.failed === 0) {
    return { ...counted, failed: 1, reason: `it ended with exit code ${exitCode}` };
  }
  return counted;
}
