import { InjectionToken } from '@angular/core';
import type { AuthSettings } from './auth-config';
import { AuthError } from './auth-errors';
import type { RequestHints } from './hints/request-hints';
import type { RefreshGate } from './refresh/refresh-gate';
import type { Session } from './session/session';

/** What `provideAuth` makes, once for its environment. */
export interface AuthParts {
  readonly settings: AuthSettings;
  readonly session: Session;
  readonly gate: RefreshGate;
  /** Null in production. */
  readonly hints: RequestHints | null;
  /** `location.origin`; null on a server. */
  readonly ownOrigin: string | null;
  /** Whether the token may go to a URL. */
  readonly isInScope: (url: string) => boolean;
}

export const AUTH_PARTS = new InjectionToken<AuthParts>(ngDevMode ? 'ngx-bearer' : '', {
  factory: () => {
    throw new AuthError(
      'bad-config',
      ngDevMode && 'provideAuth(...) is missing: add it to the providers of the app.',
    );
  },
});
