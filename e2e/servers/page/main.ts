import {
  HttpClient,
  type HttpErrorResponse,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import type { EnvironmentProviders, Provider } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import {
  type AuthConfig,
  AuthError,
  type AuthEvent,
  authInterceptor,
  AuthSession,
  type AuthTokens,
  provideAuth,
  readTokens,
  skipAuth,
} from 'ngx-bearer';
import { firstValueFrom, type Observable } from 'rxjs';
import type { App, CallEnd, SignInCall } from './contract.ts';

/** What the block of a docs page exports: providers or a configuration, and how to sign in if that needs code. */
export interface DocsBlock {
  readonly providers?: (Provider | EnvironmentProviders)[];
  readonly auth?: AuthConfig;
  /** Signs in and returns the tokens. */
  readonly signIn?: (http: HttpClient, form: unknown) => Observable<AuthTokens>;
  /** Reads the answer of a sign-in that names its fields differently. */
  readonly readPair?: (response: unknown) => AuthTokens;
}

/** Starts an application with the configuration of a docs page. */
export async function openApp(block: DocsBlock, apiUrl: string): Promise<void> {
  const { injector } = await createApplication({ providers: providersOf(block) });
  const session = injector.get(AuthSession);
  const http = injector.get(HttpClient);
  const events: AuthEvent[] = [];
  session.events.subscribe((event) => events.push(event));
  window.app = {
    signIn: async (call) => {
      const { tokens, answer } = await signIn(call, { block, http, apiUrl });
      session.signIn(answer);
      return { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken ?? null };
    },
    use: (tokens) => session.signIn(tokens),
    call: (path) => call(http, apiUrl + path),
    signedIn: () => session.signedIn(),
    events: () => events,
    readableHeaders: async (path, token) => {
      const answer = await fetch(apiUrl + path, { headers: { Authorization: `Bearer ${token}` } });
      return Object.fromEntries(answer.headers);
    },
  } satisfies App;
}

function providersOf({ providers, auth }: DocsBlock): (Provider | EnvironmentProviders)[] {
  if (providers) return providers;
  if (!auth) throw new Error('The block exports neither providers nor auth.');
  return [provideHttpClient(withInterceptors([authInterceptor])), provideAuth(auth)];
}

interface Place {
  readonly block: DocsBlock;
  readonly http: HttpClient;
  readonly apiUrl: string;
}

/** As the docs page shows it; by default the answer goes to the session as it is. */
async function signIn(
  { path, method = 'POST', body, form }: SignInCall,
  { block, http, apiUrl }: Place,
): Promise<{ tokens: AuthTokens; answer: unknown }> {
  if (block.signIn) {
    const tokens = await firstValueFrom(block.signIn(http, body));
    return { tokens, answer: tokens };
  }
  const sent = form ? new URLSearchParams(body as Record<string, string>).toString() : body;
  const headers = { 'Content-Type': form ? 'application/x-www-form-urlencoded' : 'application/json' };
  const answer = await firstValueFrom(
    http.request(method, apiUrl + path, { body: sent, headers, context: skipAuth() }),
  );
  if (!block.readPair) return { tokens: readTokens(answer), answer };
  const tokens = block.readPair(answer);
  return { tokens, answer: tokens };
}

function call(http: HttpClient, url: string): Promise<CallEnd> {
  return new Promise((resolve) => {
    http.get(url, { responseType: 'text' }).subscribe({
      next: (body) => resolve({ status: 200, body, code: null }),
      error: ({ status, error }: HttpErrorResponse) =>
        resolve({ status, body: null, code: error instanceof AuthError ? error.code : null }),
    });
  });
}
