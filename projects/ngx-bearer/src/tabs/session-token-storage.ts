import { browserStorage, type TokenStorageOptions } from './browser-storage';
import { TabPlace } from './tab-place';
import type { TokenStorage } from './token-storage';

/** Keeps the session in sessionStorage: it survives reloads, and each tab has its own. */
export function sessionTokenStorage(options: TokenStorageOptions = {}): TokenStorage {
  return browserStorage('sessionStorage', options, (parts) => new TabPlace(parts));
}
