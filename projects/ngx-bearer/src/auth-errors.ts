/** What went wrong, as a stable word to branch on. */
export type AuthErrorCode =
  | 'refresh-unavailable'
  | 'refresh-limit'
  | 'session-ended'
  | 'not-signed-in'
  | 'bad-token-response'
  | 'bad-config';

/**
 * Every error this library makes. Callers of `HttpClient` find it as the `error` of an `HttpErrorResponse`.
 *
 * The message and the `cause` never hold a token. In a production build the message is the code alone.
 */
export class AuthError extends Error {
  override readonly name = 'AuthError';

  constructor(
    /** What went wrong. */
    readonly code: AuthErrorCode,
    detail?: string | null,
    options?: ErrorOptions,
  ) {
    super(`ngx-bearer: ${code}${detail ? `: ${detail}` : ''}`, options);
  }
}
