import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { runSteps, type Run } from './run-steps.ts';
import { checkSteps, steps, type Step } from './steps.ts';

const passing: Run = { exitCode: 0, output: 'ℹ pass 3\nℹ fail 0' };

describe('runSteps', () => {
  it('goes on after a step that fails, and fails those that needed it without running them', async () => {
    const { ran, outcomes } = await setup({
      steps: [
        step('build'),
        step('demo', { after: ['build'] }),
        step('e2e', { after: ['demo'] }),
        step('api'),
      ],
      runs: { build: { exitCode: 1, output: '' } },
    });
    assert.deepEqual(ran, ['build', 'api']);
    assert.deepEqual(outcomes, {
      build: [0, 1, undefined],
      demo: [0, 1, 'not run, because "build holds" does not hold'],
      e2e: [0, 1, 'not run, because "demo holds" does not hold'],
      api: [1, 0, undefined],
    });
  });

  it('counts tests, and takes a silent or broken run for a failure', async () => {
    const { outcomes } = await setup({
      steps: ['good', 'bad', 'silent', 'none', 'broken'].map((script) => step(script, { counts: 'tests' })),
      runs: {
        good: passing,
        bad: { exitCode: 1, output: 'ℹ pass 2\nℹ fail 1' },
        silent: { exitCode: 0, output: 'nothing to do' },
        none: { exitCode: 0, output: 'ℹ pass 0\nℹ fail 0' },
        broken: { exitCode: 7, output: passing.output },
      },
    });
    assert.deepEqual(outcomes, {
      good: [3, 0, undefined],
      bad: [2, 1, undefined],
      silent: [0, 1, 'it counted no test'],
      none: [0, 1, 'it counted no test'],
      broken: [3, 1, 'it ended with exit code 7'],
    });
  });

  it('fails no step that says why it is skipped', async () => {
    const output = 'skipped: Firefox is not installed (apt-get install firefox-esr)';
    const { outcomes } = await setup({
      steps: ['gone', 'broken'].map((script) => step(script, { counts: 'tests' })),
      runs: { gone: { exitCode: 0, output: `> run\n${output}\n` }, broken: { exitCode: 1, output } },
    });
    assert.deepEqual(outcomes, { gone: [0, 0, output], broken: [0, 1, 'it ended with exit code 1'] });
  });

  it('fills its lanes, and starts the first step that has what it needs', async () => {
    const { history } = await setup({
      steps: [
        step('build'),
        step('e2e', { after: ['build'] }),
        step('lint'),
        step('api', { after: ['build'] }),
        step('unit'),
      ],
      turns: { e2e: 9 },
    });
    assert.deepEqual(history.slice(0, 5), ['+build', '+lint', '-build', '+e2e', '-lint']);
    assert.deepEqual(history.slice(5), ['+api', '-api', '+unit', '-unit', '-e2e']);
  });

  it('reports a step as soon as it has finished, and returns the results in the order of the steps', async () => {
    const { reported, outcomes } = await setup({
      steps: ['slow', 'fast', 'last'].map((script) => step(script)),
      turns: { slow: 5 },
    });
    assert.deepEqual(reported, ['fast', 'last', 'slow']);
    assert.deepEqual(Object.keys(outcomes), ['slow', 'fast', 'last']);
  });

  it('refuses a step that waits for a script no step runs', async () => {
    await assert.rejects(setup({ steps: [step('demo', { after: ['nothing'] })] }), /waits for a script/);
  });
});

describe('steps', () => {
  it('name scripts of package.json', async () => {
    const { scripts } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
      scripts: Record<string, string>;
    };
    assert.deepEqual(
      [...steps, ...checkSteps].filter(({ script }) => !(script in scripts)),
      [],
    );
  });

  it('wait for scripts that another step runs', () => {
    for (const all of [steps, checkSteps]) {
      const scripts = all.map(({ script }) => script);
      const needed = all.flatMap(({ after = [] }) => after);
      assert.deepEqual(
        needed.filter((script) => !scripts.includes(script)),
        [],
      );
    }
  });
});

function step(script: string, more: Partial<Step> = {}): Step {
  return { sentence: `${script} holds`, script, counts: 'step', ...more };
}

interface Scene {
  readonly steps: readonly Step[];
  readonly runs?: Readonly<Record<string, Run>>;
  /** How many turns of the event loop a script takes. */
  readonly turns?: Readonly<Record<string, number>>;
}

async function setup({ steps: all, runs = {}, turns = {} }: Scene) {
  const history: string[] = [];
  const reported: string[] = [];
  const results = await runSteps(all, {
    lanes: 2,
    run: async ({ script }) => {
      history.push(`+${script}`);
      for (let turn = 0; turn < (turns[script] ?? 1); turn++) await nextTurn();
      history.push(`-${script}`);
      return runs[script] ?? passing;
    },
    report: ({ step: { script } }) => reported.push(script),
  });
  return {
    history,
    reported,
    ran: history.filter((entry) => entry.startsWith('+')).map((entry) => entry.slice(1)),
    outcomes: Object.fromEntries(
      results.map(({ step: { script }, passed, failed, reason }) => [script, [passed, failed, reason]]),
    ),
  };
}
