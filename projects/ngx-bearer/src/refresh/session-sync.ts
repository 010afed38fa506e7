import type { Observable } from 'rxjs';
import type { Credential } from '../session/credential';
import type { Issue } from '../session/session';
import type { AuthTokens } from '../session/tokens';

/**
 * Keeps the session in sync with its storage and with other tabs. Tokens in memory need none. `acquire` and `replace` are for
 * tabs that refresh one at a time.
 */
export interface SessionSync {
  /** Whether a session may exist that this page has no tokens of: a request then waits until it is restored. */
  isRestorable(issue: Issue): boolean;
  /**
   * Waits until no other tab refreshes, and adopts what another tab has stored. Emits the tokens to refresh with. Other
   * tabs wait until it is unsubscribed.
   *
   * @throws AuthError `refresh-unavailable` if another tab takes longer than `refreshTimeout` + 2 s.
   */
  acquire?(credential: Credential | null): Observable<AuthTokens | null>;
  /**
   * Stores new tokens. Emits the credential as it was stored; null if another tab was quicker, and the session has been
   * changed then.
   */
  replace?(current: Credential | null, next: Credential): Observable<Credential | null>;
  /**
   * A server has refused what was acquired last. Adopts newer tokens of another tab, or else ends the stored session if
   * `mayEnd`: not if the access token still works.
   */
  endRefused(mayEnd: boolean): Observable<unknown>;
}
