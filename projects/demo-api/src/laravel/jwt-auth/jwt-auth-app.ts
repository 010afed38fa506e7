import { randomText } from '../random-text.ts';
import { keepState } from '../kept-state.ts';
import type { LaravelAppOptions } from '../laravel-app.ts';
import { Throttle } from '../throttle.ts';
import { LaravelUsers, type DeletedIds } from '../users.ts';
import type { BlacklistEntries } from './blacklist.ts';
import type { RefreshedIssueDate } from './claims.ts';
import { TokenManager } from './token-manager.ts';

export interface JwtAuthOptions extends LaravelAppOptions {
  /** `JWT_BLACKLIST_GRACE_PERIOD`. @default 0 */
  readonly graceSeconds?: () => number;
  /** @default 'first', which the clients have more trouble with */
  readonly issueDate?: RefreshedIssueDate;
}

/** A Laravel application whose guard `api` is jwt-auth's. */
export interface JwtAuthApp {
  readonly users: LaravelUsers;
  readonly tokens: TokenManager;
  readonly throttle: Throttle;
  readonly save: () => void;
}

interface JwtAuthState {
  readonly secret: string;
  readonly blacklisted: BlacklistEntries;
  readonly deleted: DeletedIds;
}

const SECRET_LENGTH = 64;

export function openJwtAuthApp(options: JwtAuthOptions): JwtAuthApp {
  const { stateFile, now, accessSeconds, graceSeconds = () => 0, issueDate = 'first' } = options;
  const { state, save } = keepState<JwtAuthState>(stateFile ?? null, () => ({
    secret: randomText(SECRET_LENGTH),
    blacklisted: {},
    deleted: [],
  }));
  // The secret has to outlive this process before it signs anything.
  save();
  const { secret, blacklisted, deleted } = state;
  return {
    users: new LaravelUsers(options.userNames, deleted),
    tokens: new TokenManager({
      secret,
      blacklisted,
      now,
      lifeSeconds: accessSeconds,
      graceSeconds,
      issueDate,
    }),
    throttle: new Throttle(now),
    save,
  };
}
