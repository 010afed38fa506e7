import { stripVTControlCharacters } from 'node:util';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

const NAMES: Readonly<Record<string, keyof Counts>> = {
  pass: 'passed',
  fail: 'failed',
  cancelled: 'failed',
  skipped: 'skipped',
};

/** The totals that Jest, the Karma reporter of this project and `node:test` print, summed; null where there are none. */
export function countTests(output: string): Counts | null {
  const totals = stripVTControlCharacters(output).split('\n').flatMap(countsIn);
  if (totals.length === 0) return null;
  return sumOf(totals);
}

export function sumOf(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    NONE,
  );
}

function countsIn(line: string): Counts[] {
  // Jest: `Tests:       1 failed, 2 skipped, 3 passed, 6 total`. Karma: `in WebKit (Safari 26.4): 3 passed, 1 failed, 0 skipped`.
  if (/^Tests: .*\d+ total$/.test(line) || /: \d+ passed, \d+ failed, \d+ skipped/.test(line)) {
    const count = (word: keyof Counts) => numberBefore(word, line);
    return [{ passed: count('passed'), failed: count('failed'), skipped: count('skipped') }];
  }
  // node:test: `ℹ pass 3`, or `# pass 3` as TAP; a test that never ended is `cancelled`.
  const [, label = '', count] = /^[ℹ#] (pass|fail|cancelled|skipped) (\d+)$/.exec(line) ?? [];
  const name = NAMES[label];
  return name ? [{ ...NONE, [name]: Number(count) }] : [];
}

function numberBefore(word: string, line: string): number {
  return Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
}
