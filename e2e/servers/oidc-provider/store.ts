import { generateKeyPairSync } from 'node:crypto';
import { memoryAdapter, type Models, type Payload } from '../../tabs/servers/memory-adapter.ts';
import { USERS } from '../node/environment.ts';
import { keep } from '../node/keep.ts';

const { state, save } = keep(() => ({
  users: new Set(USERS),
  key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  models: new Map() as Models,
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

/** Its contents survive a kill. */
export const adapter = memoryAdapter(state.models, save);
