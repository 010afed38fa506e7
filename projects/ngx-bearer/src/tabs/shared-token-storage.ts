import { type Connectable, keyFor } from '../storage/connect';
import { PlainSync } from '../storage/plain-sync';
import type { TokenStorage } from '../storage/token-storage';
import { openDatabase } from './database';
import { LockedSync } from './locked-sync';
import { createLock } from './refresh-lock';

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
      return exclusive ? new LockedSync(session, storage, exclusive) : new PlainSync(session, storage);
    },
  };
  return { read: () => storage.read(), write: (record) => storage.write(record), ...connectable };
}
