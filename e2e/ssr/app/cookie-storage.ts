import { REQUEST } from '@angular/core';
import type { BootstrapContext } from '@angular/platform-browser';
import type { TokenStorage } from 'ngx-bearer';

const NAME = 'session';
const MONTH_SECONDS = 30 * 24 * 60 * 60;

/** For the browser: keeps the session in a cookie, and hears of it when another tab changes that. */
export function browserCookie(): TokenStorage {
  return {
    read: () => recordIn(document.cookie),
    write: (record) => {
      const seconds = record ? MONTH_SECONDS : 0;
      const value = encodeURIComponent(record ?? '');
      document.cookie = `${NAME}=${value}; Max-Age=${seconds}; Path=/; SameSite=Lax; Secure`;
    },
    subscribe: (changed) => {
      cookieStore.addEventListener('change', changed);
      return () => {
        cookieStore.removeEventListener('change', changed);
      };
    },
  };
}

/** For the server: reads the cookie of the request that is rendered, and writes nothing. */
export function requestCookie({ platformRef }: BootstrapContext): TokenStorage {
  const request = platformRef.injector.get(REQUEST);
  return {
    read: () => recordIn(request?.headers.get('cookie') ?? ''),
    write: () => undefined,
  };
}

function recordIn(cookies: string): string | null {
  const cookie = cookies.split('; ').find((each) => each.startsWith(`${NAME}=`));
  return cookie ? decodeURIComponent(cookie.slice(NAME.length + 1)) : null;
}
