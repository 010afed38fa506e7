import type { AuthConfig, AuthSettings } from './auth-config';
import { AuthError } from './auth-errors';
import { checkOptions } from './check-options';
import type { EndpointStrategy } from './refresh/refresh-strategy';
import { type BearerHeader, DEFAULT_HEADER } from './request/bearer-header';
import { displayUrl, parseUrl } from './request/parse-url';
import { isTokenRejection } from './request/token-rejection';
import { isInTheClear, readPlace } from './request/token-scope';
import { withoutUndefined } from './without-undefined';

const DEFAULTS: Readonly<Omit<AuthSettings, 'allow' | 'refresh' | keyof BearerHeader>> = {
  shouldRefresh: isTokenRejection,
  replay: 'all',
  whileRefreshing: 'hold',
  refreshTimeout: 10_000,
  refreshLimit: { count: 5, withinMs: 30_000 },
  allowInsecure: false,
  onSignOut: () => [],
  isServer: false,
};

/**
 * Fills in the defaults. A function is called first.
 *
 * @throws AuthError `bad-config` that names the option, what was found and what to do.
 */
export function readConfig(given: AuthConfig | (() => AuthConfig)): AuthSettings {
  try {
    return withDefaults(typeof given === 'function' ? given() : given, given);
  } catch (error) {
    if (error instanceof AuthError) throw error;
    // A build for production checks few options, and what comes at run time may be anything.
    throw new AuthError(
      'bad-config',
      ngDevMode && 'the function given to provideAuth threw: see the cause.',
      {
        cause: error,
      },
    );
  }
}

function withDefaults(config: AuthConfig | null | undefined, given: unknown): AuthSettings {
  if (!config || (ngDevMode && config instanceof Promise)) {
    throw new AuthError('bad-config', ngDevMode && describeNone(given, config));
  }
  if (ngDevMode) checkOptions(config);
  // An option that is undefined is one not given.
  const settings: AuthSettings = Object.assign(
    {},
    DEFAULT_HEADER,
    DEFAULTS,
    withoutUndefined<AuthConfig>(config),
  );
  for (const rule of settings.allow as readonly unknown[]) {
    // A configuration of the server may lack the one that it is to name.
    if (typeof rule === 'string' || !rule) readPlace(rule as string, settings.allowInsecure);
  }
  assertSecure('refresh', settings);
  assertSecure('onSignOut', settings);
  return settings;
}

function describeNone(given: unknown, config: unknown): string {
  const found = config ? 'a promise' : String(config);
  if (typeof given !== 'function') return `provideAuth was called with ${found}: give it { allow, refresh }.`;
  return (
    `the function given to provideAuth returned ${found}: return { allow, refresh }. ` +
    'Wait in provideAppInitializer, which ends before the application starts.'
  );
}

/** A relative endpoint is as secure as the page. */
function assertSecure(option: 'refresh' | 'onSignOut', settings: AuthSettings): void {
  const { endpoint = '' } = settings[option] as Partial<EndpointStrategy>;
  const url = parseUrl(endpoint);
  if (settings.allowInsecure || !url || !isInTheClear(url)) return;
  throw new AuthError(
    'bad-config',
    ngDevMode &&
      `'${option}' asks '${displayUrl(endpoint)}': use https, or set allowInsecure to send tokens in the clear.`,
  );
}
