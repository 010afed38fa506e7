import type { SessionSync } from '../refresh/session-sync';
import { type Connectable, keyFor, type SyncContext } from '../storage/connect';
import { PlainSync } from '../storage/plain-sync';
import type { TokenStorage } from '../storage/token-storage';
import type { BrowserParts } from './browser-parts';
import type { BrowserPlace } from './browser-place';
import { openDatabase } from './database';
import { createLock } from './refresh-lock';
import { StorageSync } from './storage-sync';
import { openWebStorage, type WebStorageName } from './web-storage';

/** Where a storage of the browser keeps a session. */
interface BrowserStorageOptions {
  readonly area: WebStorageName;
  readonly key: string;
  /** Whether tabs follow each other. */
  readonly tabs: boolean;
}

/** A storage of the browser. It is a `TokenStorage`, and brings more. */
export function browserStorage(
  { area, key, tabs }: BrowserStorageOptions,
  createPlace: (parts: BrowserParts) => BrowserPlace,
): TokenStorage & Connectable {
  const connect = (context: SyncContext): SessionSync | null => {
    const { session, window } = context;
    if (tabs) return connectPlace(context, { area, key }, createPlace);
    const entry = entryOf(keyFor(context, key));
    return window && openWebStorage(area, entry, window)
      ? new PlainSync(session, own(window, area, entry))
      : null;
  };
  return { ...own(globalThis.window, area, entryOf(key)), connect };
}

/** Null if the page lacks the storage: a sandboxed frame has no tabs to share a session with. */
export function connectPlace(
  context: SyncContext,
  { area, key }: { readonly area: WebStorageName; readonly key: string },
  createPlace: (parts: BrowserParts) => BrowserPlace,
): SessionSync | null {
  const { session, window, refreshTimeout } = context;
  const ownKey = keyFor(context, key);
  const entry = entryOf(ownKey);
  const storage = window && openWebStorage(area, entry, window);
  if (!storage) return null;
  const { lifetime } = session;
  const database = openDatabase(window, entry);
  const exclusive = createLock(window, database, { key: ownKey, refreshTimeout });
  return new StorageSync(session, createPlace({ window, storage, lifetime, database, exclusive }));
}

function own(window: Window | undefined, area: WebStorageName, entry: string): TokenStorage {
  return {
    read: () => window?.[area].getItem(entry) ?? null,
    write: (record) => {
      if (record === null) window?.[area].removeItem(entry);
      else window?.[area].setItem(entry, record);
    },
  };
}

function entryOf(key: string): string {
  return `${key}.session`;
}
