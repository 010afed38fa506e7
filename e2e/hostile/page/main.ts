import { JsonPipe } from '@angular/common';
import {
  HttpClient,
  type HttpErrorResponse,
  provideHttpClient,
  withInterceptors,
  withXhr,
} from '@angular/common/http';
import { type EnvironmentInjector } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import {
  AuthError,
  type AuthErrorCode,
  type AuthEvent,
  AuthInterceptor,
  authInterceptor,
  AuthSession,
  exchangeToken,
  postRefreshToken,
  provideAuth,
  refreshCookie,
  type RefreshStrategy,
  refreshTokenGrant,
} from 'ngx-bearer';
import { storageOption } from '../../storage-option.ts';
import type { Guest, GuestCall, GuestEnd, GuestPlan } from './contract.ts';
import { corpus } from './corpus.ts';
import { everyText, printed, shownByPage } from './shown.ts';

/** Many lives in seconds are no loop here. */
const NO_LIMIT = { count: 1_000_000, withinMs: 1000 };

// Heard from the first moment on, before there is an application.
const violations: string[] = [];
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  violations.push(`${effectiveDirective} ${blockedURI}`),
);

void open();

async function open(): Promise<void> {
  const plan = JSON.parse(new URLSearchParams(location.search).get('plan') ?? '') as GuestPlan;
  const { backend, strategy, refreshUrl, storage, ...config } = plan;
  const { injector } = await createApplication({
    providers: [
      provideHttpClient(withInterceptors([authInterceptor]), ...(backend === 'xhr' ? [withXhr()] : [])),
      provideAuth({
        ...config,
        ...storageOption(storage),
        refresh: strategyOf(strategy, refreshUrl),
        refreshLimit: NO_LIMIT,
      }),
    ],
  });
  window.guest = createGuest(injector);
}

function createGuest(injector: EnvironmentInjector): Guest {
  const [http, session] = [injector.get(HttpClient), injector.get(AuthSession)];
  const errors: unknown[] = [];
  const events: AuthEvent[] = [];
  session.events.subscribe((event) => events.push(event));
  const keep = (error: unknown): void => void errors.push(error);
  return {
    signIn: (answer) => {
      try {
        session.signIn(answer);
        return null;
      } catch (error) {
        keep(error);
        return codeOf(error);
      }
    },
    signOut: () => void session.signOut(),
    signedIn: () => session.signedIn(),
    events: () => events,
    send: (call) => send(http, call, keep),
    forceRefresh: async () => {
      const ends = await Promise.allSettled([session.refresh(), session.accessToken()]);
      const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
      failures.forEach(keep);
      return codeOf(failures[0]);
    },
    corpus: () => corpus,
    violations: () => violations,
    keepError: keep,
    placesThatShow: async (text) => {
      const objects = [session, injector.get(AuthInterceptor), http, injector].map(shownByTemplate);
      const texts = { 'an error': everyText(errors), 'an event': everyText(events) };
      const shown = { ...(await shownByPage()), ...texts, 'an object of the injector': objects.join('\n') };
      return Object.entries(shown).flatMap(([place, all]) => (all.includes(text) ? [place] : []));
    },
  };
}

function send(http: HttpClient, call: GuestCall, keep: (error: unknown) => void): Promise<GuestEnd> {
  const { url, method = 'GET' } = call;
  const body = method === 'POST' ? { order: 7 } : null;
  return new Promise((resolve) => {
    http.request(method, url, { body, observe: 'response', responseType: 'text' }).subscribe({
      next: ({ status }) => resolve({ status, code: null }),
      error: (failure: HttpErrorResponse) => {
        keep(failure);
        resolve({ status: failure.status, code: codeOf(failure.error) });
      },
    });
  });
}

/** As `{{ object }}`, `{{ object | json }}` and each `{{ object.member }}` would; signals are read. */
function shownByTemplate(object: object): string {
  const pipe = new JsonPipe();
  const asJson = (value: unknown): string => {
    try {
      return pipe.transform(value);
    } catch (error) {
      return String(error);
    }
  };
  const members = Object.entries(object).flatMap(([name, value]: [string, unknown]) => {
    const read = typeof value === 'function' && value.length === 0 ? (value as () => unknown)() : value;
    return [name, printed(value), printed(read), asJson(read)];
  });
  return [printed(object), asJson(object), ...members].join('\n');
}

function codeOf(error: unknown): AuthErrorCode | null {
  return error instanceof AuthError ? error.code : null;
}

function strategyOf(strategy: GuestPlan['strategy'], url: string): RefreshStrategy {
  switch (strategy) {
    case 'exchange':
      return exchangeToken(url);
    case 'json':
      return postRefreshToken(url);
    case 'form':
      return refreshTokenGrant({ tokenEndpoint: url, clientId: 'guest' });
    case 'cookie':
      return refreshCookie(url);
  }
}
