import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Token } from 'oidc-provider';
import { LOOPBACK } from '../../../tools/ports.ts';
import { memoryAdapter } from './memory-adapter.ts';
import { bearerOf, jsonOf, readMessage } from './message.ts';
import type { Upstream } from './token-server.ts';

const CLIENT = 'demo';
const SCOPE = 'offline_access';
const DAY_SECONDS = 86_400;

/** `oidc-provider`: refresh tokens rotate, and one that comes back ends its whole grant. */
export async function openOidc(origin: string): Promise<Upstream> {
  const provider = createProvider(origin);
  const issued = new Set<Token>();
  const seen = { reuses: 0 };
  provider.on('access_token.saved', (token: Token) => issued.add(token));
  provider.on('grant.revoked', () => (seen.reuses += 1));
  const desk = { provider, origin, answer: provider.callback() };
  const server = createServer((incoming, outgoing) => void serve(desk, incoming, outgoing));
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    expireAll: async () => {
      const all = [...issued];
      issued.clear();
      await Promise.all(all.map((token) => token.destroy()));
    },
    reuseDetections: () => Promise.resolve(seen.reuses),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Desk {
  readonly provider: Provider;
  readonly origin: string;
  readonly answer: RequestListener;
}

function createProvider(origin: string): Provider {
  return new Provider('https://issuer.example', {
    adapter: memoryAdapter(),
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: ['https://app.example/signed-in'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    clientBasedCORS: (_context: unknown, asking: string) => asking === origin,
    cookies: { keys: ['not used: no page of the provider is shown'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    jwks: { keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })] },
    rotateRefreshToken: true,
    scopes: [SCOPE],
    ttl: { AccessToken: DAY_SECONDS, Grant: DAY_SECONDS, RefreshToken: DAY_SECONDS },
  });
}

async function serve(desk: Desk, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const path = incoming.url?.split('?')[0];
  if (path !== '/login' && path !== '/me') {
    desk.answer(incoming, outgoing);
    return;
  }
  allow(desk.origin, outgoing);
  if (incoming.method === 'OPTIONS') outgoing.writeHead(204).end();
  else if (path === '/me') await tellWho(desk, incoming, outgoing);
  else await logIn(desk, incoming, outgoing);
}

function allow(origin: string, outgoing: ServerResponse): void {
  outgoing.setHeader('Access-Control-Allow-Origin', origin);
  outgoing.setHeader('Access-Control-Allow-Credentials', 'true');
  outgoing.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  outgoing.setHeader('Access-Control-Max-Age', '600');
  outgoing.setHeader('Vary', 'Origin');
}

async function tellWho({ provider }: Desk, incoming: IncomingMessage, outgoing: ServerResponse) {
  const token = bearerOf(await readMessage(incoming));
  const found = token === null ? undefined : await provider.AccessToken.find(token);
  if (found) writeJson(outgoing, 200, { username: found.accountId });
  else writeJson(outgoing, 401, { error: 'invalid_token' });
}

/** The first pair comes through the token endpoint, as all others do, for a refresh token minted here. */
async function logIn({ provider }: Desk, incoming: IncomingMessage, outgoing: ServerResponse) {
  const accountId = String(jsonOf(await readMessage(incoming))['username']);
  const refreshToken = await mintRefreshToken(provider, accountId);
  const { localAddress, localPort } = incoming.socket;
  const answer = await fetch(`http://${localAddress ?? LOOPBACK}:${localPort ?? 0}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: CLIENT,
    }),
  });
  writeJson(outgoing, answer.status, await answer.json());
}

async function mintRefreshToken(provider: Provider, accountId: string): Promise<string> {
  const client = await provider.Client.find(CLIENT);
  const grant = new provider.Grant({ accountId, clientId: CLIENT });
  grant.addOIDCScope(SCOPE);
  const grantId = await grant.save();
  return new provider.RefreshToken({
    accountId,
    client,
    grantId,
    gty: 'authorization_code',
    scope: SCOPE,
  }).save();
}

function writeJson(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  outgoing.end(JSON.stringify(body));
}
