import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Token } from 'oidc-provider';
import { LOOPBACK } from '../../tools/ports.ts';
import { memoryAdapter } from '../tabs/servers/memory-adapter.ts';
import { readMessage } from '../tabs/servers/message.ts';
import { configurationFor } from '../tabs/servers/public-client.ts';

const CLIENT_ID = 'shop';
const SCOPE = 'openid';
const DAY_SECONDS = 86_400;
const SIGN_IN_PAGE = '/interaction/';
const FORM = '<!doctype html><form method="post"><input name="user"><button>Sign in</button></form>';

/** `oidc-provider` with a page where users sign in by their name. Its API is the userinfo endpoint, `/me`. */
export class SignInServer {
  /** One line a request of the API or the token endpoint: method, path, status. */
  readonly seen: string[] = [];
  readonly #issued = new Set<Token>();
  readonly #server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing));
  #provider: Provider | undefined;

  /** For pages of this origin, to which it leads back after the sign-in. */
  static async open(origin: string): Promise<SignInServer> {
    const server = new SignInServer();
    server.#server.listen(0, LOOPBACK);
    await once(server.#server, 'listening');
    const provider = createProvider(server.url, origin);
    provider.on('access_token.saved', (token: Token) => server.#issued.add(token));
    server.#provider = provider;
    return server;
  }

  get url(): string {
    return `http://${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  /** All access tokens stop working; refresh tokens go on. */
  async expireAll(): Promise<void> {
    const all = [...this.#issued];
    this.#issued.clear();
    await Promise.all(all.map((token) => token.destroy()));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '' } = incoming;
    if (method !== 'OPTIONS' && /^\/(me|token)$/.test(url)) {
      outgoing.once('finish', () => this.seen.push(`${method} ${url} ${outgoing.statusCode}`));
    }
    if (!url.startsWith(SIGN_IN_PAGE)) this.#provider?.callback()(incoming, outgoing);
    else if (method === 'POST') await this.#signIn(incoming, outgoing);
    else outgoing.writeHead(200, { 'Content-Type': 'text/html' }).end(FORM);
  }

  async #signIn(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { body } = await readMessage(incoming);
    const accountId = new URLSearchParams(body.toString()).get('user');
    await this.#provider?.interactionFinished(incoming, outgoing, { login: { accountId } });
  }
}

function createProvider(issuer: string, origin: string): Provider {
  const configuration = configurationFor({ id: CLIENT_ID, origin, scope: SCOPE });
  const provider: Provider = new Provider(issuer, {
    ...configuration,
    clients: configuration.clients.map((client) => ({ ...client, redirect_uris: [`${origin}/`] })),
    adapter: memoryAdapter(),
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { url: (_context: unknown, { uid }: { readonly uid: string }) => SIGN_IN_PAGE + uid },
    issueRefreshToken: () => true,
    jwks: { keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })] },
    // An application of the same company: users are not asked for their consent.
    loadExistingGrant: async ({ oidc }: Authorization) => {
      const grant = new provider.Grant({ accountId: oidc.session.accountId, clientId: CLIENT_ID });
      grant.addOIDCScope(SCOPE);
      await grant.save();
      return grant;
    },
    ttl: Object.fromEntries(
      ['AccessToken', 'Grant', 'IdToken', 'Interaction', 'RefreshToken', 'Session'].map((kind) => [
        kind,
        DAY_SECONDS,
      ]),
    ),
  });
  return provider;
}

/** The part of the provider's context that is used here. */
interface Authorization {
  readonly oidc: { readonly session: { readonly accountId: string } };
}
