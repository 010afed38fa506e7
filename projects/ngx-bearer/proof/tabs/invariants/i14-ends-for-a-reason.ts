import type { AuthEvent } from 'ngx-bearer';
import type { Finding } from '../../invariants/judge.ts';
import type { Family } from '../../world/tokens.ts';
import type { Page, Session } from '../world/facts.ts';
import type { World } from '../world/world.ts';
import type { TabsInvariant } from './invariant.ts';

export const endsForAReason: TabsInvariant = {
  id: 'I14',
  says: 'no session ends that nobody has ended: not by a transient failure, not by what another tab does',
  at: {
    told: ({ event, page, before }, world) => {
      if (event.type !== 'signed-out') return undefined;
      const session = before && world.sessions.get(before.access.family);
      return session ? judge(event, { page, session }, world) : 'the end of no session is told';
    },
  },
};

function judge(
  event: AuthEvent & { readonly type: 'signed-out' },
  { page, session }: { readonly page: Page; readonly session: Session },
  world: World,
): Finding {
  switch (event.reason) {
    case 'user':
      return page.signedOutIn === world.turn ? null : 'a session ends as if its user had ended it';
    case 'refused':
      // Without the refresh token, which the user has removed, nobody is asked.
      return session.endings.has('cleared') ||
        world.refreshes.some((refresh) => refresh.page === page && refresh.end === 'refused')
        ? null
        : 'a session ends as refused that no server has refused here';
    case 'other-tab':
      // A refresh by cookie may bring tokens of the sign-in that replaced the session, or of the one before.
      return session.endings.size > 0 ||
        (world.setting.storage === 'cookie' && world.sessions.haveReplaced) ||
        isEndedElsewhere(session.family, page, world)
        ? null
        : 'a session ends, and no tab has ended it';
  }
}

/** Another tab has used up what a duplicated tab has, or was refused. */
function isEndedElsewhere(family: Family, page: Page, { setting, refreshes }: World): boolean {
  return refreshes.some(
    (refresh) =>
      refresh.page !== page &&
      refresh.presented?.family === family &&
      (setting.storage === 'session' || refresh.end === 'refused'),
  );
}
