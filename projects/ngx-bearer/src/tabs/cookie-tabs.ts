import type { Connectable } from './connect';
import { CookieSync } from './cookie-sync';
import { openDatabase } from './database';
import { createLock, lockLifetime } from './refresh-lock';
import { openWebStorage } from './web-storage';

/** What a strategy brings whose refresh token is in a cookie. The endpoint tells two cookies apart. */
export function cookieTabs(endpoint: string): Connectable {
  return {
    connect: ({ session, window, refreshTimeout }) => {
      const name = `ngx-bearer.${endpoint}`;
      const storage = window && openWebStorage('localStorage', name, window);
      // A page without it, as in a sandboxed frame, has no tabs to share a cookie with.
      if (!storage) return null;
      const lock = { prefix: `refresh.${name}`, lifetimeMs: lockLifetime(refreshTimeout) };
      const exclusive = createLock(window, openDatabase(window, name), lock);
      return new CookieSync({ session, window, storage, exclusive });
    },
  };
}
