import {
  type AuthConfig,
  exchangeToken,
  refreshCookie,
  refreshTokenGrant,
  type RefreshStrategy,
} from 'ngx-bearer';
import type { DemoSettings } from './settings/demo-settings';

/** How this page signs its requests: the whole of what the library needs to be told. */
export function authConfigFor(apiUrl: string, { protocol, storage }: DemoSettings): AuthConfig {
  return {
    allow: [apiUrl],
    refresh: strategyFor(apiUrl, protocol),
    storage,
    // The tokens of one protocol mean nothing to another: each keeps its own session.
    storageKey: `depot-${protocol}`,
    // Short, so that a refresh that never answers ends while one watches.
    refreshTimeout: 3_000,
    refreshLimit: { count: 20, withinMs: 30_000 },
  };
}

function strategyFor(apiUrl: string, protocol: DemoSettings['protocol']): RefreshStrategy {
  switch (protocol) {
    case 'exchange':
      return exchangeToken(`${apiUrl}/auth`);
    case 'oauth':
      return refreshTokenGrant({ tokenEndpoint: `${apiUrl}/oauth/token`, clientId: 'demo' });
    case 'cookie':
      return refreshCookie(`${apiUrl}/cookie/refresh`);
  }
}
