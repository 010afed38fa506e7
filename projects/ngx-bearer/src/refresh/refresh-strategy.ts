import type { HttpClient, HttpErrorResponse } from '@angular/common/http';
import type { ObservableInput } from 'rxjs';
import type { BearerHeader } from '../request/bearer-header';
import type { AuthTokens } from '../session/tokens';

/** Passed to a strategy with each refresh, and to `onSignOut`. */
export interface RefreshContext {
  /** Passes no interceptor: its requests never come back to the gate. */
  readonly http: HttpClient;
  /** Aborted if the work is cancelled: by a sign-out, a sign-in, the timeout, or the end of the app. */
  readonly signal: AbortSignal;
}

/**
 * Gets new tokens. Runs in an injection context, with a copy of the current tokens. Its first value counts and goes
 * through `readTokens`; it is unsubscribed then. It may call a strategy of this library, also after an `await`.
 *
 * The session ends if it fails with `new AuthError('refused')`, or with an `HttpErrorResponse` of status 401 or 403, or
 * of 400 with `invalid_grant`, `invalid_client` or `unauthorized_client`. Any other failure keeps the session. With
 * nobody signed in (`restores`), any 4xx but 408 and 429 means that there is no session to restore.
 */
export interface RefreshStrategy {
  (tokens: AuthTokens | null, context: RefreshContext): ObservableInput<AuthTokens>;
  /** Whether it also runs with `null`, with nobody signed in, because a cookie may know the session. */
  readonly restores?: boolean;
}

/** Options of every strategy of this library. */
export interface RefreshOptions {
  /**
   * Reads the answer. It may throw `new AuthError('refused')` for a refusal with a success status.
   *
   * @default readTokens
   */
  readonly read?: (response: unknown) => AuthTokens;

  /**
   * A GET has no body.
   *
   * @default 'POST'
   */
  readonly method?: 'GET' | 'POST';

  /** More headers, or a function that makes them of the tokens (null with nobody signed in). They replace those of the protocol. */
  readonly headers?:
    Readonly<Record<string, string>> | ((tokens: AuthTokens | null) => Readonly<Record<string, string>>);

  /** Which failures mean that the server refuses the session, beside those of {@link RefreshStrategy}. An exception means no. */
  readonly refused?: (error: HttpErrorResponse) => boolean;
}

/** A strategy that asks one endpoint. */
export interface EndpointStrategy extends RefreshStrategy {
  readonly endpoint?: string;
}

/** A strategy whose tokens are kept by somebody else. */
export interface ExternalStrategy extends RefreshStrategy {
  readonly isExternal?: boolean;
}

/** The context as this library makes it. A context that a test of an app makes lacks the rest. */
export interface EndpointContext extends RefreshContext {
  readonly document?: Document;
  readonly header?: BearerHeader;
}
