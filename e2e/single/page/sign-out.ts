import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { provideAppInitializer } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import {
  authInterceptor,
  AuthSession,
  provideAuth,
  refreshTokenGrant,
  revokeToken,
  skipAuth,
} from 'ngx-bearer';
import { firstValueFrom } from 'rxjs';
import { call } from './call.ts';
import { config, loadConfig } from './run-time-config.ts';
import type { SignOutPage } from './sign-out-contract.ts';

const { injector } = await createApplication({
  providers: [
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAppInitializer(loadConfig),
    provideAuth(() => ({
      allow: [config.apiUrl],
      refresh: refreshTokenGrant({ tokenEndpoint: `${config.apiUrl}/token`, clientId: 'demo' }),
      refreshTimeout: 1000,
      onSignOut: revokeToken({ revocationEndpoint: `${config.apiUrl}/token/revocation`, clientId: 'demo' }),
    })),
  ],
});
const { apiUrl } = config;
const http = injector.get(HttpClient);
const session = injector.get(AuthSession);

window.page = {
  use: (tokens) => session.signIn(tokens),
  logIn: async (username) => {
    const tokens = await firstValueFrom(
      http.post<Record<string, string>>(`${apiUrl}/login`, { username }, { context: skipAuth() }),
    );
    session.signIn(tokens);
    return tokens;
  },
  call: () => call(http, `${apiUrl}/me`),
  signOut: async () => {
    const start = performance.now();
    const ended = session.signOut();
    const signedIn = session.signedIn();
    await ended;
    return { signedIn, tookMs: performance.now() - start };
  },
  signOutAndLeave: (address) => {
    session.signOut();
    location.assign(address);
  },
} satisfies SignOutPage;
