import { Location } from '@angular/common';
import { HTTP_INTERCEPTORS, provideHttpClient, withInterceptorsFromDi } from '@angular/common/http';
import { AuthHttpInterceptor, InMemoryCache, LocalStorageCache, provideAuth0 } from '@auth0/auth0-angular';
import { clientOf, openAngular } from '../../world/angular-world.ts';
import type { Adapter } from '../contract.ts';

const PREFIX = '@@auth0spajs@@::bench';
const SCOPE = 'openid profile email';

/** As its README says, with the tokens of a login that is over. */
export const adapter: Adapter = {
  about: {
    name: '@auth0/auth0-angular',
    packages: ['@auth0/auth0-angular'],
    transport: 'HttpClient',
    can: ['attach', 'allow', 'expiry', 'hold', 'store', 'tabs'],
    quickstart: `export { AuthHttpInterceptor, AuthService, provideAuth0 } from '@auth0/auth0-angular';`,
    remark:
      'refreshes before a request when the token is about to run out, never for a 401; it also signs in',
    unplayed: { 'a token that has run out': 'needs its identity server' },
  },
  open: ({ server, allow, storage, token }) => {
    const cache = storage === 'local' ? new LocalStorageCache() : new InMemoryCache().enclosedCache;
    const signIn = (other: string) => {
      const claims = { claims: { __raw: other }, user: { sub: 'ann' } };
      const entry = {
        access_token: other,
        id_token: other,
        decodedToken: claims,
        expires_in: 3600,
        audience: 'default',
        scope: SCOPE,
        client_id: 'bench',
      };
      const expiresAt = Math.floor(Date.now() / 1000) + 3600;
      void cache.set(`${PREFIX}::default::${SCOPE}`, { body: entry, expiresAt });
      void cache.set(`${PREFIX}::@@user@@`, { id_token: other, decodedToken: claims });
    };
    signIn(token);
    const injector = openAngular(server, [
      provideHttpClient(withInterceptorsFromDi()),
      provideAuth0({
        domain: 'id.example.com',
        clientId: 'bench',
        cache,
        httpInterceptor: { allowedList: allow.map((origin) => `${origin}/*`) },
      }),
      { provide: HTTP_INTERCEPTORS, useExisting: AuthHttpInterceptor, multi: true },
      // Only where a login leads back to.
      { provide: Location, useValue: { replaceState: () => undefined } },
    ]);
    return clientOf(injector, signIn);
  },
};
