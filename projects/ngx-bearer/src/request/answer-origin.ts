import type { HttpErrorResponse } from '@angular/common/http';
import { parseUrl } from './parse-url';

/** The page that a request is sent from, and the URLs where its token may go. */
interface Place {
  readonly specificity: (url: string) => number;
  readonly ownOrigin: string | null;
}

/**
 * Whether an answer is about our token. A redirect may have left the allowed URLs, and the token with it. XMLHttpRequest,
 * and Angular before 20.2, do not say whether there was a redirect: then the URL of the answer decides, unless it is the
 * page's own, since CapacitorHttp answers a GET from a bridge there (`/_capacitor_http_interceptor_`).
 */
export function isAboutOurToken(
  { url, redirected }: HttpErrorResponse,
  { specificity, ownOrigin }: Place,
): boolean {
  if (!url || redirected === false || specificity(url)) return true;
  return redirected === undefined && parseUrl(url)?.origin === ownOrigin;
}
