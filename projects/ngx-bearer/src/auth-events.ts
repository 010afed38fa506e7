/** Why a refresh got no tokens although nobody refused it. `'limit'`: see `AuthConfig.refreshLimit`. */
export type UnavailableReason = 'network' | 'server' | 'timeout' | 'malformed' | 'limit';

/** Why a session ended. */
export type SignOutReason = 'user' | 'refused' | 'other-tab';

/** What happened, without where. */
export type AuthOccurrence =
  | { readonly type: 'signed-in' }
  | { readonly type: 'refreshed' }
  | {
      readonly type: 'refresh-unavailable';
      readonly reason: UnavailableReason;
      /** Epoch milliseconds, by the local clock, before which no further refresh is tried. */
      readonly retryAt: number;
    }
  | { readonly type: 'signed-out'; readonly reason: SignOutReason }
  | {
      readonly type: 'step-up-required';
      /** The authentication contexts asked for (`acr_values`, RFC 9470 section 3). */
      readonly acrValues?: string[];
      /** The greatest age of the authentication, in seconds (`max_age`, RFC 9470 section 3). */
      readonly maxAge?: number;
    }
  | { readonly type: 'expiry-ignored' }
  | { readonly type: 'storage-failed' };

/** What `AuthSession.events` tells, a union on `type`. It never carries a token. */
export type AuthEvent = AuthOccurrence & { readonly origin: 'this-tab' | 'other-tab' };
