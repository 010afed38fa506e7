import type { HttpErrorResponse, HttpRequest } from '@angular/common/http';
import type { ObservableInput } from 'rxjs';
import type { RefreshContext, RefreshStrategy } from './refresh/refresh-strategy';
import type { AuthTokens } from './session/tokens';
import type { TokenStorage } from './storage/token-storage';

/** How `provideAuth` is told what to do. Only `allow` and `refresh` are required. */
export interface AuthConfig {
  /**
   * Where the token may go; at least one rule. A string is an origin (`'https://api.example.com'`), an origin and
   * a path (`'https://api.example.com/v1'`), or a path on the app's own origin (`'/api'`, `'/'` for all of it).
   * A path covers whole segments below it, case-sensitive. For anything else a function of the URL that would be
   * fetched; an exception means no. It is not asked about `http:` URLs, unless they are loopback, the page's own
   * origin, or `allowInsecure` is set.
   */
  readonly allow: readonly (string | ((url: URL) => boolean))[];

  /** How a new token is got: `exchangeToken`, `postRefreshToken`, `refreshTokenGrant`, `refreshCookie`,
   * `externalTokens` or your own. */
  readonly refresh: RefreshStrategy;

  /**
   * Where the session is kept between page loads: `localTokenStorage()`, `sessionTokenStorage()`, or your own.
   *
   * @default memory: a reload ends the session
   */
  readonly storage?: TokenStorage;

  /**
   * The name of one of several sessions of an injector: `injectAuthSession(name)` returns this one. All but one have a name. The names that
   * the storage takes contain it.
   *
   * @default none: the session of `AuthSession`
   */
  readonly name?: string;

  /**
   * The header the token is sent in. Browsers strip no other one from a redirect to another origin, so with
   * another name redirects fail instead. `withXhr()` cannot be told so: there the token goes along.
   *
   * @default 'Authorization'
   */
  readonly headerName?: string;

  /**
   * What stands before the token in the header; empty for nothing.
   *
   * @default 'Bearer'
   */
  readonly scheme?: string;

  /**
   * Which failures mean "this token is no longer good". One that throws means no.
   *
   * @default isTokenRejection
   */
  readonly shouldRefresh?: (error: HttpErrorResponse, request: HttpRequest<unknown>) => boolean;

  /**
   * Which requests may be sent a second time. `'idempotent'` are those of RFC 9110 section 9.2.2. The others get
   * their own 401, and the refresh starts behind them.
   *
   * @default 'all'
   */
  readonly replay?: 'all' | 'idempotent' | ((request: HttpRequest<unknown>) => boolean);

  /**
   * What a new request does while its token is known to be rejected: wait at the gate, or go with what there is.
   *
   * @default 'hold'
   */
  readonly whileRefreshing?: 'hold' | 'send';

  /**
   * How long before expiry a background refresh starts, in milliseconds; `false` for never. At most half the
   * token's life is used.
   *
   * @default 60 s or 10 % of the token's life, whichever is less
   */
  readonly refreshAhead?: number | false;

  /**
   * After how many milliseconds a refresh counts as unavailable.
   *
   * @default 10_000
   */
  readonly refreshTimeout?: number;

  /**
   * More refreshes than `count` within `withinMs` milliseconds are not sent and end in `refresh-limit`.
   *
   * @default { count: 5, withinMs: 30_000 }
   */
  readonly refreshLimit?: { readonly count: number; readonly withinMs: number };

  /**
   * Binds the tokens to a key of this browser, and shows with each request that the sender has it: `dpop()` of
   * `ngx-bearer/dpop`. A token that is stolen is worthless elsewhere.
   *
   * @default none: bearer tokens
   */
  readonly proof?: { readonly scheme: 'DPoP' };

  /**
   * Runs when the user signs out, after the session has ended: for a server that is to know of it, with the tokens as they were.
   * {@link revokeToken} is one. It runs as a strategy does, and at most for `refreshTimeout`; what becomes of it changes nothing.
   * Not called if nobody is signed in, nor in other tabs.
   *
   * @default nothing: the tokens are forgotten, and stay valid
   */
  readonly onSignOut?: (tokens: AuthTokens, context: RefreshContext) => ObservableInput<unknown>;

  /**
   * Whether `allow`, `refresh` and `onSignOut` may name `http:` origins other than `localhost`, `*.localhost`, `127.0.0.1` and `[::1]`.
   *
   * @default false
   */
  readonly allowInsecure?: boolean;
}

/** Without `storage` tokens are in memory alone. */
type WithoutDefault = 'refreshAhead' | 'storage' | 'name' | 'proof';

/** The configuration with its defaults. */
export interface AuthSettings
  extends Required<Omit<AuthConfig, WithoutDefault>>, Pick<AuthConfig, WithoutDefault> {
  /** Where nothing is refreshed that no request asks for. */
  readonly isServer: boolean;
}
