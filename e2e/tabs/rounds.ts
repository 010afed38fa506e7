import { setTimeout } from 'node:timers/promises';
import type { CallEnd, Strategy } from './page/contract.ts';
import type { Protocol, TokenServer } from './servers/token-server.ts';
import type { RemoteTab } from './tab.ts';
import { type Condition, openTabStage, signInEverywhere } from './tab-stage.ts';

export interface RoundsPlan {
  readonly protocol: Protocol;
  readonly condition: Condition;
  readonly strategy: Strategy;
  readonly rounds: number;
  readonly tabs: number;
}

/** What so many rounds came to. */
export interface RoundsResult {
  readonly rounds: number;
  /** Refreshes that brought tokens. */
  readonly refreshes: number;
  readonly refused: number;
  /** Spent tokens that the server saw again. */
  readonly reuseDetections: number;
  /** Rounds after which the newest tokens no longer worked. */
  readonly deadFamilies: number;
  readonly failedCalls: number;
  /** Rounds in which the calls did not reach the server together. */
  readonly scattered: number;
  readonly mostAtOnce: number;
  readonly medianMs: number;
}

const BETWEEN_ROUNDS_MS = 20;

/** In each round all access tokens run out, and all tabs call at the same moment. */
export async function playRounds(plan: RoundsPlan): Promise<RoundsResult> {
  const stage = await openTabStage(plan);
  try {
    const tabs = await stage.openSignedIn(plan.tabs);
    stage.server.wire.log.forget();
    const rounds: Round[] = [];
    while (rounds.length < plan.rounds) rounds.push(await playRound(tabs, stage.server));
    return await sumUp(rounds, stage.server);
  } finally {
    await stage.close();
  }
}

interface Round {
  readonly tookMs: number;
  readonly ends: readonly CallEnd[];
  readonly isAlive: boolean;
  readonly isTogether: boolean;
}

async function playRound(tabs: readonly RemoteTab[], server: TokenServer): Promise<Round> {
  await server.expireAll();
  const rendezvous = server.wire.meet(tabs.length);
  const startedAt = performance.now();
  const ends = await Promise.all(tabs.map((tab) => tab.call()));
  const tookMs = performance.now() - startedAt;
  const isAlive = await server.isAlive();
  const isLost = !isAlive || ends.some(({ status }) => status !== 200);
  if (isLost) await signInEverywhere(tabs);
  await setTimeout(BETWEEN_ROUNDS_MS);
  return { tookMs, ends, isAlive, isTogether: rendezvous.isComplete };
}

async function sumUp(rounds: readonly Round[], server: TokenServer): Promise<RoundsResult> {
  const { log } = server.wire;
  const times = rounds.map(({ tookMs }) => tookMs).sort((left, right) => left - right);
  const failed = rounds.flatMap(({ ends }) => ends).filter(({ status }) => status !== 200);
  return {
    rounds: rounds.length,
    refreshes: log.succeeded,
    refused: log.refused,
    reuseDetections: await server.reuseDetections(),
    deadFamilies: rounds.filter(({ isAlive }) => !isAlive).length,
    failedCalls: failed.length,
    scattered: rounds.filter(({ isTogether }) => !isTogether).length,
    mostAtOnce: log.mostAtOnce,
    medianMs: times[Math.floor(times.length / 2)] ?? NaN,
  };
}
