import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { type ApplicationConfig, inject, provideEnvironmentInitializer } from '@angular/core';
import { provideClientHydration, withHttpTransferCacheOptions } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import {
  authInterceptor,
  AuthSession,
  localTokenStorage,
  provideAuth,
  refreshTokenGrant,
  type TokenStorage,
} from 'ngx-bearer';
import { API_URL } from './api-url';
import { pages } from './pages';
import type { Settings } from './settings';

/** What the browser and the server share. */
export function appConfig(settings: Settings, cookie: TokenStorage): ApplicationConfig {
  const { apiUrl, storage, carriesAnswers, watch } = settings;
  return {
    providers: [
      provideRouter(pages),
      carriesAnswers ? provideClientHydration(carryAnswer(`${apiUrl}/me`)) : provideClientHydration(),
      provideHttpClient(withInterceptors([authInterceptor])),
      provideAuth({
        allow: [apiUrl, '/'],
        refresh: refreshTokenGrant({ tokenEndpoint: `${apiUrl}/oauth/token`, clientId: 'demo' }),
        storage: storage === 'cookie' ? cookie : localTokenStorage(),
      }),
      { provide: API_URL, useValue: apiUrl },
      provideEnvironmentInitializer(() => watch?.(inject(AuthSession))),
    ],
  };
}

/** What the API has answered for this user travels in the page, for the browser to begin with. */
function carryAnswer(answered: string) {
  return withHttpTransferCacheOptions({
    includeRequestsWithAuthHeaders: true,
    includeNonCacheableRequests: true,
    filter: ({ url }) => url === answered,
  });
}
