import { Injectable } from '@angular/core';

/** The browser reports a request when it ends; more than these are hardly under way at once. */
const MOST_KNOWN = 1000;

/** The requests that this library knows of, of all sessions of the page. For development only. */
@Injectable({ providedIn: 'root' })
export class KnownRequests {
  readonly #urls = new Set<string>();
  /** The latest refresh, by `performance.now()`: a strategy of the app may send its request by fetch. */
  #refresh = { from: Infinity, until: Infinity };

  /** Whether the app has asked for the token, and may send it by itself. */
  isTokenHandedOut = false;

  /** The URLs, the oldest first. */
  get urls(): readonly string[] {
    return [...this.#urls];
  }

  /** Remembers the URL of a request, until the browser reports it. */
  add(url: URL): void {
    const href = withoutFragment(url);
    // At the end, so that the oldest is the first to go.
    this.#urls.delete(href);
    this.#urls.add(href);
    const [oldest] = this.#urls;
    if (this.#urls.size > MOST_KNOWN && oldest !== undefined) this.#urls.delete(oldest);
  }

  has(url: URL): boolean {
    return this.#urls.has(withoutFragment(url));
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

function withoutFragment({ href }: URL): string {
  return href.replace(/#.*/s, '');
}
