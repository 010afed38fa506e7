import type { AuthTokens } from 'ngx-bearer';

/**
 * A refresh that waits for its answer. Whatever is answered has taken effect when the call returns: requests that
 * were held are there for `HttpTestingController`.
 */
export interface TestRefresh {
  /** The name of the session; undefined for the one without. */
  readonly name: string | undefined;

  /** What the strategy was given: the tokens in use, or null where a session is to be restored. */
  readonly tokens: AuthTokens | null;

  /**
   * The refresh brings these tokens. Left out: new ones for the user of `signedInAs`. Anything unusable ends as a
   * malformed answer does.
   *
   * @throws Error where the refresh is over.
   */
  flush(tokens?: AuthTokens): void;

  /**
   * The server refuses, by 401. The session ends.
   *
   * @throws Error where the refresh is over.
   */
  refuse(): void;

  /**
   * The refresh fails with this status; 0 stands for no answer at all. The session is kept, but for 401 and 403,
   * which refuse. As with a real server no other refresh is tried for about a second.
   *
   * @throws Error where the refresh is over.
   */
  fail(status: number): void;
}
