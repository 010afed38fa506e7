import type { Moments, Page } from './facts.ts';
import { allGoAhead, show, wake } from './pages.ts';
import { answered, dealtWith, openRefreshes, openSendings } from './perform.ts';
import { request } from './requests.ts';
import { pass } from './time.ts';
import type { World } from './world.ts';

const ROUNDS = 40;
const ROUND_MS = 2500;
/** Longer than any cool-down and than the window of the refresh limit. */
const LONG_AFTER_MS = 61_000;

/** Lets everything come to its end, looks at what is left, and tries whether all tabs still work. */
export async function finish(world: World): Promise<void> {
  world.note(() => '  then all is answered');
  for (const page of world.pages) await wake(page, world);
  for (const page of world.database.heal()) await show(page, world);
  await quieten(world);
  world.see('quiet', null);
  if (world.pages.length === 0) world.open();
  await probe('probed', world);
  const [first] = world.pages;
  if (!first || world.pages.some(({ grant }) => grant)) return;
  world.note(() => '  and somebody signs in');
  await world.enter(first, () => {
    world.signIn(first, 'A');
  });
  await quieten(world);
  await probe('signedInAgain', world);
}

/** Sends a request from every tab at once, with every access token expired, and lets all come to their end. */
async function probe(moment: keyof Moments & ('probed' | 'signedInAgain'), world: World): Promise<void> {
  world.note(() => '  and every tab sends a request');
  await pass(LONG_AFTER_MS, world);
  await quieten(world);
  world.office.expireAll();
  const before = world.pages.map((page) => ({
    page,
    grant: page.grant,
    isHonoured: isHonoured(page, world),
  }));
  const refreshed = world.refreshes.length;
  const called = world.calls.length;
  for (const page of world.pages) await world.enter(page, () => void request(page, world));
  await quieten(world);
  world.see(moment, {
    calls: world.calls.slice(called),
    refreshes: world.refreshes.slice(refreshed),
    before,
  });
}

/** Whether the server would buy tokens with what a page has. */
function isHonoured({ grant }: Page, { office, setting }: World): boolean {
  if (setting.storage === 'cookie') return office.wouldHonour(office.cookie);
  return !!grant && office.wouldHonour(grant.buysNext);
}

async function quieten(world: World): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    for (const sending of openSendings(world)) await answered(sending, 'truth', world);
    for (const refresh of openRefreshes(world)) await dealtWith(refresh, 'tokens', world);
    await allGoAhead(world, { tasks: true, news: true });
    if (world.judge.violation) return;
    if (openSendings(world).length > 0 || openRefreshes(world).length > 0) continue;
    if (world.clock.nextDueMs === Infinity) return;
    await pass(ROUND_MS, world);
  }
}
