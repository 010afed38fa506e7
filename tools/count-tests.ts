import { stripVTControlCharacters } from 'node:util';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** The totals that Jest, the Karma reporter of this project and `node:test` print, summed; null where there are none. */
export function countTests(output: string): Counts | null {
  const totals = stripVTControlCharacters(output).split('\n').flatMap(countsIn);
  if (totals.length === 0) return null;
  return totals.reduce((sum, { passed, failed }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
  }));
}

function countsIn(line: string): Counts[] {
  // Jest: `Tests:       1 failed, 2 skipped, 3 passed, 6 total`. Karma: `Chrome Headless 147 (Linux): 3 passed, 1 failed`.
  if (/^Tests: .*\d+ total$/.test(line) || /: \d+ passed, \d+ failed, \d+ skipped/.test(line)) {
    return [{ passed: numberBefore('passed', line), failed: numberBefore('failed', line) }];
  }
  // node:test: `ℹ pass 3`, or `# pass 3` as TAP; a test that never ended is `cancelled`.
  const [, label, count] = /^[ℹ#] (pass|fail|cancelled) (\d+)$/.exec(line) ?? [];
  if (label === undefined) return [];
  return [label === 'pass' ? { passed: Number(count), failed: 0 } : { passed: 0, failed: Number(count) }];
}

function numberBefore(word: string, line: string): number {
  return Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
}
