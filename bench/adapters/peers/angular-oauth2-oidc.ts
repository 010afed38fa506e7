import { provideHttpClient, withInterceptorsFromDi } from '@angular/common/http';
import { MemoryStorage, OAuthStorage, provideOAuthClient } from 'angular-oauth2-oidc';
import { clientOf, openAngular } from '../../world/angular-world.ts';
import type { Adapter } from '../contract.ts';

/** As its README says, with the tokens of a login that is over. */
export const adapter: Adapter = {
  about: {
    name: 'angular-oauth2-oidc',
    packages: ['angular-oauth2-oidc'],
    transport: 'HttpClient',
    can: ['attach', 'allow', 'expiry', 'store'],
    quickstart: `export { OAuthService, provideOAuthClient } from 'angular-oauth2-oidc';`,
    remark: 'refreshes by a timer, never for a 401; it also signs in, which the others do not',
    unplayed: { 'a token that has run out': 'needs its identity server' },
  },
  open: ({ server, allow, storage, token }) => {
    const store: OAuthStorage = storage === 'local' ? localStorage : new MemoryStorage();
    store.setItem('access_token', token);
    store.setItem('access_token_stored_at', `${Date.now()}`);
    store.setItem('expires_at', `${Date.now() + 3_600_000}`);
    const injector = openAngular(server, [
      provideHttpClient(withInterceptorsFromDi()),
      provideOAuthClient({ resourceServer: { allowedUrls: [...allow], sendAccessToken: true } }),
      { provide: OAuthStorage, useValue: store },
    ]);
    return clientOf(injector, (other) => store.setItem('access_token', other));
  },
};
