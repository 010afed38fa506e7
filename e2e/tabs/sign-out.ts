import { setTimeout } from 'node:timers/promises';
import type { Protocol } from './servers/token-server.ts';
import { holdsOneOf, readStored } from './stored.ts';
import { reload, type RemoteTab } from './tab.ts';
import { openTabStage, signInEverywhere, type TabStage } from './tab-stage.ts';

/** What so many sign-outs in one tab, while another refreshed, came to. */
export interface SignOutResult {
  /** Until both tabs were signed out. */
  readonly longestMs: number;
  /** Everything that ought not to be so, in words. */
  readonly objections: readonly string[];
}

const POINTS = ['sent', 'answered', 'both at once'] as const;
type Point = (typeof POINTS)[number];

const AT_MOST_MS = 1000;
const UNTIL_QUIET_MS = 150;

/** One tab signs out while another refreshes, so many times. */
export async function signOutDuringRefresh(times: number, protocol: Protocol): Promise<SignOutResult> {
  const stage = await openTabStage({ protocol });
  const objections: string[] = [];
  let longestMs = 0;
  try {
    const tabs = await stage.openSignedIn(2);
    for (let time = 0; time < times; time++) {
      await signInEverywhere(tabs);
      const point = POINTS[time % POINTS.length] ?? 'sent';
      const found = await signOutOnce(point, tabs, stage);
      longestMs = Math.max(longestMs, found.tookMs);
      objections.push(...found.objections.map((objection) => `time ${time + 1}, ${point}: ${objection}`));
    }
  } finally {
    await stage.close();
  }
  return { longestMs, objections };
}

async function signOutOnce(
  point: Point,
  [busy, other]: readonly RemoteTab[],
  stage: TabStage,
): Promise<{ readonly tookMs: number; readonly objections: readonly string[] }> {
  if (!busy || !other) throw new Error('It takes two tabs.');
  const { wire } = stage.server;
  await stage.server.expireAll();
  const stop = wire.stopAt(point === 'sent' ? 'sent' : 'answered');
  const called = busy.call();
  await stop.reached;
  if (point === 'both at once') stop.open();
  const startedAt = performance.now();
  await other.signOut();
  await untilSignedOut([busy, other]);
  const tookMs = performance.now() - startedAt;
  stop.open();
  const { status } = await called;
  await setTimeout(UNTIL_QUIET_MS);
  const third = await stage.open();
  const problems = {
    'a tab is still signed in after a second': tookMs > AT_MOST_MS,
    // Both at once, the call may be back before anybody has signed out.
    [`the call that waited ends with ${status}`]: status !== 401 && point !== 'both at once',
    'the session is back in a tab': (await busy.signedIn()) || (await other.signedIn()),
    'a tab opened later is signed in': await third.signedIn(),
    'the store still holds a token': holdsOneOf(JSON.stringify(await readStored(third)), wire.log.tokens),
    'the session is back after a reload': await isBackAfterReload(busy),
  };
  await third.page.close();
  const objections = Object.entries(problems).flatMap(([problem, isSo]) => (isSo ? [problem] : []));
  return { tookMs, objections };
}

/** Gives up soon after it is too late. */
async function untilSignedOut(tabs: readonly RemoteTab[]): Promise<void> {
  const deadline = performance.now() + AT_MOST_MS;
  let states: boolean[];
  do states = await Promise.all(tabs.map((tab) => tab.signedIn()));
  while (states.includes(true) && performance.now() <= deadline);
}

async function isBackAfterReload(tab: RemoteTab): Promise<boolean> {
  await reload(tab);
  return tab.signedIn();
}
