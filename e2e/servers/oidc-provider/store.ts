import { generateKeyPairSync } from 'node:crypto';
import { USERS } from '../node/environment.ts';
import { keep } from '../node/keep.ts';

interface Payload {
  readonly grantId?: string;
  readonly accountId?: string;
  consumed?: number;
}

const { state, save } = keep(() => ({
  users: new Set(USERS),
  key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  models: new Map<string, Map<string, Payload>>(),
}));
save();

/** The key that ID tokens are signed with. */
export const key = state.key;

export function hasUser(id: string): boolean {
  return state.users.has(id);
}

export function deleteUser(id: string): void {
  state.users.delete(id);
  save();
}

export function revoke(user: string): void {
  const tokens = state.models.get('RefreshToken') ?? new Map<string, Payload>();
  for (const [id, { accountId }] of tokens) if (accountId === user) tokens.delete(id);
  save();
}

/** An adapter of `oidc-provider` whose contents survive a kill. */
export function adapter(model: string) {
  const kept = state.models.get(model) ?? new Map<string, Payload>();
  state.models.set(model, kept);
  return {
    upsert: (id: string, payload: Payload) => saved(() => kept.set(id, payload)),
    find: (id: string) => Promise.resolve(kept.get(id)),
    consume: (id: string) =>
      saved(() => {
        const found = kept.get(id);
        if (found) found.consumed = Math.floor(Date.now() / 1000);
      }),
    destroy: (id: string) => saved(() => kept.delete(id)),
    revokeByGrantId: (grantId: string) =>
      saved(() => {
        for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id);
      }),
  };
}

function saved(change: () => unknown): Promise<void> {
  change();
  save();
  return Promise.resolve();
}
