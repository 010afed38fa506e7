import * as oauth from 'oauth4webapi';
import { DPoPState, OidcClient } from 'oidc-client-ts';

/** Where a sign-in takes place. */
export interface SignInPlace {
  readonly issuer: string;
  /** `dpopKey()`. */
  readonly key: () => Promise<CryptoKeyPair>;
}

const CLIENT_ID = 'demo';
const REDIRECT_URI = 'https://app.example.com/signed-in';
const SCOPE = 'openid offline_access';

/** Exchanges a code with PKCE, and returns the answer of the token endpoint. */
export async function exchangeByOauth4webapi({ issuer, key }: SignInPlace): Promise<unknown> {
  const server = { issuer, token_endpoint: `${issuer}/token` };
  const client: oauth.Client = { client_id: CLIENT_ID, id_token_signed_response_alg: 'ES256' };
  const verifier = oauth.generateRandomCodeVerifier();
  const code = await codeFor(issuer, { challenge: await oauth.calculatePKCECodeChallenge(verifier) });
  const parameters = oauth.validateAuthResponse(server, client, new URLSearchParams({ code, iss: issuer }));
  const DPoP = oauth.DPoP(client, await key());
  const exchange = async (): Promise<oauth.TokenEndpointResponse> => {
    const options = {
      DPoP, // eslint-disable-next-line @typescript-eslint/no-deprecated -- the server of the test is on this machine
      [oauth.allowInsecureRequests]: true,
    };
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      REDIRECT_URI,
      verifier,
      options,
    );
    return oauth.processAuthorizationCodeResponse(server, client, answer);
  };
  try {
    return await exchange();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return exchange();
  }
}

/** The same by the client that many Angular applications have. It asks its store for the key. */
export async function exchangeByOidcClient({ issuer, key }: SignInPlace): Promise<unknown> {
  const state = new DPoPState(await key());
  const store = {
    getAllKeys: () => Promise.resolve([CLIENT_ID]),
    get: () => Promise.resolve(state),
    remove: () => Promise.resolve(state),
    set: () => Promise.resolve(),
  };
  const client = new OidcClient({
    authority: issuer,
    metadata: { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    scope: SCOPE,
    dpop: { store },
  });
  const request = await client.createSigninRequest({});
  const { searchParams } = new URL(request.url);
  const code = await codeFor(issuer, { challenge: searchParams.get('code_challenge') ?? '' });
  const answer = new URLSearchParams({ code, state: searchParams.get('state') ?? '' });
  const { access_token, refresh_token, token_type, expires_in } = await client.processSigninResponse(
    `${REDIRECT_URI}?${answer}`,
  );
  return { access_token, refresh_token, token_type, expires_in };
}

/** What the redirect of the authorization endpoint would bring. */
async function codeFor(issuer: string, request: { readonly challenge: string }): Promise<string> {
  const answer = await fetch(`${issuer}/code`, { method: 'POST', body: JSON.stringify(request) });
  return ((await answer.json()) as { readonly code: string }).code;
}
