import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Run } from './run-steps.ts';
import { type Limits, runScript } from './run-script.ts';

const SHORT: Limits = {
  stillMs: 1500,
  computingMs: 50,
  silentCpuMs: 60_000,
  sampleMs: 50,
  endingMs: 100,
};

describe('runScript', () => {
  it('returns the output and the exit code', async () => {
    const run = await runNode('console.log("out"); console.error("err"); process.exitCode = 3');
    assert.equal(run.exitCode, 3);
    assert.deepEqual(run.output.trim().split('\n').sort(), ['err', 'out']);
  });

  it('lets a silent script compute for longer than it may be still', async () => {
    const computes = `let used; do used = process.cpuUsage(); while (used.user + used.system < ${2000 * SHORT.stillMs})`;
    const run = await runNode(`${computes}; console.log('done')`);
    assert.deepEqual(run, { exitCode: 0, output: 'done\n' });
  });

  it('rejects if the command cannot start', async () => {
    const nowhere = runScript({ file: '/no/such/program', parameters: [], cwd: process.cwd() }, SHORT);
    await assert.rejects(nowhere, /ENOENT/);
  });
});

describe('runScript', { skip: process.platform === 'win32' && 'Windows has neither /proc nor ps' }, () => {
  it('ends a script that hangs, and fails it although it exits with 0', async () => {
    const hang = 'process.on("SIGTERM", () => process.exit(0)); setInterval(() => {}, 1e6);';
    const { exitCode, output } = await runNode(hang);
    assert.equal(exitCode, 1);
    assert.match(output, /It hangs: no output and no CPU time for 1.5 s/);
  });

  it('kills a script that ignores SIGTERM, and the child that holds its output open', async () => {
    const stay = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6);';
    const { exitCode, output } = await runNode(
      `${stay} require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stay)}],
         { detached: true, stdio: 'inherit' })`,
    );
    assert.equal(exitCode, 1);
    assert.match(output, /It hangs/);
  });

  it('ends an endless loop', async () => {
    const { exitCode, output } = await runNode('for (;;);', { ...SHORT, silentCpuMs: 500 });
    assert.equal(exitCode, 1);
    assert.match(output, /It hangs: 0.5 s of CPU time without output/);
  });
});

function runNode(code: string, limits = SHORT): Promise<Run> {
  return runScript({ file: process.execPath, parameters: ['-e', code], cwd: process.cwd() }, limits);
}
