import { keepState } from '../kept-state.ts';
import type { LaravelAppOptions } from '../laravel-app.ts';
import { Throttle } from '../throttle.ts';
import { LaravelUsers, type DeletedIds, type LaravelUser } from '../users.ts';
import { PersonalAccessTokens, type TokenTable } from './personal-access-tokens.ts';

/** The names of the two tokens of a session, which are their abilities as well. */
export type Ability = 'access' | 'refresh';

/** A Laravel application whose API asks for Sanctum's tokens, two a session as in docs/laravel.md. */
export interface SanctumApp {
  readonly users: LaravelUsers;
  readonly tokens: PersonalAccessTokens;
  readonly throttle: Throttle;
  issueTokens(user: LaravelUser): TokenPair;
  revokeRefreshTokens(userName: string): void;
  readonly save: () => void;
}

export interface TokenPair {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

interface SanctumState {
  readonly tokens: TokenTable;
  readonly deleted: DeletedIds;
}

const REFRESH_SECONDS = 14 * 24 * 60 * 60;

export function openSanctumApp(options: LaravelAppOptions): SanctumApp {
  const { userNames, stateFile, now, accessSeconds } = options;
  const { state, save } = keepState<SanctumState>(stateFile ?? null, () => ({
    tokens: { lastId: 0, rows: [] },
    deleted: [],
  }));
  const tokens = new PersonalAccessTokens(state.tokens, now);
  const users = new LaravelUsers(userNames, state.deleted);
  const create = (user: LaravelUser, name: Ability, lifeSeconds: number) =>
    tokens.create({ userId: user.id, name, lifeSeconds });
  return {
    users,
    tokens,
    throttle: new Throttle(now),
    issueTokens: (user) => ({
      access_token: create(user, 'access', accessSeconds()),
      refresh_token: create(user, 'refresh', REFRESH_SECONDS),
      expires_in: accessSeconds(),
    }),
    revokeRefreshTokens: (userName) => {
      const user = users.findByName(userName);
      if (user) {
        tokens.deleteOf(user.id, 'refresh' satisfies Ability);
      }
    },
    save,
  };
}
