import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Token } from 'oidc-provider';
import { LOOPBACK } from '../../../tools/ports.ts';
import { memoryAdapter } from './memory-adapter.ts';
import { bearerOf, jsonOf, readMessage } from './message.ts';
import { configurationFor, firstRefresh, type PublicClient } from './public-client.ts';
import type { Upstream } from './token-server.ts';

const DAY_SECONDS = 86_400;

/** `oidc-provider`: refresh tokens rotate, and one that comes back ends its whole grant. */
export async function openOidc(origin: string): Promise<Upstream> {
  const client: PublicClient = { id: 'demo', origin, scope: 'offline_access' };
  const provider = createProvider(client);
  const issued = new Set<Token>();
  const seen = { reuses: 0 };
  provider.on('access_token.saved', (token: Token) => issued.add(token));
  provider.on('grant.revoked', () => (seen.reuses += 1));
  const desk = { provider, client, answer: provider.callback() };
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
  readonly client: PublicClient;
  readonly answer: RequestListener;
}

function createProvider(client: PublicClient): Provider {
  return new Provider('https://issuer.example', {
    ...configurationFor(client),
    adapter: memoryAdapter(),
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    jwks: { keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })] },
    ttl: { AccessToken: DAY_SECONDS, Grant: DAY_SECONDS, RefreshToken: DAY_SECONDS },
  });
}

async function serve(desk: Desk, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const path = incoming.url?.split('?')[0];
  if (path !== '/login' && path !== '/me') {
    desk.answer(incoming, outgoing);
    return;
  }
  allow(desk.client.origin, outgoing);
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
async function logIn({ provider, client }: Desk, incoming: IncomingMessage, outgoing: ServerResponse) {
  const accountId = String(jsonOf(await readMessage(incoming))['username']);
  const { localAddress, localPort } = incoming.socket;
  const answer = await fetch(`http://${localAddress ?? LOOPBACK}:${localPort ?? 0}/token`, {
    method: 'POST',
    body: await firstRefresh(provider, accountId, client),
  });
  writeJson(outgoing, answer.status, await answer.json());
}

function writeJson(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  outgoing.end(JSON.stringify(body));
}
