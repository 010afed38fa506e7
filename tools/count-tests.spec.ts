import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countTests } from './count-tests.ts';

describe('countTests', () => {
  it('reads the totals of Jest, in colour or not', () => {
    const plain =
      'Test Suites: 1 failed, 3 passed, 4 total\nTests:       2 failed, 1 skipped, 30 passed, 33 total\n';
    assert.deepEqual(countTests(plain), { passed: 30, failed: 2, skipped: 1 });
    const coloured =
      '\u001b[1mTests:       \u001b[22m\u001b[1m\u001b[32m30 passed\u001b[39m\u001b[22m, 30 total';
    assert.deepEqual(countTests(coloured), { passed: 30, failed: 0, skipped: 0 });
  });

  it('reads the totals of Karma', () => {
    const line =
      'in Chromium (Chrome Headless 147.0.7727.0 (Linux 0.0.0)): 12 passed, 3 failed, 1 skipped, and the run broke off · 3.1 s';
    assert.deepEqual(countTests(line), { passed: 12, failed: 3, skipped: 1 });
  });

  it('reads the totals of node:test, and counts a cancelled test as failed', () => {
    const spec = 'ℹ tests 7\nℹ pass 4\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\n';
    assert.deepEqual(countTests(spec), { passed: 4, failed: 2, skipped: 1 });
    assert.deepEqual(countTests('# pass 4\n# fail 0\n# cancelled 0\n'), { passed: 4, failed: 0, skipped: 0 });
  });

  it('finds nothing to count in other output', () => {
    assert.equal(countTests('All matched files use Prettier code style!\n4,100 bytes passed\n'), null);
  });
});
