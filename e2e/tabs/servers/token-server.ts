import type { TabPlan } from '../page/contract.ts';
import { openDepot } from './depot.ts';
import { openOidc } from './oidc.ts';
import { Wire } from './wire.ts';

/** The servers a session can be at, by how they take a refresh token that was used up. */
export const PROTOCOLS = ['oidc', 'blacklist', 'grace', 'cookie', 'oauth'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** An authorization server with a resource, behind its wire. */
export interface Upstream {
  readonly url: string;
  /** All access tokens that are out stop working; what buys new ones stays good. */
  expireAll(): Promise<void>;
  /** How many times the server itself saw a spent token again. */
  reuseDetections(): Promise<number>;
  close(): Promise<void>;
}

export interface TokenServer extends Upstream {
  readonly protocol: Protocol;
  readonly plan: Pick<TabPlan, 'protocol' | 'endpoint'>;
  readonly wire: Wire;
  /** Whether the tokens handed out last still work. */
  isAlive(): Promise<boolean>;
}

const PLANS: Readonly<Record<Protocol, TokenServer['plan']>> = {
  oidc: { protocol: 'oauth', endpoint: '/token' },
  blacklist: { protocol: 'exchange', endpoint: '/auth' },
  grace: { protocol: 'exchange', endpoint: '/auth' },
  cookie: { protocol: 'cookie', endpoint: '/cookie/refresh' },
  oauth: { protocol: 'oauth', endpoint: '/oauth/token' },
};

/** Starts one; `origin` is that of the pages that may call. */
export async function openServer(protocol: Protocol, origin: string): Promise<TokenServer> {
  const upstream =
    protocol === 'oidc'
      ? await openOidc(origin)
      : await openDepot({ origin, graceSeconds: protocol === 'grace' ? GRACE_SECONDS : 0 });
  const wire = await Wire.open(upstream.url);
  return {
    ...upstream,
    url: wire.url,
    protocol,
    plan: PLANS[protocol],
    wire,
    isAlive: async () => {
      const headers = { Authorization: `Bearer ${wire.log.newest ?? ''}` };
      const { ok } = await fetch(`${upstream.url}/me`, { headers });
      return ok;
    },
    close: async () => {
      await wire.close();
      await upstream.close();
    },
  };
}

const GRACE_SECONDS = 30;
