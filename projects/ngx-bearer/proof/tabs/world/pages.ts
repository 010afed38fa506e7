import type { Page } from './facts.ts';
import { where } from './network.ts';
import type { World } from './world.ts';

/** A tab is closed, or its process dies: what was under way for it is lost. */
export function close(page: Page, how: 'left' | 'crashed', world: World): void {
  if (page.state === 'gone') return;
  if (how === 'left' && page.state === 'running') page.window.dispatchEvent(new Event('pagehide'));
  world.note(() => `       — ${where(page)} is gone`);
  world.look(page);
  world.see('left', page);
  page.state = 'gone';
  world.sessions.forgetUnseen(page);
  page.absences++;
  page.tasks.length = 0;
  world.pages = world.pages.filter((other) => other !== page);
  world.gone.push(page);
  for (const sending of world.sendings)
    if (sending.page === page && sending.state === 'open') sending.state = 'lost';
  world.database.abandon(page);
  world.locks.abandon(page);
}

/** All processes end at once; the browser is started again, and opens the same tabs. */
export function killBrowser(lost: number, world: World): void {
  const tabs = world.pages.map(({ tab }) => tab);
  for (const page of [...world.pages]) close(page, 'crashed', world);
  world.local.loseLast(lost);
  world.sessions.loseSignOuts(world.stored);
  world.note(() => '       — the browser starts again');
  // localStorage without a record is a sign-out.
  if (world.local.items.size === 0) world.sessions.endAny('cleared');
  for (const tab of tabs) world.open(tab);
}

/** The user removes what the origin keeps, which takes longer than what the tabs have under way. Leases stay. */
export async function clear(what: 'localStorage' | 'both', world: World): Promise<void> {
  await allGoAhead(world, { tasks: true, news: true });
  world.sessions.endAny('cleared');
  const settings = world.local.open();
  for (const key of [...world.local.items.keys()]) settings.put(key, null);
  if (what === 'both') world.database.clear();
  await allGoAhead(world, { tasks: true, news: true });
}

/** A page is put away. One in the middle of a transaction is not kept, or not put to sleep. */
export function putToSleep(page: Page, how: 'back/forward cache' | 'frozen', world: World): void {
  if (page.state !== 'running') return;
  const isCached = how === 'back/forward cache';
  if (world.database.isUsedBy(page)) {
    if (isCached) close(page, 'left', world);
    return;
  }
  if (isCached) page.window.dispatchEvent(new Event('pagehide'));
  world.look(page);
  world.see('left', page);
  page.state = 'asleep';
  page.isCached = isCached;
  page.absences++;
  if (isCached) world.locks.abandon(page);
  world.note(() => `       — ${where(page)} sleeps`);
}

/** A page comes back. To one from the back/forward cache nobody tells what it has missed. */
export async function wake(page: Page, world: World): Promise<void> {
  if (page.state !== 'asleep') return;
  const { view } = page.tab;
  page.state = 'running';
  page.wokenIn = world.turn + 1;
  if (page.isCached) {
    while (view.hasUnseen) view.see();
    view.forgetUntold();
  }
  world.note(() => `       — ${where(page)} wakes`);
  await world.enter(page, () => {
    page.toldUpTo = view.seenUpTo;
    if (page.isCached) page.found = world.sessions.foundBy(page);
    page.window.dispatchEvent(new Event(page.isCached ? 'pageshow' : 'visibilitychange'));
  });
}

/** The user looks at a page again. */
export async function show(page: Page, world: World): Promise<void> {
  await world.enter(page, () => {
    page.window.dispatchEvent(new Event('visibilitychange'));
  });
}

/** The platform goes on with what it has to tell a page; false where there is nothing. */
export async function goAhead(page: Page, world: World): Promise<boolean> {
  if (page.state !== 'running') return false;
  const task = page.tasks.shift();
  if (!task) return false;
  world.note(() => `       · ${where(page)}: ${task.what}`);
  await world.enter(page, task.run);
  return true;
}

/** A page is told of the next thing that another tab wrote into localStorage; false where there is nothing. */
export async function tellNext(page: Page, world: World): Promise<boolean> {
  if (page.state !== 'running') return false;
  const write = page.tab.view.nextTold();
  if (!write) return false;
  world.note(() => `       · ${where(page)} is told of a change in localStorage`);
  await world.enter(page, () => {
    page.toldUpTo = Math.max(page.toldUpTo, write.serial);
    if (page.tab.view.ownUpTo > write.serial && world.sessions.grantIn(write.value))
      page.hidden.add(write.serial);
    const { localStorage } = page.window;
    page.window.dispatchEvent(
      Object.assign(new Event('storage'), {
        key: write.key,
        oldValue: write.before,
        newValue: write.value,
        storageArea: localStorage,
      }),
    );
  });
  return true;
}

/** What a platform has to tell its pages. */
export interface Telling {
  /** What the database and the locks have to tell. */
  readonly tasks: boolean;
  /** What other tabs have written into localStorage. */
  readonly news: boolean;
}

/** More than any tabs need that come to rest. */
const MOST_ROUNDS = 500;

/** All that the platform has to tell, it tells; page after page, a step of each at a time. */
export async function allGoAhead(world: World, { tasks, news }: Telling): Promise<void> {
  let round = 0;
  for (let hasMore = true; hasMore;) {
    hasMore = false;
    if (++round > MOST_ROUNDS) {
      world.clock.faults.push(new Error('The tabs do not come to rest.'));
      return;
    }
    for (const page of world.running) {
      if (tasks && (await goAhead(page, world))) hasMore = true;
      if (news && (await tellNext(page, world))) hasMore = true;
    }
  }
}
