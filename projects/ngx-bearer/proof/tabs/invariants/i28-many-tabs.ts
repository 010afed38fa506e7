import type { Finding } from '../../invariants/judge.ts';
import type { Grant } from '../../world/tokens.ts';
import type { Page, Probe, Session } from '../world/facts.ts';
import type { World } from '../world/world.ts';
import { nameOf } from './fate.ts';
import type { TabsInvariant } from './invariant.ts';

export const manyTabs: TabsInvariant = {
  id: 'I28',
  says: 'all tabs agree who is signed in; one refresh per expiry serves them all, and the session lives',
  at: {
    told: ({ event, page, before }) => {
      if (event.type !== 'refreshed' && event.type !== 'signed-in') return undefined;
      return page.grant === before ? `${use(page)} is told twice` : null;
    },
    refreshed: ({ isReuse, presented, end }, { refreshes }) => {
      if (end !== 'refused' || !isReuse) return undefined;
      const isLost = refreshes.some((other) => other.presented === presented && isUnclear(other));
      return isLost
        ? null
        : `${nameOf(presented)} is taken for stolen, and the session dies, although no answer was lost`;
    },
    quiet: (_, world) => (world.setting.storage === 'local' ? agree(world) : undefined),
    probed: (probe, world) => judge(probe, world),
    signedInAgain: (probe, world) => judge(probe, world),
  },
};

function isUnclear({ end, page, absences }: World['refreshes'][number]): boolean {
  return end !== 'tokens' || page.state === 'gone' || page.absences > absences;
}

function agree(world: World): Finding {
  const { pages, stored, local, sessions } = world;
  const [first, ...others] = pages;
  if (!first || pages.some(({ grant }) => isRefusedUnheard(sessions.of(grant)))) return undefined;
  const odd = others.find(({ grant }) => grant !== first.grant);
  if (odd) return `tab ${first.tab.serial} uses ${use(first)}, tab ${odd.tab.serial} ${use(odd)}`;
  const shown = [...local.items.values()].map((record) => sessions.grantIn(record)).at(0) ?? null;
  if (shown !== first.grant)
    return `tab ${first.tab.serial} uses ${use(first)}, localStorage holds ${nameOf(shown?.access ?? null)}`;
  const session = sessions.of(first.grant);
  const isPending = session?.page.state === 'gone' && !session.stored;
  const isBehind = !isPending && stored !== first.grant;
  return isBehind
    ? `tab ${first.tab.serial} uses ${use(first)}, the database holds ${nameOf(stored?.access ?? null)}`
    : null;
}

/** The page that was refused is gone: the others learn of it from the database, before their next refresh. */
function isRefusedUnheard(session: Session | undefined): boolean {
  return !!session?.endings.has('refused') && session.endedBy?.state === 'gone';
}

function use({ grant }: Page): string {
  return nameOf(grant?.access ?? null);
}

function judge(probe: Probe, world: World): Finding {
  switch (world.setting.storage) {
    case 'local':
      return judgeShared(probe, world);
    case 'session':
      return judgeCopies(probe, world);
    case 'cookie':
      return judgeCookie(probe);
  }
}

function judgeShared({ before, calls, refreshes }: Probe, world: World): Finding {
  const [first] = before;
  if (!first?.grant) return refreshes.length > 0 ? 'a refresh begins with nobody signed in' : null;
  const isUnsent = refreshes.length === 0 && before.some(({ page, grant }) => isUnusable(page, grant, world));
  if (refreshes.length !== 1 && !isUnsent) return `${refreshes.length} refreshes serve one expiry`;
  const failed = calls.find(({ failure }) => failure !== null);
  if (isUnsent || !first.isHonoured)
    return failed ? agree(world) : 'a session lives that the server has ended';
  return failed ? `call ${failed.serial} fails, although the server would honour the session` : agree(world);
}

/** Nobody refreshes with what was refused, and with what the user has removed. */
function isUnusable(page: Page, grant: Grant | null, world: World): boolean {
  const session = world.sessions.of(grant);
  return wasRefused(page, grant, world) || isRefusedUnheard(session) || !!session?.endings.has('cleared');
}

/** In the background, while the access token still worked: the session ends unsent where that is rejected. */
function wasRefused(page: Page, grant: Grant | null, { refreshes }: World): boolean {
  return refreshes.some(
    (refresh) => refresh.page === page && refresh.presented === grant?.buysNext && refresh.end === 'refused',
  );
}

/** Copies of a tab have one refresh token between them: one lives on with it, the others end. */
function judgeCopies({ before, refreshes }: Probe, world: World): Finding {
  const families = new Set(before.flatMap(({ grant }) => grant?.access.family ?? []));
  for (const family of families) {
    const mine = refreshes.filter(({ presented }) => presented?.family === family);
    if (mine.length > 1) return `${mine.length} refreshes serve one expiry of one session`;
    const isFresh = before.some(
      ({ grant, isHonoured }) => isHonoured && grant?.access.family === family && !isUsed(grant, world),
    );
    const isAlive = before.filter(({ page }) => page.grant?.access.family === family).length === mine.length;
    if (mine[0]?.end === 'tokens' && !isAlive) return 'not one copy lives on, but another number';
    const isOver = !!world.sessions.get(family)?.endings.size;
    if (mine.length === 0 && isFresh && !isOver)
      return 'nobody refreshes a session that the server would honour';
  }
  return null;
}

/** A copy ends unsent also where the other was told to keep the refresh token. */
function isUsed({ buysNext }: Grant, { refreshes }: World): boolean {
  return buysNext.isSpent || refreshes.some(({ presented, brought }) => presented === buysNext && !!brought);
}

function judgeCookie({ before, calls, refreshes }: Probe): Finding {
  if (refreshes.length > before.length) return `${refreshes.length} refreshes in ${before.length} tabs`;
  // Nobody restores twice what was refused once, and no request goes on as another user.
  const mine = before.filter(({ page, grant }) => grant && grant.access.family.user === userOf(page));
  const failed = calls.find(({ page, failure }) => failure !== null && mine.some((one) => one.page === page));
  const isHonoured = before.every((page) => page.isHonoured);
  return failed && isHonoured
    ? `call ${failed.serial} fails, although the server would honour the cookie`
    : null;
}

function userOf({ grant }: Page): string | undefined {
  return grant?.access.family.user;
}
