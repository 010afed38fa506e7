import { parseUrl } from '../request/parse-url';
import { isStaticFile } from './missing-token';
import type { RequestHints } from './request-hints';
import { warnOnce } from './warn-once';

const SENT_BY_SCRIPT: readonly string[] = ['fetch', 'xmlhttprequest'];

/**
 * Warns once if the page fetches an allowed URL that never passed the interceptor, and does not succeed. Returns how to
 * stop. For development only; nothing happens on a page without `PerformanceObserver`.
 */
export function watchBypasses(hints: RequestHints): () => void {
  if (!('PerformanceObserver' in globalThis)) return () => undefined;
  const observer = new PerformanceObserver((list) => {
    const entries = list.getEntries() as PerformanceResourceTiming[];
    const bypass = entries.find((entry) => isBypass(entry, hints));
    if (!bypass) return;
    observer.disconnect();
    warnOnce(textFor(new URL(bypass.name), hints), 'bypass');
  });
  observer.observe({ type: 'resource' });
  return () => {
    observer.disconnect();
  };
}

function isBypass(entry: PerformanceResourceTiming, hints: RequestHints): boolean {
  const { initiatorType, name, startTime } = entry;
  // Safari, and Firefox before 129, do not show it.
  const { responseStatus } = entry as { readonly responseStatus?: number };
  if (!SENT_BY_SCRIPT.includes(initiatorType) || !hints.isAllowed(name)) return false;
  // One that succeeds needs no token, or the app has put it there: a login, a client of its own with `accessToken()`.
  // 0 or undefined: the browser does not show the status.
  const isFine = responseStatus ? responseStatus < 400 : hints.known.isTokenHandedOut;
  const url = parseUrl(name);
  return !!url && !isFine && !isStaticFile(url) && !hints.isNoted(url) && !hints.known.isOfRefresh(startTime);
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
