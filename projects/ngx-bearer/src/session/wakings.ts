import { fromEvent, merge, type Observable } from 'rxjs';

/** When to look again: a page that was asleep has heard of nothing. */
export function wakings(window: EventTarget): Observable<unknown> {
  // That a page becomes visible reaches its window, too.
  return merge(...['pageshow', 'online', 'visibilitychange'].map((name) => fromEvent(window, name)));
}
