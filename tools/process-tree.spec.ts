import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { parsePs, parseStat, readProcessTree } from './process-tree.ts';

describe('parseStat', () => {
  it('adds up the time of a process and of its ended children, whatever its name is', () => {
    const stat = '42 (npm run (x)) S 7 41 41 0 -1 4194304 9 9 0 0 3 4 50 600 20 0 1 0 8841';
    assert.deepEqual(parseStat(stat), [{ pid: 42, parent: 7, cpuMs: 6570 }]);
  });
});

describe('parsePs', () => {
  it('reads the times of Linux and of macOS', () => {
    assert.deepEqual(parsePs('    1     0 00:00:02\n  42     1   1:02.50\n  43    42 1-02:03:04\n\n'), [
      { pid: 1, parent: 0, cpuMs: 2000 },
      { pid: 42, parent: 1, cpuMs: 62_500 },
      { pid: 43, parent: 42, cpuMs: 93_784_000 },
    ]);
  });
});

describe(
  'readProcessTree',
  { skip: process.platform === 'win32' && 'Windows has neither /proc nor ps' },
  () => {
    it('finds a grandchild in a process group of its own', async () => {
      const grandchild = `setInterval(() => {}, 1000); console.log(process.pid)`;
      const child = spawn(process.execPath, [
        '-e',
        `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}],
         { detached: true, stdio: 'inherit' })`,
      ]);
      const [output] = (await once(child.stdout, 'data')) as [Buffer];
      const grandchildPid = Number(output.toString());
      try {
        const tree = await readProcessTree(child.pid ?? 0);
        assert.deepEqual(tree?.pids, [child.pid, grandchildPid]);
        assert.ok(tree.cpuMs > 0);
      } finally {
        process.kill(grandchildPid);
        child.kill();
      }
    });
  },
);
