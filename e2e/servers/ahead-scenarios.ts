/** The scenarios of servers that refresh no expired token, so that the library has to refresh ahead of the expiry. */
import assert from 'node:assert/strict';
import { eventually } from '../stage/eventually.ts';
import { expireAll, isRefresh, refreshesOf, statusesOf } from './exchanges.ts';
import { endOnce, RETRY_AFTER_MS, typesOf } from './scenarios.ts';
import type { Desk, Scene } from './scene.ts';
import type { DeadToken } from './server.ts';
import type { Stage } from './stage.ts';
import type { Tab } from './tab.ts';

/** Six parallel requests in the time before the expiry. */
export async function refreshAhead({ stage, seen, main: { tab } }: Scene): Promise<void> {
  const { accessToken } = await untilDue(stage, tab);
  assert.deepEqual(await statusesOfSix(tab), SIX_SUCCEED);
  await eventually(async () => typesOf(await tab.newEvents()).join(), 'refreshed');
  assert.equal(refreshesOf(stage).length, 1);
  seen.readRefresh();
  stage.wire.forget();
  assert.equal((await tab.call()).status, 200);
  assert.equal(stage.wire.accessTokens.includes(accessToken), false);
}

/** The server answers the refresh with 429. */
export async function throttleAhead({ stage, seen, throttled: { tab } }: Scene): Promise<void> {
  await untilDue(stage, tab);
  await stage.process.pull('throttle');
  assert.deepEqual(await statusesOfSix(tab), SIX_SUCCEED);
  const retryAt = tab.now + RETRY_AFTER_MS;
  const times = async () =>
    (await tab.newEvents()).map((event) => ('retryAt' in event ? event.retryAt : event.type));
  await eventually(times, [retryAt]);
  seen.readThrottled();
  assert.equal(await tab.signedIn(), true);
}

/** The server is killed while it has a refresh to answer. */
export async function restartAhead({ stage, restarted: { tab } }: Scene): Promise<void> {
  await untilDue(stage, tab);
  const refresh = stage.wire.holdRequest((exchange) => isRefresh(stage, exchange));
  assert.equal((await tab.call()).status, 200);
  await refresh.reached;
  await stage.process.kill();
  refresh.open();
  assert.equal((await tab.call()).status, 0);
  await stage.process.start();
  const types: string[] = [];
  const refreshed = async () => {
    await tab.call();
    types.push(...typesOf(await tab.newEvents()));
    return types.at(-1);
  };
  await eventually(refreshed, 'refreshed');
  assert.equal(types.includes('signed-out'), false);
}

/** The session of the token is dead at the server. */
export async function refuseAhead(scene: Scene, dead: DeadToken): Promise<void> {
  const { tab } = await prepareDead(scene, dead);
  await endOnce(scene.stage, tab);
  scene.seen.readDead(dead);
}

/** The access token expires before any request refreshes it. */
export async function expire({ stage, seen, main: { tab } }: Scene): Promise<void> {
  const { accessToken } = await tab.signIn('alice');
  await expireAll(stage, [accessToken]);
  await endOnce(stage, tab);
  assert.equal(statusesOf(stage, tab.mePath)[200], undefined);
  seen.readExpired();
}

const SIX_SUCCEED = Array<number>(6).fill(200);

async function statusesOfSix(tab: Tab): Promise<number[]> {
  return (await tab.callSix()).map(({ status }) => status);
}

/** Signs in, and moves the clock of the page to where a refresh is due. The server's clock stays behind. */
async function untilDue({ process, wire }: Stage, tab: Tab) {
  const tokens = await tab.signIn('alice');
  // A JWT of the same second with the same claims is the same text.
  await nextSecond();
  await tab.advance((process.accessSeconds - 1) * 1000);
  await tab.newEvents();
  wire.forget();
  return tokens;
}

async function nextSecond(): Promise<void> {
  const second = () => Math.floor(Date.now() / 1000);
  const started = second();
  await eventually(() => Promise.resolve(second() > started), true);
}

async function prepareDead({ stage, main, revoked, deleted }: Scene, dead: DeadToken): Promise<Desk> {
  if (dead === 'revoked') {
    await revoked.tab.signIn('alice');
    await stage.process.pull('revoke', { user: 'alice' });
    return revoked;
  }
  if (dead === 'deleted') {
    await deleted.tab.signIn('bob');
    await stage.process.pull('delete-user', { user: 'bob' });
    return deleted;
  }
  await main.tab.use({ accessToken: 'garbage' });
  return main;
}
