import type { SessionSync } from '../refresh/session-sync';
import type { BrowserParts } from './browser-parts';
import type { BrowserPlace } from './browser-place';
import type { Connectable, SyncContext } from './connect';
import { openDatabase } from './database';
import { PlainPlace } from './plain-place';
import { createLock, lockLifetime } from './refresh-lock';
import { StorageSync } from './storage-sync';
import type { TokenStorage } from './token-storage';
import { openWebStorage, type WebStorageName } from './web-storage';

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
  area: WebStorageName,
  { key = 'ngx-bearer', tabs = true }: TokenStorageOptions,
  createPlace: (parts: BrowserParts) => BrowserPlace,
): TokenStorage & Connectable {
  const entry = entryOf(key);
  const own = (window: Window | undefined): TokenStorage => ({
    read: () => window?.[area].getItem(entry) ?? null,
    write: (record) => {
      if (record === null) window?.[area].removeItem(entry);
      else window?.[area].setItem(entry, record);
    },
  });
  const connect = (context: SyncContext): SessionSync | null => {
    const { session, window } = context;
    if (tabs) return connectPlace(context, { area, key }, createPlace);
    const isThere = window && openWebStorage(area, entry, window);
    return isThere && new StorageSync(session, new PlainPlace(own(window), null, session.lifetime));
  };
  return { ...own(globalThis.window), connect };
}

/** Null if the page lacks the storage: a sandboxed frame has no tabs to share a session with. */
export function connectPlace(
  { session, window, refreshTimeout }: SyncContext,
  { area, key }: { readonly area: WebStorageName; readonly key: string },
  createPlace: (parts: BrowserParts) => BrowserPlace,
): SessionSync | null {
  const entry = entryOf(key);
  const storage = window && openWebStorage(area, entry, window);
  if (!storage) return null;
  const { lifetime } = session;
  const database = openDatabase(window, entry);
  const lock = { prefix: `refresh.${key}`, lifetimeMs: lockLifetime(refreshTimeout) };
  const exclusive = createLock(window, database, lock);
  return new StorageSync(session, createPlace({ window, storage, lifetime, database, exclusive }));
}

function entryOf(key: string): string {
  return `${key}.session`;
}
