import type { TokenStorage } from '../storage/token-storage';
import { browserStorage } from './browser-storage';
import { LocalPlace } from './local-place';

/**
 * Keeps the session in IndexedDB and localStorage: it survives reloads and restarts, and all tabs share it. Without
 * either it stays in memory, or in localStorage alone, and a warning says so in development.
 *
 * @param options.key prefix of every name that is taken: of the storage entry, the database and the lock. It keeps two
 * applications on one origin apart; default `'ngx-bearer'`
 * @param options.tabs whether tabs follow each other's sign-in, sign-out and refresh, and refresh one at a time; default true
 */
export function localTokenStorage(
  options: { readonly key?: string; readonly tabs?: boolean } = {},
): TokenStorage {
  const { key = 'ngx-bearer', tabs = true } = options;
  return browserStorage({ area: 'localStorage', key, tabs }, (parts) => new LocalPlace(parts));
}
