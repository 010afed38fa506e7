import { fromEvent, merge, type Observable } from 'rxjs';

/** Emits when a page resumes: a frozen page misses storage events. */
export function pageResumed(window: EventTarget): Observable<unknown> {
  // `visibilitychange` of the document bubbles to its window.
  return merge(...['pageshow', 'online', 'visibilitychange'].map((name) => fromEvent(window, name)));
}
