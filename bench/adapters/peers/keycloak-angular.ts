import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  createInterceptorCondition,
  INCLUDE_BEARER_TOKEN_INTERCEPTOR_CONFIG,
  type IncludeBearerTokenCondition,
  includeBearerTokenInterceptor,
  provideKeycloak,
} from 'keycloak-angular';
import Keycloak from 'keycloak-js';
import { REFRESH_URL, type Server } from '../../world/server.ts';
import { claimsIn } from '../../world/tokens.ts';
import { clientOf, openAngular } from '../../world/angular-world.ts';
import type { Adapter } from '../contract.ts';

/** As its README says, with the tokens of a login that is over. */
export const adapter: Adapter = {
  about: {
    name: 'keycloak-angular',
    packages: ['keycloak-angular', 'keycloak-js'],
    transport: 'HttpClient',
    can: ['attach', 'allow', 'expiry', 'hold'],
    quickstart: `export { createInterceptorCondition, INCLUDE_BEARER_TOKEN_INTERCEPTOR_CONFIG, includeBearerTokenInterceptor, provideKeycloak } from 'keycloak-angular';`,
    remark:
      'refreshes before a request when the token is about to run out, never for a 401; it also signs in',
  },
  open: async ({ server, allow, token }) => {
    const conditions = allow.map((origin) =>
      createInterceptorCondition<IncludeBearerTokenCondition>({
        urlPattern: new RegExp(`^(${origin.replaceAll('.', '\\.')})(/.*)?$`, 'i'),
      }),
    );
    const injector = openAngular(server, [
      provideHttpClient(withInterceptors([includeBearerTokenInterceptor])),
      provideKeycloak({
        config: { url: 'https://id.example.com', realm: 'bench', clientId: 'bench' },
        providers: [{ provide: INCLUDE_BEARER_TOKEN_INTERCEPTOR_CONFIG, useValue: conditions }],
      }),
    ]);
    const fetchBefore = answerTokenEndpoint(server);
    const keycloak = injector.get(Keycloak);
    const tokens = { token, refreshToken: token, idToken: token };
    await keycloak.init({ ...tokens, checkLoginIframe: false, timeSkew: 0 });
    const client = clientOf(injector, (other) => {
      keycloak.token = keycloak.refreshToken = other;
      keycloak.tokenParsed = claimsIn(other);
    });
    return {
      ...client,
      close: () => {
        globalThis.fetch = fetchBefore;
        client.close();
      },
    };
  },
};

/** keycloak-js refreshes with `fetch`, past `HttpClient`, and at its start already. */
function answerTokenEndpoint(server: Server): typeof fetch {
  const fetchBefore = globalThis.fetch;
  globalThis.fetch = (_, init) => {
    const refreshToken = (init?.body as URLSearchParams).get('refresh_token');
    const sent = { method: 'POST', url: REFRESH_URL, authorization: `Bearer ${refreshToken ?? ''}` };
    return new Promise((resolve) => {
      server.receive(sent, ({ status, body }) => {
        const { access_token: token } = (body ?? {}) as { access_token?: string };
        const tokens = { access_token: token, refresh_token: token, id_token: token };
        resolve(Response.json(tokens, { status: status === 204 ? 200 : status }));
      });
    });
  };
  return fetchBefore;
}
