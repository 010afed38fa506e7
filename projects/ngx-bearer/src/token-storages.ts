import { type NamedConnectable, prefixFor } from './session-name';
import { localTokenStorage as createLocal } from './tabs/local-token-storage';
import { sessionTokenStorage as createSession } from './tabs/session-token-storage';
import { sharedTokenStorage as createShared } from './tabs/shared-token-storage';
import type { TokenStorage } from './tabs/token-storage';

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
  return forSession(options.key, (key) => createLocal({ ...options, key }));
}

/**
 * Keeps the session in sessionStorage: it survives reloads, and each tab has its own.
 *
 * @param options.key prefix of every name that is taken; default `'ngx-bearer'`
 * @param options.tabs whether a duplicated tab is kept from using the same refresh token; default true
 */
export function sessionTokenStorage(
  options: { readonly key?: string; readonly tabs?: boolean } = {},
): TokenStorage {
  return forSession(options.key, (key) => createSession({ ...options, key }));
}

/**
 * Lets tabs that share a storage of your own refresh one at a time. They share it if it has `subscribe`.
 *
 * @param options.key prefix of the name of the lock; default `'ngx-bearer'`
 */
export function sharedTokenStorage(
  storage: TokenStorage,
  options: { readonly key?: string } = {},
): TokenStorage {
  return forSession(options.key, (key) => createShared(storage, { key }));
}

/** The name of the session is known only when it connects. */
function forSession(key = 'ngx-bearer', create: (key: string) => TokenStorage): TokenStorage {
  const connect: NamedConnectable['connect'] = (context) => {
    const { connect } = create(prefixFor(context.name, key)) as NamedConnectable;
    return connect ? connect(context) : null;
  };
  return Object.assign(create(key), { connect });
}
