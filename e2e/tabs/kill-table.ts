import { killRefresher, type KillPlan, POINTS, WAYS } from './kill.ts';
import { objections } from './kill-verdict.ts';
import { startOwnBrowser } from './own-browser.ts';
import { startTable } from './table.ts';
import type { Condition } from './tab-stage.ts';

// Each waits more than it works.
const AT_ONCE = 4;
const FIGURES = [
  'times',
  'longest wait ms',
  'failed calls',
  'tokens used twice',
  'sessions lost',
  'objections',
];

/** What so many ends of one kind came to. */
interface KillResult {
  readonly longestMs: number;
  /** Of those that waited when it happened. */
  readonly failedCalls: number;
  readonly usedTwice: number;
  readonly lost: number;
  readonly objections: readonly string[];
}

/** Ends the tab that refreshes, so many times in each way at each point, and prints a row for each. */
export async function killAll(times: number, conditions: readonly Condition[]): Promise<void> {
  const own = await startOwnBrowser();
  const { context } = own;
  const print = startTable(['condition', 'tab', 'refresh'], FIGURES);
  const plans = conditions.flatMap((condition) =>
    WAYS.flatMap((way) =>
      POINTS.map((point) => ({ condition, way, point, protocol: 'oidc', context }) as const),
    ),
  );
  try {
    for (const plan of plans) {
      const { longestMs, failedCalls, usedTwice, lost, objections: found } = await killOften(plan, times);
      print(
        [plan.condition, plan.way, plan.point],
        [times, longestMs, failedCalls, usedTwice, lost, found.length],
      );
      report(found);
    }
  } finally {
    await own.close();
  }
}

function report(found: readonly string[]): void {
  for (const objection of new Set(found)) console.log(`  ${objection}`);
  if (found.length > 0) process.exitCode = 1;
}

async function killOften(plan: KillPlan, times: number): Promise<KillResult> {
  const ends: KillResult[] = [];
  while (ends.length < times) {
    const count = Math.min(AT_ONCE, times - ends.length);
    ends.push(...(await Promise.all(Array.from({ length: count }, () => killOnce(plan)))));
  }
  return {
    longestMs: Math.max(...ends.map(({ longestMs }) => longestMs)),
    failedCalls: sum(ends.map(({ failedCalls }) => failedCalls)),
    usedTwice: sum(ends.map(({ usedTwice }) => usedTwice)),
    lost: sum(ends.map(({ lost }) => lost)),
    objections: ends.flatMap(({ objections: found }) => found),
  };
}

async function killOnce(plan: KillPlan): Promise<KillResult> {
  try {
    const aftermath = await killRefresher(plan);
    return {
      longestMs: aftermath.settledAfterMs,
      failedCalls: aftermath.waited.filter(({ status }) => status !== 200).length,
      usedTwice: aftermath.reuses,
      lost: aftermath.signedIn.includes(false) ? 1 : 0,
      objections: objections(plan, aftermath),
    };
  } catch (error) {
    // That some tab never went on is a result, too: those of the other times are still wanted.
    const message = error instanceof Error ? error.message : String(error);
    return { longestMs: 0, failedCalls: 0, usedTwice: 0, lost: 0, objections: [message] };
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
