import { passwordOf, USERS } from '../node/environment.ts';
import { keep } from '../node/keep.ts';

const { state, save } = keep(() => ({
  users: new Set(USERS),
  /** The user of each refresh token. */
  tokens: new Map<string, string>(),
}));

/** What the server of docs/node.md imports from `./database.js`. */
export const users = {
  find: (email: string, password: string) =>
    Promise.resolve(state.users.has(email) && password === passwordOf(email) ? email : null),
};

export const refreshTokens = {
  add: (token: string, user: string) => {
    state.tokens.set(token, user);
    save();
    return Promise.resolve();
  },
  take: (token: string) => {
    const user = state.tokens.get(token) ?? null;
    state.tokens.delete(token);
    save();
    return Promise.resolve(user !== null && state.users.has(user) ? user : null);
  },
};

export function revoke(user: string): void {
  for (const [token, owner] of state.tokens) if (owner === user) state.tokens.delete(token);
  save();
}

export function deleteUser(user: string): void {
  state.users.delete(user);
  save();
}
