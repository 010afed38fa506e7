import { inject, Injector, runInInjectionContext } from '@angular/core';
import { AUTH_SESSIONS, findSession, SESSION_NAME } from './auth-parts';
import { AuthSession } from './auth-session';

/**
 * The session of a name, where an injector has several: the one of `provideAuth({ name, … })`. `inject(AuthSession)` is the one
 * without a name. Has to run in an injection context.
 *
 * @throws AuthError `bad-config` if no session has this name.
 */
export function injectAuthSession(name: string): AuthSession {
  const parts = findSession(inject(AUTH_SESSIONS), name);
  const providers = [{ provide: SESSION_NAME, useValue: name }];
  parts.facade ??= runInInjectionContext(
    Injector.create({ providers, parent: parts.injector }),
    () => new AuthSession(),
  );
  return parts.facade as AuthSession;
}
