import type { Moments, Page } from '../world/facts.ts';
import type { World } from '../world/world.ts';
import type { TabsSituation } from './invariant.ts';

type Told = Moments['told'];

/** What programs have to come across between tabs, or their silence means nothing. */
export const situations: readonly TabsSituation[] = [
  { name: 'a tab adopts the tokens of another', at: { told: (told) => isNews(told, 'refreshed') } },
  { name: 'a tab follows a sign-in of another', at: { told: (told) => isNews(told, 'signed-in') } },
  { name: 'a tab follows a sign-out of another', at: { told: isFollowedSignOut } },
  {
    name: 'a refused session ends in the other tabs',
    at: { told: (told, world) => isNews(told, 'signed-out') && endingsOf(told, world).has('refused') },
  },
  {
    name: 'two tabs sign in at once',
    at: {
      told: (told, { sessions }) =>
        isNews(told, 'signed-in') && !!told.before && sessions.of(told.before)?.stored === null,
    },
  },
  {
    name: 'a tab that waits for a lock is overtaken',
    at: { told: (told, { locks }) => isNews(told, 'refreshed') && locks.isAwaitedBy(told.page) },
  },
  {
    name: 'a tab that waits for a lease is overtaken',
    at: {
      told: (told, world) =>
        isNews(told, 'refreshed') && world.setting.platform === 'lease' && isWaiting(told.page, world),
    },
  },
  {
    name: 'a tab that has its turn finds the tokens of another',
    at: {
      told: (told, world) =>
        isNews(told, 'refreshed') && world.locks.isHeldBy(told.page) && isWaiting(told.page, world),
    },
  },
  { name: 'a tab waits for its turn in vain', at: { told: isVainWait } },
  { name: 'a lease is taken over', at: { overtaken: ({ from, by }) => from !== by } },
  {
    name: 'the tokens of a refresh come too late for a sign-out in another tab',
    at: { told: (told, world) => isNews(told, 'signed-out') && isTooLate(told, world) },
  },
  {
    name: 'the tokens of a refresh come too late for a sign-in in another tab',
    at: { told: (told, world) => isNews(told, 'signed-in') && isTooLate(told, world) },
  },
  {
    name: 'a refresh uses a sign-in that its tab could not write',
    at: {
      refresh: ({ presented }, { sessions }) => {
        const session = presented && sessions.get(presented.family);
        return session?.stored?.refresh === presented && session.page.state === 'gone' && session.isLate;
      },
    },
  },
  {
    name: 'a page comes back from the back/forward cache and finds news',
    at: {
      told: ({ event, page }, { turn }) =>
        event.origin === 'other-tab' && page.isCached && page.wokenIn === turn,
    },
  },
  {
    name: 'a duplicated tab ends alone',
    at: {
      told: (told, world) =>
        world.setting.storage === 'session' &&
        isNews(told, 'signed-out') &&
        endingsOf(told, world).size === 0,
    },
  },
  { name: 'a tab goes while it refreshes', at: { left: (page, world) => isRefreshing(page, world) } },
  { name: 'a tab goes between the answer and the commit', at: { left: isCommitting } },
  {
    name: 'a tab goes while it waits for its turn',
    at: { left: (page, { locks }) => locks.isAwaitedBy(page) },
  },
  {
    name: 'a page that slept hears the answer of its refresh late',
    at: { refreshed: ({ page, absences }) => page.absences > absences },
  },
  {
    name: 'a spent refresh token is tried after a lost answer',
    at: { refresh: ({ presented }) => !!presented?.isSpent },
  },
  {
    name: 'a grace period heals a lost answer',
    at: {
      refreshed: ({ presented, end, serial }, { refreshes }) =>
        end === 'tokens' &&
        refreshes.some((other) => other.presented === presented && other.serial < serial && other.isJudged),
    },
  },
  { name: 'a session dies of a lost answer', at: { refreshed: ({ isReuse }) => isReuse } },
  {
    name: 'a page refreshes with a token that it was never given',
    at: {
      refresh: ({ page, presented }, { sessions, setting }) =>
        setting.storage === 'local' && !!presented && sessions.get(presented.family)?.page !== page,
    },
  },
  {
    name: 'tabs that share a cookie take turns',
    at: {
      refreshed: ({ page }, { setting, pages, locks }) =>
        setting.storage === 'cookie' && pages.some((other) => other !== page && locks.isAwaitedBy(other)),
    },
  },
  {
    name: 'a cookie restores the session of another tab',
    at: {
      told: ({ event, page }, { setting, sessions }) =>
        setting.storage === 'cookie' && event.type === 'signed-in' && sessions.of(page.grant)?.page !== page,
    },
  },
  {
    name: 'one refresh serves the requests of several tabs',
    at: {
      probed: ({ before, refreshes }, { setting }) =>
        setting.storage === 'local' && before.length > 1 && refreshes.length === 1,
    },
  },
];

function isNews({ event }: Told, type: Told['event']['type']): boolean {
  return event.origin === 'other-tab' && event.type === type;
}

function endingsOf({ before }: Told, { sessions }: World): ReadonlySet<string> {
  return sessions.of(before)?.endings ?? new Set();
}

function isFollowedSignOut(told: Told, world: World): boolean {
  return isNews(told, 'signed-out') && endingsOf(told, world).has('signed out');
}

function isRefreshing(page: Page, { refreshes }: World): boolean {
  return refreshes.some((refresh) => refresh.page === page && refresh.state === 'open');
}

/** It wants to refresh, and has yet to begin. */
function isWaiting(page: Page, world: World): boolean {
  return page.session.refreshing() && !isRefreshing(page, world);
}

function isVainWait({ event, page }: Told, { refreshes, clock }: World): boolean {
  if (event.type !== 'refresh-unavailable' || event.reason !== 'timeout') return false;
  return !refreshes.some((refresh) => refresh.page === page && refresh.endedMs === clock.elapsedMs);
}

/** It had an answer with tokens, and never came to use them. */
function isTooLate({ page, before }: Told, { refreshes }: World): boolean {
  const last = refreshes.findLast((refresh) => refresh.page === page);
  return !!last?.brought && !!before && last.presented === before.buysNext && last.brought !== before;
}

function isCommitting(page: Page, { refreshes }: World): boolean {
  const last = refreshes.findLast((refresh) => refresh.page === page);
  return !!last?.brought && page.session.refreshing();
}
