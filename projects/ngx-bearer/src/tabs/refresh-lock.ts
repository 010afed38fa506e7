import {
  catchError,
  concat,
  defer,
  finalize,
  first,
  fromEvent,
  ignoreElements,
  map,
  merge,
  NEVER,
  noop,
  Observable,
  of,
  race,
  repeat,
  retry,
  startWith,
  switchMap,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { LONGEST_TIMER_MS } from '../refresh/longest-timer';
import { timedOut } from '../refresh/refresh-outcome';
import { type Database, PageLeft } from './database';
import type { Exclusive } from './place';

/** A lock that this tab has acquired. */
interface LockHandle {
  /** Whether another tab may acquire it before a refresh has ended, since this one has slept or waited for too long. */
  readonly isExpired: () => boolean;
  readonly release: () => void;
}

type Acquire = (name: string) => Observable<LockHandle>;

interface Lease {
  readonly owner: number;
  /** In epoch milliseconds. */
  readonly until: number;
}

/** How often a tab asks for a lease that another tab has. */
const POLL_MS = 100;

/** What a tab may need before and after its refresh, in milliseconds. */
const RESERVE_MS = 2000;

/** A Web Lock, else a lease in the database. Null if the page has neither. The name of each lock contains `key`. */
export function createLock(
  window: Window,
  database: Database | null,
  { key, refreshTimeout }: { readonly key: string; readonly refreshTimeout: number },
): Exclusive | null {
  // How long a tab may take for its refresh, and to store it, before the others stop waiting.
  const lifetimeMs = Math.min(refreshTimeout + RESERVE_MS, LONGEST_TIMER_MS);
  // Only secure pages have them: https://w3c.github.io/web-locks/#navigator-mixins
  const locks = window.navigator.locks as LockManager | undefined;
  const acquire = locks ? webLock(locks) : database && lease(database, window, lifetimeMs);
  if (!acquire) return null;
  return (id, task, news) => {
    const timeout = news.pipe(
      startWith(null),
      switchMap(() => timer(lifetimeMs)),
      switchMap(() => throwError(() => timedOut(lifetimeMs))),
    );
    // A key may begin with `-`, and a name must not: https://w3c.github.io/web-locks/#dom-lockmanager-request
    return race(run(acquire(`refresh.${key}.${id}`), task, window), timeout);
  };
}

/** Lets a task that is called off release its lock later. */
export function releasedBy(exclusive: Exclusive, later: (release: () => void) => void): Exclusive {
  return <T>(...given: Parameters<typeof exclusive<T>>) =>
    new Observable<T>((holder) => {
      const lock = exclusive(...given).subscribe({
        next: (value) => {
          holder.next(value);
        },
        error: (error) => {
          holder.error(error);
        },
      });
      return () => {
        later(() => {
          lock.unsubscribe();
        });
      };
    });
}

/** Runs a task with the lock, which is released when the page is left. A page that comes back acquires it again. */
function run<T>(acquired: Observable<LockHandle>, task: () => Observable<T>, window: Window): Observable<T> {
  return acquired.pipe(
    switchMap(({ isExpired, release }) => {
      let isReleased = false;
      let isShown = true;
      const leaving = fromEvent(window, 'pagehide').pipe(
        tap(() => {
          isReleased = true;
          isShown = false;
          release();
        }),
        ignoreElements(),
      );
      const returning = fromEvent(window, 'pageshow').pipe(tap(() => (isShown = true)));
      const again = defer(() => run(acquired, task, window));
      const result = task().pipe(
        switchMap((value) => {
          if (!isReleased && !isExpired()) return of(value);
          if (!isReleased) release();
          // A pending lock would keep the page out of the back/forward cache.
          return isShown
            ? again
            : returning.pipe(
                first(),
                switchMap(() => again),
              );
        }),
      );
      return merge(result, leaving, returning.pipe(ignoreElements()));
    }),
  );
}

function webLock(locks: LockManager): Acquire {
  return (name) =>
    new Observable((holder) => {
      const abort = new AbortController();
      holder.add(() => {
        abort.abort();
      });
      const hold = (): Promise<void> =>
        new Promise((release) => {
          holder.add(release);
          holder.next({ isExpired: () => false, release });
        });
      locks.request(name, { signal: abort.signal }, hold).catch((error: unknown) => {
        // A sandboxed frame may not have locks, and shares nothing with other tabs.
        if ((error as Error).name === 'SecurityError') holder.next({ isExpired: () => false, release: noop });
        else holder.error(error);
      });
    });
}

function lease(database: Database, window: Window, lifetimeMs: number): Acquire {
  return (name) =>
    defer(() => {
      const owner = Math.random();
      const change = async (decide: (found: Lease | null) => Lease | null): Promise<Lease | null> => {
        let held: Lease | null = null;
        await database.change(name, (found) => (held = decide(found as Lease | null)));
        return held;
      };
      const release = (): void => {
        change((found) => (found?.owner === owner ? null : found)).catch((error: unknown) => {
          if (error instanceof PageLeft) fromEvent(window, 'pageshow').pipe(first()).subscribe(release);
        });
      };
      const asked = defer(() =>
        change((found) => (isRunning(found, lifetimeMs) ? found : { owner, until: Date.now() + lifetimeMs })),
      );
      const acquired = asked.pipe(
        repeat({ delay: POLL_MS }),
        first((held) => held?.owner === owner),
        map((held) => ({ isExpired: () => leftMs(held) < lifetimeMs - RESERVE_MS, release })),
        retry({ count: 1, delay: POLL_MS }),
        // Without locks and without a database nothing keeps tabs apart.
        catchError(() => of({ isExpired: () => false, release: noop })),
      );
      return concat(acquired, NEVER).pipe(finalize(release));
    });
}

/** A clock set back must not make a lease last for ever. */
function isRunning(lease: Lease | null, lifetimeMs: number): lease is Lease {
  return leftMs(lease) > 0 && leftMs(lease) <= lifetimeMs;
}

function leftMs(lease: Lease | null): number {
  return lease ? lease.until - Date.now() : 0;
}
