import type { Finding } from '../../invariants/judge.ts';
import { CANARY } from '../../world/tokens.ts';
import { STORAGE_KEY } from '../world/page.ts';
import type { World } from '../world/world.ts';
import type { TabsInvariant } from './invariant.ts';

const RECORD = `${STORAGE_KEY}.session`;

export const noLeak: TabsInvariant = {
  id: 'I24',
  says: 'once all is quiet no refresh token stands in localStorage, and no token where no record is kept',
  at: {
    told: ({ event }) => (holdsToken(event) ? 'a token shows in an event' : null),
    printed: (text) => (holdsToken(text) ? 'a token shows on the console' : null),
    quiet: (_, world) =>
      look(world) ?? (isPending(world) || world.pages.length === 0 ? undefined : lookForRefreshToken(world)),
    probed: (_, world) => look(world) ?? lookForRefreshToken(world),
  },
};

/** Looks where nothing has to be. */
function look({ local, database, setting }: World): Finding {
  const isLocal = setting.storage === 'local';
  const foreign = [
    ...[...local.items].filter(([key]) => !isLocal || key !== RECORD),
    ...[...database.entries].filter(([key]) => !isLocal || key !== 'session'),
  ];
  const found = foreign.find((entry) => holdsToken(entry));
  return found ? `a token stands under '${found[0]}'` : null;
}

function lookForRefreshToken({ local }: World): Finding {
  const record = local.items.get(RECORD);
  return record?.includes('refreshToken') ? 'localStorage holds a refresh token' : null;
}

/** The tab was gone before the database had its sign-in: it has to stand elsewhere until then. */
function isPending({ local, sessions }: World): boolean {
  const grant = sessions.grantIn(local.items.get(RECORD));
  const session = grant && sessions.get(grant.access.family);
  return !!session && !session.stored;
}

function holdsToken(value: unknown): boolean {
  return JSON.stringify(value).includes(CANARY);
}
