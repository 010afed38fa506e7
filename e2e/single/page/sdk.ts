import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { createApplication } from '@angular/platform-browser';
import { oidcTokens } from 'docs:oidc-client-ts';
import { authInterceptor, AuthSession, provideAuth } from 'ngx-bearer';
import { UserManager } from 'oidc-client-ts';
import { call } from './call.ts';
import type { SdkPage } from './sdk-contract.ts';

const { apiUrl } = (await (await fetch('/config.json')).json()) as { apiUrl: string };
const users = new UserManager({
  authority: apiUrl,
  client_id: 'shop',
  redirect_uri: `${location.origin}/`,
  scope: 'openid',
  automaticSilentRenew: false,
});
if (location.search.includes('code=')) {
  await users.signinCallback();
  history.replaceState(null, '', '/');
}
const isKnown = (await users.getUser()) !== null;

const { injector } = await createApplication({
  providers: [
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAuth({ allow: [apiUrl], refresh: oidcTokens(users) }),
  ],
});
const http = injector.get(HttpClient);

function callSix(): Promise<string[]> {
  return Promise.all(Array.from({ length: 6 }, () => call(http, `${apiUrl}/me`)));
}

window.sdkPage = {
  signIn: () => void users.signinRedirect(),
  whileLoading: isKnown ? callSix() : Promise.resolve([]),
  callSix,
  signedIn: () => injector.get(AuthSession).signedIn(),
} satisfies SdkPage;
Object.assign(window, { page: window.sdkPage });
