import type { Observable } from 'rxjs';
import type { SharedState } from '../storage/record';

/** Decides what a place keeps, from what it holds. */
export type Decide = (found: SharedState) => SharedState;

/** What other pages have changed. */
export interface News {
  readonly state: SharedState;
  /** Whether the place holds just this, so that nothing has to be written. */
  readonly isSettled: boolean;
}

/** Runs a task while no other tab runs one for this session, and until unsubscribed. News restarts the timeout. */
export type Exclusive = <T>(
  id: string,
  task: () => Observable<T>,
  news: Observable<unknown>,
) => Observable<T>;
