import type { AnswerRefresh } from '../world/server.ts';
import { type Lane, nextTurn } from './lane.ts';
import { Play } from './play.ts';

export const FAILURES = ['refuse', 'fail', 'never'] as const satisfies readonly AnswerRefresh[];

export interface FailureEnd {
  readonly failure: (typeof FAILURES)[number];
  readonly refreshes: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly hung: number;
  readonly nextSessionWorks: boolean;
}

const CALLS = 100;

/** A hundred rejected requests whose refresh ends so, and the session after that. */
export async function fail(lane: Lane, failure: FailureEnd['failure'], waitMs: number): Promise<FailureEnd> {
  const play = await Play.begin(lane);
  play.server.onRefresh = failure;
  play.server.expire();
  const calls = play.sendMany(CALLS);
  await play.settle();
  const isStuck = () => calls.some(({ status }) => status === null);
  const until = performance.now() + waitMs;
  while (failure === 'never' && isStuck() && performance.now() < until) {
    await pause(100);
    await nextTurn();
  }
  const succeeded = calls.filter(({ status }) => status === 200).length;
  const hung = calls.filter(({ status }) => status === null).length;
  const { refreshes } = play;
  const nextSessionWorks = await play.nextSessionWorks();
  play.client.close();
  return { failure, refreshes, succeeded, failed: CALLS - succeeded - hung, hung, nextSessionWorks };
}

function pause(forMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, forMs));
}
