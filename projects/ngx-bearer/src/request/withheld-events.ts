import { type HttpEvent, HttpEventType, type HttpRequest } from '@angular/common/http';
import { filter, type MonoTypeOperatorFunction, identity } from 'rxjs';

/**
 * Keeps back the header and the download progress of a failed answer, which come before its error, until it is
 * known whether the sending is discarded. Success passes as it comes.
 */
export function withhold(
  request: HttpRequest<unknown>,
  withheld: HttpEvent<unknown>[],
): MonoTypeOperatorFunction<HttpEvent<unknown>> {
  // Backends tell of headers and progress only where asked to.
  if (!request.reportProgress && !request.reportDownloadProgress) return identity;
  return filter((event) => {
    const isFailing = withheld.length > 0 || (event.type === HttpEventType.ResponseHeader && !event.ok);
    if (isFailing) withheld.push(event);
    return !isFailing;
  });
}
