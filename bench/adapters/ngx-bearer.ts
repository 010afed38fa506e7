import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { authInterceptor, AuthSession, exchangeToken, localTokenStorage, provideAuth } from 'ngx-bearer';
import { clientOf, openAngular } from '../world/angular-world.ts';
import { REFRESH_URL } from '../world/server.ts';
import type { Adapter } from './contract.ts';

/** As its own README says. */
export const adapter: Adapter = {
  about: {
    name: 'ngx-bearer',
    packages: ['ngx-bearer'],
    transport: 'HttpClient',
    can: ['attach', 'allow', 'expiry', 'heal', 'hold', 'store', 'tabs', 'limit'],
    quickstart: `export { authInterceptor, exchangeToken, localTokenStorage, provideAuth, AuthSession } from 'ngx-bearer';`,
  },
  open: ({ server, allow, storage, token }) => {
    const injector = openAngular(server, [
      provideHttpClient(withInterceptors([authInterceptor])),
      provideAuth({
        allow,
        refresh: exchangeToken(REFRESH_URL),
        ...(storage === 'local' && { storage: localTokenStorage() }),
      }),
    ]);
    const session = injector.get(AuthSession);
    session.signIn({ access_token: token });
    return clientOf(injector, (other) => session.signIn({ access_token: other }));
  },
};
