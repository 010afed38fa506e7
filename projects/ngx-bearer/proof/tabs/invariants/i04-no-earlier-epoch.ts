import type { Finding } from '../../invariants/judge.ts';
import type { Token } from '../../world/tokens.ts';
import type { Page } from '../world/facts.ts';
import type { World } from '../world/world.ts';
import { knowsOfEnd, nameOf } from './fate.ts';
import type { TabsInvariant } from './invariant.ts';

export const noEarlierEpoch: TabsInvariant = {
  id: 'I4',
  says: 'no token of a session that is over leaves a tab that has been told',
  at: {
    sending: ({ page, token }, world) => judge(page, token, world),
    refresh: ({ page, presented }, world) =>
      world.setting.storage === 'cookie' ? undefined : judge(page, presented, world),
  },
};

function judge(page: Page, token: Token | null, world: World): Finding {
  const session = token && world.sessions.get(token.family);
  if (!session || session.endings.size === 0) return undefined;
  return knowsOfEnd(page, session, world)
    ? `${nameOf(token)} leaves, although its session is over (${[...session.endings].join(', ')}) and the tab knows`
    : null;
}
