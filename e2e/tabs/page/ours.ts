import {
  HttpClient,
  type HttpErrorResponse,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import { createApplication } from '@angular/platform-browser';
import {
  AuthError,
  authInterceptor,
  AuthSession,
  exchangeToken,
  provideAuth,
  refreshCookie,
  type RefreshStrategy,
  refreshTokenGrant,
} from 'ngx-bearer';
import { BehaviorSubject, defer, finalize, first, switchMap } from 'rxjs';
import { storageOption } from '../../storage-option.ts';
import type { CallEnd, Occurrence, Tab, TabPlan } from './contract.ts';
import { logIn, whoAmI } from './api.ts';

/** Many rounds in seconds are no loop here. */
const NO_LIMIT = { count: 1_000_000, withinMs: 1000 };

/** The tab of an application that uses the library, through its public API. */
export async function openOurs(plan: TabPlan, apiUrl: string): Promise<Tab> {
  const door = new Door();
  const { injector } = await createApplication({
    providers: [
      provideHttpClient(withInterceptors([authInterceptor])),
      provideAuth({
        allow: [apiUrl],
        refresh: door.before(strategyOf(plan, apiUrl + plan.endpoint)),
        ...storageOption(plan.storage),
        refreshTimeout: plan.refreshTimeoutMs,
        refreshLimit: NO_LIMIT,
      }),
    ],
  });
  const session = injector.get(AuthSession);
  const http = injector.get(HttpClient);
  const events: Occurrence[] = [];
  session.events.subscribe((event) => events.push({ ...event, at: Date.now() }));
  return {
    signIn: async (username) => session.signIn(await logIn(username, plan, apiUrl)),
    signOut: () => void session.signOut(),
    call: () => call(http, whoAmI(apiUrl)),
    signedIn: () => session.signedIn(),
    accessToken: () => session.accessToken(),
    events: () => events,
    holdRefreshes: (isHeld) => door.isOpen.next(!isHeld),
    heldRefreshes: () => door.waiting,
  };
}

function strategyOf({ protocol }: TabPlan, url: string): RefreshStrategy {
  switch (protocol) {
    case 'exchange':
      return exchangeToken(url);
    case 'oauth':
      return refreshTokenGrant({ tokenEndpoint: url, clientId: 'demo' });
    case 'cookie':
      return refreshCookie(url);
  }
}

/** Where a refresh waits that has begun and is not yet sent. */
class Door {
  readonly isOpen = new BehaviorSubject(true);
  waiting = 0;

  before(strategy: RefreshStrategy): RefreshStrategy {
    const held: RefreshStrategy = (tokens, context) => {
      const answer = strategy(tokens, context);
      return defer(() => {
        this.waiting++;
        return this.isOpen.pipe(
          first(Boolean),
          finalize(() => this.waiting--),
          switchMap(() => answer),
        );
      });
    };
    return Object.assign(held, strategy);
  }
}

function call(http: HttpClient, url: string): Promise<CallEnd> {
  return new Promise((resolve) => {
    http.get<{ username: string }>(url).subscribe({
      next: ({ username }) => resolve({ status: 200, username, code: null }),
      error: ({ status, error }: HttpErrorResponse) =>
        resolve({ status, username: null, code: error instanceof AuthError ? error.code : null }),
    });
  });
}
