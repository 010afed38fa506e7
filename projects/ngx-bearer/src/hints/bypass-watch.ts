import { parseUrl } from '../request/parse-url';
import { isStaticFile } from './missing-token';
import type { RequestHints } from './request-hints';
import { warnOnce } from './warn-once';

const SENT_BY_SCRIPT: readonly string[] = ['fetch', 'xmlhttprequest'];

/**
 * Warns once if the page fetches an allowed URL that never passed the interceptor. Returns how to stop. For development
 * only; nothing happens on a page without `PerformanceObserver`.
 */
export function watchBypasses(hints: RequestHints, isAllowed: (url: string) => boolean): () => void {
  if (!('PerformanceObserver' in globalThis)) return () => undefined;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
      const url =
        SENT_BY_SCRIPT.includes(entry.initiatorType) && isAllowed(entry.name) ? parseUrl(entry.name) : null;
      if (url && !isStaticFile(url) && !hints.isNoted(url)) warnOnce(textFor(url, hints), 'bypass');
    }
  });
  observer.observe({ type: 'resource' });
  return () => {
    observer.disconnect();
  };
}

function textFor(url: URL, hints: RequestHints): string {
  const place = `${url.origin}${url.pathname}`;
  if (!hints.isAsked) {
    return (
      `${place} was called, and authInterceptor has not seen a request yet. Register it: ` +
      'provideHttpClient(withInterceptors([authInterceptor])). A second provideHttpClient, as in a lazy route, needs it, ' +
      'too. A component that imports HttpClientModule has an HttpClient of its own, without it.'
    );
  }
  if (hints.isRewritten(url)) {
    return `${place} was called without the token, since a later interceptor changed the URL. Put authInterceptor last.`;
  }
  return (
    `${place} was called without passing authInterceptor. Usual causes: a second provideHttpClient (in a lazy route) ` +
    'without it, a component that imports HttpClientModule, a later interceptor that changes the URL, or a call by fetch.'
  );
}
