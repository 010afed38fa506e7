import type { TokenStorage } from '../storage/token-storage';
import { browserStorage } from './browser-storage';
import { TabPlace } from './tab-place';

/**
 * Keeps the session in sessionStorage: it survives reloads, and each tab has its own.
 *
 * @param options.key prefix of every name that is taken; default `'ngx-bearer'`
 * @param options.tabs whether a duplicated tab is kept from using the same refresh token; default true
 */
export function sessionTokenStorage(
  options: { readonly key?: string; readonly tabs?: boolean } = {},
): TokenStorage {
  const { key = 'ngx-bearer', tabs = true } = options;
  return browserStorage({ area: 'sessionStorage', key, tabs }, (parts) => new TabPlace(parts));
}
