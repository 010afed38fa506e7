import { setTimeout } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { ENGINE } from '../stage/engine.ts';
import type { CallEnd } from './page/contract.ts';
import type { Checkpoint } from './servers/checkpoint.ts';
import type { Protocol } from './servers/token-server.ts';
import { inWords, type RemoteTab } from './tab.ts';
import { processOf, untilGone } from './tab-process.ts';
import { type Condition, openTabStage, type TabStage } from './tab-stage.ts';

/** What happens to the tab that refreshes. */
export const WAYS = ['closed', 'crashed', 'navigated', 'frozen'] as const;
export type Way = (typeof WAYS)[number];

/** How far its refresh has come: the strategy runs, the request is out, the server has answered, the tab has it. */
export const POINTS = ['unsent', 'sent', 'answered', 'written'] as const;
export type Point = (typeof POINTS)[number];

export interface KillPlan {
  readonly way: Way;
  readonly point: Point;
  readonly protocol: Protocol;
  readonly condition: Condition;
  readonly context: BrowserContext;
}

/** What became of the tabs that were left. */
export interface Aftermath {
  readonly settledAfterMs: number;
  /** The calls that waited when it happened. */
  readonly waited: readonly CallEnd[];
  /** One more call of each tab, when any cool-down is over. */
  readonly afterwards: readonly CallEnd[];
  /** For each tab, whether it is signed in after all. */
  readonly signedIn: readonly boolean[];
  readonly refreshesSent: number;
  readonly reuses: number;
  readonly resent: number;
  /** For each tab, its events since the sign-in. */
  readonly events: readonly (readonly string[])[];
}

/** Shortens the wait for a tab that never lets go: by default it is 12 s. */
export const REFRESH_TIMEOUT_MS = 3000;
const LONGEST_MS = 15_000;
const LONGEST_COOL_DOWN_MS = 1300;
const UNTIL_IN_LINE_MS = 150;

/** The first of three tabs refreshes, the others wait for it, and it is gone. */
export async function killRefresher(plan: KillPlan): Promise<Aftermath> {
  const stage = await openTabStage({ ...plan, refreshTimeoutMs: REFRESH_TIMEOUT_MS });
  try {
    const [victim, ...others] = await stage.openSignedIn(3);
    const { log } = stage.server.wire;
    log.forget();
    await stage.server.expireAll();
    const stop = await bringTo(plan.point, victim, stage);
    const ends = Promise.all(others.map((tab) => tab.call()));
    await setTimeout(UNTIL_IN_LINE_MS);
    if (plan.point === 'written') await deliver(stop, stage);
    const startedAt = performance.now();
    const revive = await end(plan.way, victim.page);
    // A server answers a tab that is only asleep; what a lost one has sent, the wire drops.
    if (revive) stop?.open();
    const waited = await within(LONGEST_MS, ends);
    const settledAfterMs = performance.now() - startedAt;
    if (revive) {
      await revive();
      await victim.holdRefreshes(false);
    }
    const left = revive ? [victim, ...others] : others;
    await setTimeout(LONGEST_COOL_DOWN_MS);
    const afterwards = await within(LONGEST_MS, Promise.all(left.map((tab) => tab.call())));
    await setTimeout(UNTIL_IN_LINE_MS);
    const events = await Promise.all(left.map(async (tab) => inWords(await tab.events()).slice(1)));
    const signedIn = await Promise.all(left.map((tab) => tab.signedIn()));
    return {
      settledAfterMs,
      waited,
      afterwards,
      signedIn,
      refreshesSent: log.refreshes.length,
      reuses: log.reuses,
      resent: log.resent,
      events,
    };
  } finally {
    await stage.close();
  }
}

/** Starts the refresh of a tab, and stops it there. */
async function bringTo(point: Point, victim: RemoteTab, { server }: TabStage): Promise<Checkpoint | null> {
  const { wire } = server;
  const stop = point === 'unsent' ? null : wire.stopAt(point === 'sent' ? 'sent' : 'answered');
  if (!stop) await victim.holdRefreshes(true);
  // It may never end, or end with its page.
  victim.call().catch(() => undefined);
  if (stop) await stop.reached;
  else await victim.page.waitForFunction(() => window.tab.heldRefreshes() > 0);
  return stop;
}

async function deliver(stop: Checkpoint | null, { server }: TabStage): Promise<void> {
  const delivered = server.wire.stopAt('delivered');
  stop?.open();
  await delivered.reached;
  delivered.open();
}

/** Returns how to bring it back, where that is possible. */
async function end(way: Way, page: Page): Promise<(() => Promise<void>) | null> {
  switch (way) {
    case 'closed':
      await page.close();
      return null;
    case 'crashed':
      await crash(page);
      return null;
    case 'navigated':
      await page.goto('about:blank');
      return null;
    case 'frozen':
      return freeze(page);
  }
}

async function crash(page: Page): Promise<void> {
  if (ENGINE === 'chromium') {
    const session = await page.context().newCDPSession(page);
    // It never answers.
    session.send('Page.crash').catch(() => undefined);
    await new Promise((resolve) => page.once('crash', resolve));
    return;
  }
  const pid = await processOf(page);
  process.kill(pid, 'SIGKILL');
  await untilGone(pid);
}

/** As the browser does it in Chromium; elsewhere the process of the page is stopped. */
async function freeze(page: Page): Promise<() => Promise<void>> {
  if (ENGINE === 'chromium') {
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    return async () => {
      await session.send('Page.setWebLifecycleState', { state: 'active' });
      await page.bringToFront();
    };
  }
  const pid = await processOf(page);
  process.kill(pid, 'SIGSTOP');
  return () => Promise.resolve(void process.kill(pid, 'SIGCONT'));
}

async function within<Value>(limitMs: number, promise: Promise<Value>): Promise<Value> {
  const late = new AbortController();
  const timeout = setTimeout(limitMs, null, { signal: late.signal }).then(() => {
    throw new Error(`The tabs that are left have not gone on within ${limitMs} ms.`);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    late.abort();
    timeout.catch(() => undefined);
  }
}
