import type { AuthConfig, AuthSettings } from './auth-config';
import { AuthError } from './auth-errors';
import { checkOptions } from './check-options';
import type { EndpointStrategy } from './refresh/refresh-strategy';
import { displayUrl, parseUrl } from './request/parse-url';
import { isTokenRejection } from './request/token-rejection';
import { isInTheClear, readPlace } from './request/token-scope';

/**
 * Fills in the defaults.
 *
 * @throws AuthError `bad-config` that names the option, what was found and what to do.
 */
export function readConfig(config: AuthConfig | null | undefined): AuthSettings {
  if (!config) {
    throw new AuthError(
      'bad-config',
      ngDevMode && `provideAuth was called with ${config}: give it { allow, refresh }.`,
    );
  }
  if (ngDevMode) checkOptions(config);
  const settings: AuthSettings = {
    headerName: 'Authorization',
    scheme: 'Bearer',
    shouldRefresh: isTokenRejection,
    replay: 'all',
    whileRefreshing: 'hold',
    refreshAhead: undefined,
    refreshTimeout: 10_000,
    refreshLimit: { count: 5, withinMs: 30_000 },
    allowInsecure: false,
    storage: undefined,
    ...given(config),
    isServer: false,
  };
  for (const rule of settings.allow) if (typeof rule === 'string') readPlace(rule, settings.allowInsecure);
  assertSecure(settings);
  return settings;
}

/** A relative endpoint is as secure as the page. */
function assertSecure({ refresh, allowInsecure }: AuthSettings): void {
  const { endpoint = '' } = refresh as EndpointStrategy;
  const url = parseUrl(endpoint);
  if (allowInsecure || !url || !isInTheClear(url)) return;
  throw new AuthError(
    'bad-config',
    ngDevMode &&
      `'refresh' asks '${displayUrl(endpoint)}': use https, or set allowInsecure to send tokens in the clear.`,
  );
}

/** An option that is `undefined` is one not given. */
function given(config: AuthConfig): AuthConfig {
  return Object.fromEntries(
    Object.entries(config).filter(([, value]) => value !== undefined),
  ) as unknown as AuthConfig;
}
