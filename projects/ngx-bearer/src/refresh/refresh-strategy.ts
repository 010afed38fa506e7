import type { HttpClient } from '@angular/common/http';
import type { ObservableInput } from 'rxjs';
import type { AuthTokens } from '../session/tokens';

/** What a strategy works with. */
export interface RefreshContext {
  /** Passes no interceptor: its requests never come back to the gate. */
  readonly http: HttpClient;
  /** Aborted where the refresh is called off: sign-out, sign-in, timeout, end of the app. */
  readonly signal: AbortSignal;
}

/**
 * Gets new tokens. Runs in an injection context, with a copy of the tokens in use. Its first value counts and
 * goes through `readTokens`; it is unsubscribed then.
 *
 * An `HttpErrorResponse` of status 401 or 403, or 400 with `invalid_grant`, `invalid_client` or
 * `unauthorized_client`, ends the session. Any other failure keeps it.
 */
export interface RefreshStrategy {
  (tokens: AuthTokens | null, context: RefreshContext): ObservableInput<AuthTokens>;
  /** Whether it is also run with `null`, with nobody signed in, because a cookie may know the session. */
  readonly restores?: boolean;
}

/** One of ours, which asks one endpoint. */
export interface EndpointStrategy extends RefreshStrategy {
  readonly endpoint?: string;
}
