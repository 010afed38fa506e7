import type { Client, Falsey, RefreshToken, Token, User } from '@node-oauth/oauth2-server';
import { passwordOf, USERS } from '../node/environment.ts';
import { keep } from '../node/keep.ts';

const CLIENT: Client = { id: 'shop', grants: ['password', 'refresh_token'] };

const { state, save } = keep(() => ({ users: new Set(USERS), tokens: [] as Token[] }));

/** What the server asks for clients, users and tokens. Refresh tokens rotate, without a grace period. */
export const model = {
  getClient: (id: string) => Promise.resolve(id === CLIENT.id ? CLIENT : null),
  getUser: (name: string, password: string): Promise<User | Falsey> =>
    Promise.resolve(state.users.has(name) && password === passwordOf(name) ? { name } : null),
  saveToken: (token: Token, client: Client, user: User) => {
    const saved: Token = { ...token, client, user };
    state.tokens.push(saved);
    save();
    return Promise.resolve(saved);
  },
  getAccessToken: (value: string) => Promise.resolve(find(({ accessToken }) => accessToken === value)),
  getRefreshToken: (value: string) =>
    Promise.resolve(find(({ refreshToken }) => refreshToken === value) as RefreshToken | null),
  revokeToken: ({ refreshToken }: RefreshToken) =>
    Promise.resolve(discard((token) => token.refreshToken === refreshToken) > 0),
};

export function revoke(user: string): void {
  discard((token) => token.user['name'] === user);
}

export function deleteUser(user: string): void {
  state.users.delete(user);
  save();
}

function find(matches: (token: Token) => boolean): Token | null {
  return state.tokens.find((token) => state.users.has(String(token.user['name'])) && matches(token)) ?? null;
}

function discard(matches: (token: Token) => boolean): number {
  const kept = state.tokens.filter((token) => !matches(token));
  const count = state.tokens.length - kept.length;
  state.tokens.splice(0, state.tokens.length, ...kept);
  save();
  return count;
}
