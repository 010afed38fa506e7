import type { HttpHeaders } from '@angular/common/http';

const CAP_MS = 60_000;

/**
 * The delay a server asks for, in milliseconds, at most 60 s: both forms of `Retry-After` (RFC 9110 section
 * 10.2.3). A date counts from the answer's own `Date` where that can be read. Null where it asks for none.
 */
export function readRetryAfter(headers: HttpHeaders): number | null {
  const value = headers.get('Retry-After')?.trim();
  if (!value) return null;
  // Browsers parse almost anything as a date; an HTTP-date (RFC 9110 section 5.6.7) is always in GMT.
  const date = / GMT$/.test(value) ? Date.parse(value) : NaN;
  const delay = /^\d+$/.test(value) ? Number(value) * 1000 : date - sentAt(headers);
  return delay > 0 ? Math.min(delay, CAP_MS) : null;
}

function sentAt(headers: HttpHeaders): number {
  const date = Date.parse(headers.get('Date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}
