import { type HttpEvent, HttpEventType, type HttpRequest } from '@angular/common/http';
import { filter, type Observable } from 'rxjs';

/**
 * Keeps back the header and the download progress of a failed answer, which come before its error, until it is
 * known whether the sending is discarded. Success passes as it comes.
 */
export function withhold(
  sending: Observable<HttpEvent<unknown>>,
  { reportProgress, reportDownloadProgress }: HttpRequest<unknown>,
  withheld: HttpEvent<unknown>[],
): Observable<HttpEvent<unknown>> {
  // Backends tell of headers and progress only where asked to.
  if (!reportProgress && !reportDownloadProgress) return sending;
  return sending.pipe(
    filter((event) => {
      const isFailing = withheld.length > 0 || (event.type === HttpEventType.ResponseHeader && !event.ok);
      if (isFailing) withheld.push(event);
      return !isFailing;
    }),
  );
}
