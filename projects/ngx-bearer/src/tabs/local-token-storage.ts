import { browserStorage, type TokenStorageOptions } from './browser-storage';
import { LocalPlace } from './local-place';
import type { TokenStorage } from './token-storage';

/**
 * Keeps the session in IndexedDB and localStorage: it survives reloads and restarts, and all tabs share it. Without
 * either it stays in memory, or in localStorage alone, and a warning says so in development.
 */
export function localTokenStorage(options: TokenStorageOptions = {}): TokenStorage {
  return browserStorage('localStorage', options, (parts) => new LocalPlace(parts));
}
