import type { SessionSync } from '../refresh/session-sync';
import type { BrowserParts } from './browser-parts';
import type { BrowserPlace } from './browser-place';
import type { Connectable, SyncContext } from './connect';
import { openDatabase } from './database';
import { PlainPlace } from './plain-place';
import { createLock, lockLifetime } from './refresh-lock';
import { StorageSync } from './storage-sync';
import type { TokenStorage } from './token-storage';
import { openWebStorage } from './web-storage';

/** Options of {@link localTokenStorage} and {@link sessionTokenStorage}. */
export interface TokenStorageOptions {
  /**
   * Prefix of every name that is taken: of the storage entry, the database and the lock. Keeps two applications on one
   * origin apart.
   *
   * @default 'ngx-bearer'
   */
  readonly key?: string;

  /**
   * Whether tabs follow each other's sign-in, sign-out and refresh, and refresh one at a time.
   *
   * @default true
   */
  readonly tabs?: boolean;
}

/** A storage of the browser. It is a `TokenStorage`, and brings more. */
export function browserStorage(
  name: 'localStorage' | 'sessionStorage',
  { key = 'ngx-bearer', tabs = true }: TokenStorageOptions,
  createPlace: (parts: BrowserParts) => BrowserPlace,
): TokenStorage & Connectable {
  const entry = `${key}.session`;
  const connect = ({ session, window, refreshTimeout }: SyncContext): SessionSync | null => {
    const storage = window && openWebStorage(name, entry, window);
    if (!storage) return null;
    if (!tabs) return new StorageSync(session, new PlainPlace(own(window), null, session.lifetime));
    const database = openDatabase(window, entry);
    const lock = { prefix: `refresh.${key}`, lifetimeMs: lockLifetime(refreshTimeout) };
    const exclusive = createLock(window, database, lock);
    return new StorageSync(
      session,
      createPlace({ window, storage, lifetime: session.lifetime, database, exclusive }),
    );
  };
  const own = (window: Window | undefined): TokenStorage => ({
    read: () => window?.[name].getItem(entry) ?? null,
    write: (record) => {
      if (record === null) window?.[name].removeItem(entry);
      else window?.[name].setItem(entry, record);
    },
  });
  return { ...own(globalThis.window), connect };
}
