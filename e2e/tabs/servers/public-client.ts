import type Provider from 'oidc-provider';

/** An application in a browser, as its `oidc-provider` knows it. */
export interface PublicClient {
  readonly id: string;
  /** Of its pages. */
  readonly origin: string;
  readonly scope: string;
}

interface Owner {
  readonly clientId: string;
}

/** The configuration of a provider for one such client, with refresh tokens that rotate. */
export function configurationFor({ id, origin, scope }: PublicClient) {
  return {
    clients: [
      {
        client_id: id,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: ['https://app.example.com/signed-in'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    clientBasedCORS: (_context: unknown, asking: string) => asking === origin,
    cookies: { keys: ['not used: no page of the provider is shown'] },
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_context: unknown, client: Owner, token: Owner) => client.clientId === token.clientId,
      },
    },
    rotateRefreshToken: true,
    scopes: scope.split(' '),
  };
}

/** Replaces the pages of the authorization code flow: mints a refresh token, and returns the form that exchanges it. */
export async function firstRefresh(
  provider: Provider,
  accountId: string,
  { id: clientId, scope }: PublicClient,
): Promise<URLSearchParams> {
  const client = await provider.Client.find(clientId);
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope(scope);
  const token = { accountId, client, grantId: await grant.save(), gty: 'authorization_code', scope };
  return new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: await new provider.RefreshToken(token).save(),
    client_id: clientId,
  });
}
