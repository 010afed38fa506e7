/** What `AuthSession.events` tells, a union on `type`. It never carries a token. */
export type AuthEvent = { readonly origin: 'this-tab' | 'other-tab' } & (
  | { readonly type: 'signed-in' }
  | { readonly type: 'refreshed' }
  | {
      readonly type: 'refresh-unavailable';
      /** `'limit'`: see `AuthConfig.refreshLimit`. */
      readonly reason: 'network' | 'server' | 'timeout' | 'malformed' | 'limit';
      /** Epoch milliseconds, by the local clock, before which no further refresh is tried. */
      readonly retryAt: number;
    }
  | { readonly type: 'signed-out'; readonly reason: 'user' | 'refused' | 'other-tab' }
  | {
      readonly type: 'step-up-required';
      /** The authentication contexts asked for (`acr_values`, RFC 9470 section 3). */
      readonly acrValues?: string[];
      /** The greatest age of the authentication, in seconds (`max_age`, RFC 9470 section 3). */
      readonly maxAge?: number;
    }
  | { readonly type: 'expiry-ignored' }
  | { readonly type: 'storage-failed' }
);

type WithoutOrigin<Event> = Event extends unknown ? Omit<Event, 'origin'> : never;

/** What happened, without where. */
export type AuthOccurrence = WithoutOrigin<AuthEvent>;

/** Why a refresh got no tokens although nobody refused it. */
export type UnavailableReason = Extract<AuthEvent, { type: 'refresh-unavailable' }>['reason'];

/** Why a session ended. */
export type SignOutReason = Extract<AuthEvent, { type: 'signed-out' }>['reason'];
