import { Injectable } from '@angular/core';
import { resolveUrl } from '../request/token-scope';

/** The browser reports a request when it ends; more than these are hardly under way at once. */
const MOST_KNOWN = 1000;

/** The requests that this library knows of, of all sessions of the page. For development only. */
@Injectable({ providedIn: 'root' })
export class KnownRequests {
  /** As they were given, with the URL that they resolve to; null until that is asked for. */
  readonly #urls = new Map<string, URL | null>();
  /** The latest refresh, by `performance.now()`: a strategy of the app may send its request by fetch. */
  #refresh = { from: Infinity, until: Infinity };

  /** Requests to which a session has given its token. With `withRequestsMadeViaParent()` they pass another interceptor of ours. */
  readonly #own = new WeakSet();

  /** Whether the app has asked for the token, and may send it by itself. */
  isTokenHandedOut = false;

  /** Remembers the URL of a request, until the browser reports it. */
  add(url: string): void {
    // At the end, so that the oldest is the first to go.
    this.#urls.delete(url);
    this.#urls.set(url, null);
    const [oldest] = this.#urls.keys();
    if (this.#urls.size > MOST_KNOWN && oldest !== undefined) this.#urls.delete(oldest);
  }

  /** Remembers a request as sent by us. */
  addOwn(request: object): void {
    this.#own.add(request);
  }

  /** Whether the token in a request is of one of our sessions. */
  isOwn(request: object): boolean {
    return this.#own.has(request);
  }

  /** Whether a request has been to a URL like this. */
  has(isLike: (url: URL) => boolean, base: string | null): boolean {
    return [...this.#urls].some(([text, url]) => {
      const resolved = url ?? resolveUrl(text, base);
      this.#urls.set(text, resolved);
      return resolved && isLike(resolved);
    });
  }

  /** Returns how to say that the refresh has ended. */
  beginRefresh(): () => void {
    const refresh = { from: performance.now(), until: Infinity };
    this.#refresh = refresh;
    return () => {
      refresh.until = performance.now();
    };
  }

  /** Whether a request started while the latest refresh ran. */
  isOfRefresh(startTime: number): boolean {
    return startTime >= this.#refresh.from && startTime <= this.#refresh.until;
  }
}
