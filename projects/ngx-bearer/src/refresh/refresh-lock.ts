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
  repeat,
  switchMap,
  tap,
} from 'rxjs';
import type { Database } from '../session/store/database';

/** Emits when this tab has the lock of that name. It is given back when unsubscribed, and when the page is left. */
export type RefreshLock = (name: string) => Observable<Turn>;

export interface Turn {
  /** The page was left, or slept for too long, and another tab may have its turn. */
  readonly isOver: boolean;
}

interface Grant {
  readonly isRunning: () => boolean;
  readonly release: () => void;
}

type Request = (name: string) => Observable<Grant>;

interface Lease {
  readonly owner: number;
  /** In epoch milliseconds. */
  readonly until: number;
}

/** How often a lease is asked for that another tab has. */
const POLL_MS = 100;

/** A longer timer fires at once: https://html.spec.whatwg.org/#dom-settimeout takes 32 bits. */
export const LONGEST_TIMER_MS = 2_147_483_647;

/** How long a tab may take for its refresh, and to write it down, before the others go on. In milliseconds. */
export function lockLifetime(refreshTimeoutMs: number): number {
  return Math.min(refreshTimeoutMs + 2000, LONGEST_TIMER_MS);
}

/** Web Locks, else a lease in the database. Null where the platform has neither. */
export function createRefreshLock(
  window: Partial<Window> | null,
  database: Database | null,
  lifetimeMs: number,
): RefreshLock | null {
  // Only secure pages have them: https://w3c.github.io/web-locks/#navigator-mixins
  const locks = window?.navigator?.locks;
  const request = locks ? webLock(locks) : database && lease(database, lifetimeMs);
  if (!window || !request) return null;
  return (name) =>
    request(name).pipe(
      // A sandboxed frame may not have it, and shares nothing with other tabs.
      catchError(() => of({ isRunning: () => true, release: noop })),
      switchMap(({ isRunning, release }) => {
        let isLeft = false;
        const turn = {
          get isOver() {
            return isLeft || !isRunning();
          },
        };
        const leaving = fromEvent(window as Window, 'pagehide').pipe(
          tap(() => {
            isLeft = true;
            release();
          }),
          ignoreElements(),
        );
        return merge(of(turn), leaving);
      }),
    );
}

function webLock(locks: LockManager): Request {
  return (name) =>
    new Observable((holder) => {
      const abort = new AbortController();
      holder.add(() => {
        abort.abort();
      });
      const hold = (): Promise<void> =>
        new Promise((release) => {
          holder.add(release);
          holder.next({ isRunning: () => true, release });
        });
      locks.request(name, { signal: abort.signal }, hold).catch((error: unknown) => {
        holder.error(error);
      });
    });
}

function lease(database: Database, lifetimeMs: number): Request {
  return (name) =>
    defer(() => {
      const owner = Math.random();
      const release = (): void => {
        database.change<Lease>(name, (found) => (found?.owner === owner ? null : found)).catch(noop);
      };
      const asked = defer(() =>
        database.change<Lease>(name, (found) =>
          isRunning(found, lifetimeMs) ? found : { owner, until: Date.now() + lifetimeMs },
        ),
      );
      const had = asked.pipe(
        repeat({ delay: POLL_MS }),
        first((held) => held?.owner === owner),
        map((held) => ({ isRunning: () => isRunning(held, lifetimeMs), release })),
      );
      return concat(had, NEVER).pipe(finalize(release));
    });
}

/** A clock set back must not make a lease last for ever. */
function isRunning(lease: Lease | null, lifetimeMs: number): lease is Lease {
  const leftMs = lease ? lease.until - Date.now() : 0;
  return leftMs > 0 && leftMs <= lifetimeMs;
}
