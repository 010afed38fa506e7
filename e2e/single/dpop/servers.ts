import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Token } from 'oidc-provider';
import { LOOPBACK } from '../../../tools/ports.ts';
import { memoryAdapter } from '../../tabs/servers/memory-adapter.ts';
import { jsonOf, readMessage } from '../../tabs/servers/message.ts';
import { configurationFor } from '../../tabs/servers/public-client.ts';
import { ProofCheck } from './proof-check.ts';

const CLIENT = { id: 'demo', scope: 'openid offline_access' };
const REDIRECT_URI = 'https://app.example.com/signed-in';

/** A request to the API, as it arrived. */
export interface Seen {
  /** Method, path, and what became of it. */
  readonly line: string;
  readonly authorization: string;
  readonly proof: string;
}

/**
 * `oidc-provider`, which issues tokens bound to a key (DPoP) and requires nonces, and an API at another origin that takes these
 * tokens and requires nonces of its own.
 */
export class DpopServers {
  readonly #provider: Provider;
  readonly #origin: string;
  readonly #servers: readonly [issuer: Server, api: Server];
  readonly #issued = new Set<Token>();
  readonly check = new ProofCheck();
  /** What reached the API. */
  readonly seen: Seen[] = [];
  /** One line a request to the token endpoint: the grant, and the error. */
  readonly grants: string[] = [];

  private constructor(origin: string, servers: readonly [Server, Server]) {
    this.#origin = origin;
    this.#servers = servers;
    this.#provider = createProvider(urlOf(servers[0]), origin);
    this.#provider.on('access_token.saved', (token: Token) => this.#issued.add(token));
    this.#provider.on('grant.success', ({ oidc }: Grant) => this.grants.push(oidc.params.grant_type));
    this.#provider.on('grant.error', ({ oidc }: Grant, { error }: { error: string }) =>
      this.grants.push(`${oidc.params.grant_type}: ${error}`),
    );
    const answer = this.#provider.callback();
    servers[0].on('request', (incoming, outgoing) => {
      if (incoming.url === '/code') void this.#issueCode(incoming, outgoing);
      else answer(incoming, outgoing);
    });
    servers[1].on('request', (incoming, outgoing) => void this.#answer(incoming, outgoing));
  }

  static async open(origin: string): Promise<DpopServers> {
    const servers = [createServer(), createServer()] as const;
    for (const server of servers) {
      server.listen(0, LOOPBACK);
      await once(server, 'listening');
    }
    return new DpopServers(origin, servers);
  }

  get issuer(): string {
    return urlOf(this.#servers[0]);
  }

  get api(): string {
    return urlOf(this.#servers[1]);
  }

  /** Ends all access tokens. */
  async expire(): Promise<void> {
    const all = [...this.#issued];
    this.#issued.clear();
    await Promise.all(all.map((token) => token.destroy()));
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  /** Replaces the pages of the authorization code flow: the code, as the redirect would bring it. */
  async #issueCode(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    this.#allow(outgoing);
    if (incoming.method === 'OPTIONS') {
      outgoing.writeHead(204).end();
      return;
    }
    const { challenge, nonce } = jsonOf(await readMessage(incoming));
    const { id: clientId, scope } = CLIENT;
    const grant = new this.#provider.Grant({ accountId: 'alice', clientId });
    grant.addOIDCScope(scope);
    const code = new this.#provider.AuthorizationCode({
      accountId: 'alice',
      client: await this.#provider.Client.find(clientId),
      grantId: await grant.save(),
      gty: 'authorization_code',
      scope,
      redirectUri: REDIRECT_URI,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      nonce,
    });
    outgoing.end(JSON.stringify({ code: await code.save() }));
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    this.#allow(outgoing);
    if (method === 'OPTIONS') {
      outgoing.writeHead(204).end();
      return;
    }
    await readMessage(incoming);
    const { authorization = '', dpop = '' } = headers;
    const error = await this.#refuse({ method, url, authorization, proof: String(dpop) });
    this.seen.push({ line: `${method} ${url} ${error ?? 'fine'}`, authorization, proof: String(dpop) });
    outgoing.setHeader('DPoP-Nonce', this.check.nonce);
    outgoing.setHeader('Date', new Date(this.check.now * 1000).toUTCString());
    if (error) outgoing.writeHead(401, { 'WWW-Authenticate': `DPoP error="${error}", algs="ES256"` });
    outgoing.end(JSON.stringify({ path: url }));
  }

  /** What is wrong with a request; null if it is accepted (RFC 9449 section 7). */
  async #refuse(request: { method: string; url: string; authorization: string; proof: string }) {
    const { method, url, authorization, proof } = request;
    const token = /^DPoP (.+)$/.exec(authorization)?.[1];
    if (!token) return 'invalid_token';
    const target = new URL(url, this.api);
    const shown = await this.check.verify({ proof, method, token, url: target.origin + target.pathname });
    if (typeof shown === 'string') return shown;
    const found = await this.#provider.AccessToken.find(token);
    return found?.jkt === shown.jkt ? null : 'invalid_token';
  }

  #allow(outgoing: ServerResponse): void {
    outgoing.setHeader('Access-Control-Allow-Origin', this.#origin);
    outgoing.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, DPoP');
    outgoing.setHeader('Access-Control-Expose-Headers', 'DPoP-Nonce, WWW-Authenticate, Date');
    outgoing.setHeader('Access-Control-Max-Age', '600');
  }
}

interface Grant {
  readonly oidc: { readonly params: { readonly grant_type: string } };
}

function createProvider(issuer: string, origin: string): Provider {
  const { clients, features, ...configuration } = configurationFor({ ...CLIENT, origin });
  return new Provider(issuer, {
    ...configuration,
    clients: clients.map((client) => ({ ...client, dpop_bound_access_tokens: true })),
    features: {
      ...features,
      dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
    },
    adapter: memoryAdapter(),
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    jwks: { keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })] },
  });
}

function urlOf(server: Server): string {
  return `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
}
