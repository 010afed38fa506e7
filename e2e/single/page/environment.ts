import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { provideAppInitializer } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { authInterceptor, AuthSession, postRefreshToken, provideAuth } from 'ngx-bearer';
import { call } from './call.ts';
import type { EnvironmentPage } from './environment-contract.ts';
import { config, loadConfig } from './run-time-config.ts';

const { injector } = await createApplication({
  providers: [
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAppInitializer(loadConfig),
    provideAuth(() => ({
      allow: [config.apiUrl],
      refresh: postRefreshToken(`${config.apiUrl}/token`),
    })),
  ],
});
const http = injector.get(HttpClient);

window.environmentPage = {
  signIn: () => injector.get(AuthSession).signIn({ access_token: 'a0', refresh_token: 'r0' }),
  callSix: () => Promise.all(Array.from({ length: 6 }, () => call(http, `${config.apiUrl}/orders`))),
} satisfies EnvironmentPage;
Object.assign(window, { page: window.environmentPage });
