import type { AuthSettings } from '../../auth-config';
import { warnOnce } from '../../hints/warn-once';
import { CountedSession } from './counted-session';
import type { Database } from './database';
import { PlainStore } from './plain-store';
import type { RecordStore } from './record-store';
import { SharedLocal } from './shared-local';
import { SharedStore } from './shared-store';
import { areaStorage, memoryStorage } from './token-storage';

/** The store that the configuration asks for, as far as the platform has it. */
export function openStore(
  { storage, storageKey, isServer, crossTab }: AuthSettings,
  window: Window | null,
  database: Database | null,
): RecordStore {
  if (typeof storage !== 'string') return new PlainStore(storage);
  // A server's store would be that of all its users.
  const area =
    storage === 'memory' || isServer ? null : areaStorage(storage, `${storageKey}.session`, window);
  if (!area || !crossTab) return new PlainStore(area ?? memoryStorage());
  if (database) {
    return new SharedStore(
      storage === 'local' ? new SharedLocal(area, database) : new CountedSession(area, database),
    );
  }
  if (ngDevMode) warnOnce('this page has no IndexedDB; two tabs that refresh at once may end the session.');
  return new PlainStore(area);
}
