import { openDatabase } from './database';
import { type Connectable, keyFor } from './connect';
import { PlainPlace } from './plain-place';
import { createLock } from './refresh-lock';
import { StorageSync } from './storage-sync';
import type { TokenStorage } from './token-storage';

/**
 * Lets tabs that share a storage of your own refresh one at a time. They share it if it has `subscribe`.
 *
 * @param options.key prefix of the name of the lock; default `'ngx-bearer'`
 */
export function sharedTokenStorage(
  storage: TokenStorage,
  options: { readonly key?: string } = {},
): TokenStorage {
  const { key = 'ngx-bearer' } = options;
  const connectable: Connectable = {
    connect: (context) => {
      const { session, window, refreshTimeout } = context;
      const lock = { key: keyFor(context, key), refreshTimeout };
      const exclusive = window && createLock(window, openDatabase(window, `${lock.key}.lock`), lock);
      return new StorageSync(session, new PlainPlace(storage, exclusive, session.lifetime));
    },
  };
  return { read: () => storage.read(), write: (record) => storage.write(record), ...connectable };
}
