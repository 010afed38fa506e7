import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider from 'oidc-provider';
import { jsonOf, readMessage } from '../../tabs/servers/message.ts';
import { configurationFor, firstRefresh } from '../../tabs/servers/public-client.ts';
import { environment } from '../node/environment.ts';
import { serve } from '../node/serve.ts';
import { adapter, deleteUser, hasUser, key, revoke } from './store.ts';

const CLIENT = { id: 'shop', origin: environment('ORIGIN'), scope: 'openid offline_access' };
const TOKEN_ENDPOINT = '/oauth/token';
const DAY_SECONDS = 86_400;

const provider = new Provider('https://id.example.com', {
  ...configurationFor(CLIENT),
  adapter,
  // By default a token works 15 seconds longer.
  clockTolerance: 0,
  findAccount: (_context: unknown, id: string) =>
    hasUser(id) ? { accountId: id, claims: () => ({ sub: id }) } : undefined,
  jwks: { keys: [key] },
  // The API of this server is the userinfo endpoint, `/me`.
  routes: { token: TOKEN_ENDPOINT },
  ttl: {
    AccessToken: Number(environment('ACCESS_SECONDS')),
    Grant: DAY_SECONDS,
    IdToken: DAY_SECONDS,
    RefreshToken: DAY_SECONDS,
  },
});
const answer = provider.callback();

serve(
  (incoming, outgoing) => {
    if (incoming.url?.split('?')[0] === '/login') void logIn(incoming, outgoing);
    else answer(incoming, outgoing);
  },
  { refreshPath: TOKEN_ENDPOINT, revoke, deleteUser },
);

/** Replaces the pages of the authorization code flow: answers what the token endpoint answers at the end of it. */
async function logIn(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  outgoing.setHeader('Access-Control-Allow-Origin', CLIENT.origin);
  outgoing.setHeader('Access-Control-Allow-Headers', 'Content-Type');
  outgoing.setHeader('Content-Type', 'application/json');
  if (incoming.method === 'OPTIONS') {
    outgoing.writeHead(204).end();
    return;
  }
  const accountId = String(jsonOf(await readMessage(incoming))['user']);
  const tokens = await fetch(`http://127.0.0.1:${environment('PORT')}${TOKEN_ENDPOINT}`, {
    method: 'POST',
    body: await firstRefresh(provider, accountId, CLIENT),
  });
  outgoing.writeHead(tokens.status).end(await tokens.text());
}
