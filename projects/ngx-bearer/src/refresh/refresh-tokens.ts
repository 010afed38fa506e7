import { HttpBackend, HttpClient } from '@angular/common/http';
import { type EnvironmentInjector, runInInjectionContext } from '@angular/core';
import { defer, first, map, type Observable, throwError, timeout } from 'rxjs';
import type { AuthSettings } from '../auth-config';
import { type AuthTokens, readTokens } from '../session/tokens';
import type { Hold } from './hold';
import { timedOut } from './refresh-outcome';

/** Asks the strategy. Whatever it does, the answer is one pair of tokens or one error, in time. */
export function refreshTokens(
  { credential, work }: Hold,
  { refresh, refreshTimeout }: AuthSettings,
  injector: EnvironmentInjector,
): Observable<AuthTokens> {
  return defer(() => {
    const abort = new AbortController();
    work.add(() => {
      abort.abort();
    });
    const context = { http: new HttpClient(injector.get(HttpBackend)), signal: abort.signal };
    return runInInjectionContext(injector, () => refresh(credential && { ...credential.tokens }, context));
  }).pipe(
    // An answer without a value reads as null, which is no token response.
    first(null, null),
    timeout({ first: refreshTimeout, with: () => throwError(() => timedOut(refreshTimeout)) }),
    map(readTokens),
  );
}
