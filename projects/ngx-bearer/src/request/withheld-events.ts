import type { HttpEvent, HttpRequest } from '@angular/common/http';
import { filter, type Observable } from 'rxjs';

/**
 * Keeps back the header and the download progress of a failed answer, which come before its error, until it is
 * known whether the sending is discarded. Success passes as it comes.
 */
export function withhold(
  sending: Observable<HttpEvent<unknown>>,
  request: HttpRequest<unknown>,
  withheld: HttpEvent<unknown>[],
): Observable<HttpEvent<unknown>> {
  // Backends tell of headers and progress only where asked to.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- before 22, Angular has no other name for it
  if (!request.reportProgress && !request.reportDownloadProgress) return sending;
  return sending.pipe(
    filter((event) => {
      const isFailing = withheld.length > 0 || ('ok' in event && !event.ok);
      if (isFailing) withheld.push(event);
      return !isFailing;
    }),
  );
}
