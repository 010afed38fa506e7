import { map, merge, type Observable, of, switchMap, timer } from 'rxjs';
import { pageResumed } from './page-resumed';
import type { News } from './place';
import { isSame } from './shared-state';
import { STORAGE_LAG_MS, type WebStorage } from './web-storage';

/**
 * What a web storage shows: when the page starts, when it resumes, when another page has changed it, and a while after
 * each doubt.
 */
export function placeNews(
  window: Window,
  storage: WebStorage,
  doubts: Observable<unknown>,
): Observable<News> {
  // A page starts with what the web storage shows, and looks at the database behind it.
  const again = doubts.pipe(switchMap(() => timer(STORAGE_LAG_MS)));
  const looks = merge(of(null), pageResumed(window), again).pipe(
    map(() => ({ state: storage.see(), isSettled: false })),
  );
  const changes = storage.changes.pipe(
    map((state) => ({ state, isSettled: !!storage.shown.isMirror && isSame(state, storage.shown) })),
  );
  return merge(looks, changes);
}
