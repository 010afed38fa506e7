import { filter, fromEvent, merge, type Observable } from 'rxjs';

/** Emits when a page resumes: a frozen page misses storage events. */
export function pageResumed(window: EventTarget): Observable<unknown> {
  return merge(...['pageshow', 'online', 'visibilitychange'].map((name) => fromEvent(window, name))).pipe(
    // `visibilitychange` of the document bubbles to its window. A page that is left becomes hidden after `pagehide`: a
    // transaction that it began then would keep it out of the back/forward cache.
    filter(({ target }) => (target as Partial<Document> | null)?.visibilityState !== 'hidden'),
  );
}
