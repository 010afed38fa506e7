import type { World } from '../world/world.ts';
import type { Finding, Invariant } from './judge.ts';

interface StoredRecord {
  readonly credential?: { readonly tokens?: StoredTokens };
}

interface StoredTokens {
  readonly accessToken?: string;
  readonly refreshToken?: string;
}

export const oneRecord: Invariant = {
  id: 'I6',
  says: 'the store holds nothing or one well-formed record, of tokens that belong together',
  at: {
    stored: (record, world) => (record === null ? null : judgeRecord(record, world)),
    quiet: (_, { store, setting, page, identity, office, events }) => {
      if (setting.storage === 'memory' || page.isStale || page.isDestroyed || identity.isUnread)
        return undefined;
      // A store that could not take the tokens is asked to hold none, and may fail at that too.
      if (store.hasFailed) return store.wanted === null ? null : 'spent tokens are left in the store';
      const held = store.record === null ? null : grantOf(store.record, office)?.access;
      const hasFailed = held === null && events.some(({ type }) => type === 'storage-failed');
      return hasFailed || held === (page.grant?.access ?? null)
        ? null
        : 'the store does not hold the session';
    },
  },
};

function judgeRecord(record: string, { office, identity, setting }: World): Finding {
  const grant = grantOf(record, office);
  if (!grant) return 'the record has no access token of ours';
  const kept = read(record).refreshToken ?? null;
  const belongs = kept === (grant.refresh?.text ?? null) || kept === grant.buysNext.text;
  if (!belongs) return `the record joins ${grant.access.text} with ${String(kept)}`;
  // A slow store may still be busy with what came before: it is written in order.
  const isSlow = setting.storage !== 'local';
  return isSlow || grant.access.family === identity.family ? null : 'the record is of an earlier epoch';
}

function grantOf(record: string, office: World['office']) {
  return office.given.get(read(record).accessToken ?? '');
}

function read(record: string): StoredTokens {
  return (JSON.parse(record) as StoredRecord).credential?.tokens ?? {};
}
