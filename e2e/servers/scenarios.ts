import assert from 'node:assert/strict';
import { eventually } from '../stage/eventually.ts';
import { expireAll, isRefresh, refreshesOf, statusesOf } from './exchanges.ts';
import { assertRefused, assertUnavailable } from './outcomes.ts';
import type { Desk, Scene } from './scene.ts';
import type { CallEnd } from './page/contract.ts';
import type { DeadToken } from './server.ts';
import type { Stage } from './stage.ts';
import type { Tab } from './tab.ts';

/** The levers answer `Retry-After: 1`. */
export const RETRY_AFTER_MS = 1000;
const MOST_REPETITIONS = 2;

/** Six parallel rejections, and one whose answer arrives after the refresh. */
export async function heal(scene: Scene): Promise<void> {
  const { stage, seen, main } = scene;
  let ends = await rejectSeven(scene);
  for (let again = 0; again < MOST_REPETITIONS && isTooSlow(stage); again++) ends = await rejectSeven(scene);
  assert.deepEqual(
    ends.map(({ status, body }) => `${status} ${body?.includes('alice') ? 'alice' : 'nobody'}`),
    Array<string>(7).fill('200 alice'),
  );
  assert.equal(refreshesOf(stage).length, 1);
  assert.deepEqual(statusesOf(stage, main.tab.mePath), { 200: 7, 401: 7 });
  assert.deepEqual(typesOf(await main.tab.newEvents()), ['refreshed']);
  seen.readExpired();
  seen.readRefresh();
}

async function rejectSeven({ stage, main: { tab } }: Scene): Promise<CallEnd[]> {
  const { wire } = stage;
  await expireAll(stage, wire.accessTokens);
  await tab.newEvents();
  wire.forget();
  const late = wire.holdAnswer((_exchange, url) => url.includes('late'));
  const lateEnd = tab.call('late');
  await late.reached;
  const six = await tab.callSix();
  late.open();
  return [...six, await lateEnd];
}

/** Whether the machine is so busy that the new token, too, expired before the last replay. */
function isTooSlow(stage: Stage): boolean {
  const refreshedAt = refreshesOf(stage)[0]?.answeredAt ?? Infinity;
  const lastAnswerAt = Math.max(...stage.wire.exchanges.map(({ answeredAt }) => answeredAt));
  return lastAnswerAt - refreshedAt > (stage.process.accessSeconds - 1) * 1000;
}

/** The headers of a rejection. */
export async function readHeaders({ stage, seen, main }: Scene): Promise<void> {
  stage.wire.forget();
  const readable = await main.tab.readableHeaders(main.tokens.accessToken);
  seen.readHeaders(Object.keys(readable));
  const sent = Object.keys(stage.wire.exchanges[0]?.answer?.headers ?? {});
  assert.equal(sent.includes('www-authenticate'), 'www-authenticate' in readable);
}

/** The server answers the refresh with 429. */
export async function throttle({ stage, seen, throttled: { tab } }: Scene): Promise<void> {
  stage.wire.forget();
  await stage.process.pull('throttle');
  assertUnavailable(await tab.callSix(), 429);
  assert.equal(refreshesOf(stage).length, 1);
  const events = await tab.newEvents();
  assert.deepEqual(typesOf(events), ['refresh-unavailable']);
  const retryAt = events.map((event) => ('retryAt' in event ? event.retryAt - tab.now : null));
  assert.deepEqual(retryAt, [RETRY_AFTER_MS]);
  seen.readThrottled();
  assert.equal(await tab.signedIn(), true);
}

/** The server is killed while it has a refresh to answer. */
export async function restart({ stage, restarted: { tab } }: Scene): Promise<void> {
  stage.wire.forget();
  const refresh = stage.wire.holdRequest((exchange) => isRefresh(stage, exchange));
  const six = tab.callSix();
  await refresh.reached;
  await eventually(() => Promise.resolve(statusesOf(stage, tab.mePath)), { 401: 6 });
  await stage.process.kill();
  refresh.open();
  const whileDown = [...(await six), await tab.call()];
  // Before the assertions: the scenarios after this one need the server.
  await stage.process.start();
  assertUnavailable(whileDown.slice(0, 6), 0);
  assert.equal(whileDown.at(-1)?.status, 0);
  await eventually(async () => (await tab.call()).status, 200);
  const types = typesOf(await tab.newEvents());
  assert.equal(types.includes('signed-out'), false);
  assert.equal(types.at(-1), 'refreshed');
}

/** The server refuses the refresh, because the refresh token is dead. */
export async function refuse(scene: Scene, dead: DeadToken): Promise<void> {
  const { stage, seen } = scene;
  const { tab } = await prepareDead(scene, dead);
  await endOnce(stage, tab);
  seen.readDead(dead);
}

/** The session of the tab ends at its next six requests. */
export async function endOnce(stage: Stage, tab: Tab): Promise<void> {
  await tab.newEvents();
  stage.wire.forget();
  assertRefused(await tab.callSix(), stage.found.server.rejectionStatus ?? 401);
  assert.deepEqual(
    (await tab.newEvents()).map((event) => [event.type, 'reason' in event ? event.reason : null]),
    [['signed-out', 'refused']],
  );
  assert.equal(await tab.signedIn(), false);
  assert.equal(refreshesOf(stage).length <= 1, true);
}

/** The tab has an expired access token afterwards, and a refresh token that is dead in this way. */
async function prepareDead(scene: Scene, dead: DeadToken): Promise<Desk> {
  const { stage, main, revoked, deleted } = scene;
  if (dead === 'revoked') await stage.process.pull('revoke', { user: 'alice' });
  if (dead === 'revoked') return revoked;
  if (dead === 'deleted') await stage.process.pull('delete-user', { user: 'bob' });
  if (dead === 'deleted') return deleted;
  const { accessToken, refreshToken } = main.tokens;
  const tokens = {
    spent: refreshToken === null ? {} : { refreshToken },
    garbage: { refreshToken: 'garbage' },
    absent: {},
  }[dead];
  await main.tab.use({ accessToken, ...tokens });
  return main;
}

export function typesOf(events: readonly { readonly type: string }[]): string[] {
  return events.map(({ type }) => type);
}
