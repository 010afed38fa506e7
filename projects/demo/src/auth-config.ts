import {
  type AuthConfig,
  exchangeToken,
  localTokenStorage,
  refreshCookie,
  refreshTokenGrant,
  type RefreshStrategy,
  sessionTokenStorage,
} from 'ngx-bearer';
import type { DemoSettings } from './settings/demo-settings';

/** How this page signs its requests: the whole of what the library needs to be told. */
export function authConfigFor(apiUrl: string, settings: DemoSettings): AuthConfig {
  return {
    allow: [apiUrl],
    refresh: strategyFor(apiUrl, settings.protocol),
    ...storageFor(settings),
    // Short, so that a refresh that never answers ends while one watches.
    refreshTimeout: 3_000,
    refreshLimit: { count: 20, withinMs: 30_000 },
  };
}

/** The tokens of one protocol mean nothing to another: each keeps its own session. */
function storageFor({ protocol, storage }: DemoSettings): Pick<AuthConfig, 'storage'> {
  const key = `depot-${protocol}`;
  switch (storage) {
    case 'local':
      return { storage: localTokenStorage({ key }) };
    case 'session':
      return { storage: sessionTokenStorage({ key }) };
    case 'memory':
      return {};
  }
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
