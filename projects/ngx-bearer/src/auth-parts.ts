import { type EnvironmentInjector, InjectionToken } from '@angular/core';
import type { AuthSettings } from './auth-config';
import { AuthError } from './auth-errors';
import type { RequestHints } from './hints/request-hints';
import type { RefreshGate } from './refresh/refresh-gate';
import type { Prover } from './request-proof';
import type { Session } from './session/session';

/** What `provideAuth` makes, once for its environment. */
export interface AuthParts {
  readonly settings: AuthSettings;
  readonly session: Session;
  readonly gate: RefreshGate;
  /** Null in production. */
  readonly hints: RequestHints | null;
  /** Undefined if tokens are sent as they are. */
  readonly proof: Prover | undefined;
  /** Of `provideAuth`. */
  readonly injector: EnvironmentInjector;
  /** `location.origin`; null on a server. */
  readonly ownOrigin: string | null;
  /** How specific the rule is that lets the token go to a URL; 0 if none does. */
  readonly specificity: (url: string) => number;
  /** What `injectAuthSession` has made of it. */
  facade?: object;
}

/** All sessions of an injector, in order of provision. */
export const AUTH_SESSIONS = new InjectionToken<readonly AuthParts[]>(ngDevMode ? 'ngx-bearer' : '', {
  factory: missing,
});

/** The name of the session that `AuthSession` stands for; not provided for the one without a name. */
export const SESSION_NAME = new InjectionToken<string>(ngDevMode ? 'ngx-bearer name' : '');

/**
 * The session of this name, or without one.
 *
 * @throws AuthError `bad-config` if there is none.
 */
export function findSession(sessions: readonly AuthParts[], name: string | null = null): AuthParts {
  return sessions.find(({ settings }) => (settings.name ?? null) === name) ?? missing(sessions, name);
}

/** The session whose rule is the most specific, of equal ones the first; null if no rule covers the URL. */
export function mostSpecific(sessions: readonly AuthParts[], url: string): AuthParts | null {
  let chosen: AuthParts | null = null;
  let best = 0;
  for (const parts of sessions) {
    const specificity = parts.specificity(url);
    if (specificity > best) {
      best = specificity;
      chosen = parts;
    }
  }
  return chosen;
}

function missing(sessions: readonly AuthParts[] = [], name: string | null = null): never {
  throw new AuthError('bad-config', ngDevMode && describeMissing(sessions, name));
}

function describeMissing(sessions: readonly AuthParts[], name: string | null): string {
  if (!sessions.length) return 'provideAuth(...) is missing: add it to the providers of the app.';
  const names = sessions.map(({ settings }) => `'${settings.name ?? ''}'`).join(', ');
  return name === null
    ? `all sessions have names (${names}): ask for one by injectAuthSession(name), or leave the name of one out.`
    : `no session is named '${name}', found ${names}: give one provideAuth this name.`;
}
