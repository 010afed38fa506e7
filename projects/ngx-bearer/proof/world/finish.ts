import { REQUEST } from '../program/step.ts';
import { answerRefresh } from './answers.ts';
import { turn } from './clock.ts';
import type { Moments } from './facts.ts';
import { answerSendings, openRefresh, openSendings } from './perform.ts';
import { cancel, isWaiting, request } from './requests.ts';
import type { World } from './world.ts';

const ROUNDS = 60;
/** Longer than a store may take. */
const ROUND_MS = 2500;
/** Longer than any cool-down and than the window of the refresh limit. */
const LONG_AFTER_MS = 61_000;

/** Lets everything come to its end, looks at what is left, and tries whether the library still works. */
export async function finish(world: World, isAsync: boolean): Promise<void> {
  world.note(() => '  then all is answered');
  world.setStore('at once');
  world.prompt = null;
  await quieten(world, isAsync);
  world.see('quiet', null);
  // What the server never answers waits for ever; that is not the library's doing.
  for (const call of world.calls) if (isWaiting(call)) cancel(call, world);
  if (!world.page.isDestroyed) await probe('probed', world, isAsync);
  if (!world.page.grant) {
    if (world.page.isDestroyed) world.reload();
    await quieten(world, isAsync);
    world.signIn('A');
    await probe('signedInAgain', world, isAsync);
  }
  world.destroyPage();
  if (isAsync) await turn();
}

/** Sends a request long after, with every access token expired, and lets it come to its end. */
async function probe(
  moment: keyof Moments & ('probed' | 'signedInAgain'),
  world: World,
  isAsync: boolean,
): Promise<void> {
  world.note(() => '  and a request is tried');
  world.clock.advance(LONG_AFTER_MS);
  await quieten(world, isAsync);
  world.office.expireAll();
  const before = world.attempts.length;
  const { grant } = world.page;
  const { office, setting } = world;
  const isHonoured =
    grant && office.wouldHonour(setting.strategy === 'cookie' ? office.cookie : grant.buysNext);
  request(REQUEST, world);
  const attempt = world.attempts[before];
  await quieten(world, isAsync);
  if (attempt) world.see(moment, { attempt, isHonoured });
}

async function quieten(world: World, isAsync: boolean): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    world.turn++;
    const sendings = openSendings(world);
    const refresh = openRefresh(world);
    world.store.tell();
    if (refresh) answerRefresh(refresh, 'tokens', world);
    answerSendings(sendings, world);
    if (isAsync) await turn();
    world.see('step', null);
    if (openSendings(world).length || openRefresh(world) || world.store.isBusy) continue;
    if (world.clock.pending === 0) return;
    world.clock.advance(ROUND_MS);
  }
}
