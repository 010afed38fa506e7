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

/** Where a session is kept. Nothing here throws, and all of it ends in time. */
export interface Place {
  /** Emits if a state could not be kept. */
  readonly failures: Observable<void>;
  readonly news: Observable<News>;
  /** Whether tabs share tokens. If not, they share that a session exists, and each has tokens of its own. */
  readonly keepsTokens: boolean;
  /** Null if the place does not keep other tabs from refreshing. */
  readonly exclusive: Exclusive | null;
  /** What a page starts with, at once if the place can read it at once. */
  read(): Observable<SharedState>;
  /** What the place shows now, as far as this page sees it. */
  glance(): SharedState;
  /** Whether it may keep newer tokens than these, which it cannot read now. */
  isDoubtful(held: SharedState): boolean;
  /** Shows other tabs a sign-in or a sign-out at once. */
  show(state: SharedState): void;
  /**
   * Reads, decides and writes as one step, subscribed or not. Emits what the place holds then. `reached` is what a server
   * has brought the session to, whatever the decision: a copy of it in another tab is over.
   */
  change(decide: Decide, reached?: SharedState): Observable<SharedState>;
  /** The same for a decision that needs what other tabs have written. */
  look(decide: Decide, reached?: SharedState): Observable<SharedState>;
}
