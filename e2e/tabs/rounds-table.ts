import { playRounds, type RoundsPlan, type RoundsResult } from './rounds.ts';
import { startTable } from './table.ts';

const FIGURES = [
  'rounds',
  'refreshes',
  'refused',
  'reuse detections',
  'dead families',
  'failed calls',
  'ms a round',
];

/** Plays all of them and prints a row for each; the exit code tells whether the library's own are flawless. */
export async function playAll(plans: readonly RoundsPlan[]): Promise<void> {
  const print = startTable(['protocol', 'condition', 'strategy'], FIGURES);
  for (const plan of plans) {
    const result = await playRounds(plan);
    const { rounds, refreshes, refused, reuseDetections, deadFamilies, failedCalls, medianMs } = result;
    print(
      [plan.protocol, plan.condition, plan.strategy],
      [rounds, refreshes, refused, reuseDetections, deadFamilies, failedCalls, medianMs],
    );
    if (plan.strategy === 'ours' && !isFlawless(result)) process.exitCode = 1;
  }
}

function isFlawless(result: RoundsResult): boolean {
  const { rounds, refreshes, refused, reuseDetections, deadFamilies, failedCalls, scattered, mostAtOnce } =
    result;
  const faults = refused + reuseDetections + deadFamilies + failedCalls + scattered;
  return refreshes === rounds && faults === 0 && mostAtOnce === 1;
}
