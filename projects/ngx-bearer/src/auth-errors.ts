/**
 * The kind of an error, as a stable word to branch on. `'refused'` is for strategies and `read`, which throw it to end
 * the session.
 */
export type AuthErrorCode =
  | 'refresh-unavailable'
  | 'refresh-limit'
  | 'session-ended'
  | 'not-signed-in'
  | 'bad-token-response'
  | 'bad-config'
  | 'refused';

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

/** An error that this library made itself: its text holds no token. An app may write any text into an `AuthError`. */
export class OwnAuthError extends AuthError {}

/** Whether a strategy or `read` says that the session is refused, also by the `AuthError` of another copy of this library. */
export function isRefused(failure: unknown): boolean {
  const { name, code } = Object(failure) as Partial<AuthError>;
  return name === 'AuthError' && code === 'refused';
}
