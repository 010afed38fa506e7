import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { EnvironmentInjector, runInInjectionContext } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import {
  authInterceptor,
  AuthSession,
  injectAuthSession,
  localTokenStorage,
  postRefreshToken,
  provideAuth,
} from 'ngx-bearer';
import { call } from './call.ts';
import type { SessionsPage } from './sessions-contract.ts';

const { apiUrl } = (await (await fetch('/config.json')).json()) as { apiUrl: string };
const [shop = '', billing = ''] = apiUrl.split(' ');

const { injector } = await createApplication({
  providers: [
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAuth({
      allow: [shop],
      refresh: postRefreshToken(`${shop}/token`),
      storage: localTokenStorage(),
    }),
    provideAuth({
      name: 'billing',
      allow: [billing],
      refresh: postRefreshToken(`${billing}/token`),
      storage: localTokenStorage(),
    }),
  ],
});
const http = injector.get(HttpClient);
const session = injector.get(AuthSession);
const billingSession = runInInjectionContext(injector.get(EnvironmentInjector), () =>
  injectAuthSession('billing'),
);

window.sessionsPage = {
  signIn: () => {
    session.signIn({ access_token: 'a0', refresh_token: 'r0' });
    billingSession.signIn({ access_token: 'b0', refresh_token: 'r0' });
  },
  callBoth: (count) =>
    Promise.all(
      Array.from({ length: count }, () => [
        call(http, `${shop}/orders`),
        call(http, `${billing}/bills`),
      ]).flat(),
    ),
  signOutOfBilling: () => billingSession.signOut(),
  signedIn: () => [session.signedIn(), billingSession.signedIn()],
} satisfies SessionsPage;
Object.assign(window, { page: window.sessionsPage });
