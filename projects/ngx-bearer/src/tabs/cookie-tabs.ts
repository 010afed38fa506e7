import type { Connectable } from '../storage/connect';
import { connectPlace } from './browser-storage';
import { CookiePlace } from './cookie-place';

/** What a strategy brings whose refresh token is in a cookie. The endpoint tells two cookies apart. */
export function cookieTabs(endpoint: string): Connectable {
  return {
    connect: (context) =>
      connectPlace(context, { area: 'localStorage', key: `ngx-bearer.${endpoint}` }, (parts) => {
        const { exclusive } = parts;
        // Tabs that share a cookie refresh one at a time, whatever the session of each.
        return new CookiePlace({
          ...parts,
          exclusive: exclusive && ((_, task, news) => exclusive('', task, news)),
        });
      }),
  };
}
