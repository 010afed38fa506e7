import type { Observable, Subscription } from 'rxjs';
import type { Credential } from '../credential';

/** What a store holds; undefined where it does not say. */
export type Found = Credential | null | undefined;

/** Keeps the record: in order, bounded in time, never throwing. */
export interface RecordStore {
  /** Tells of each write that failed. */
  readonly failures: Observable<void>;
  /** Nothing is written after it has ended. */
  readonly lifetime: Subscription;
  /** Whether what is found was put there by another tab, and not left there because a write of our own has failed. */
  readonly isInStep: boolean;
  /** What the store shows, at once where it does so. */
  read(): Observable<Found>;
  /** What holds for all tabs, the refresh token with it. */
  latest(mine: Credential): Observable<Found>;
  /** Keeps a credential; null for the end of a session. */
  write(credential: Credential | null, id: string): void;
  /** Puts one credential in the place of another, unless another tab was quicker; emits what then holds. */
  replace(spent: Credential, next: Credential): Observable<Found>;
  /** Ends the session of a credential for all tabs; emits undefined, or what holds where another tab was quicker. */
  end(refused: Credential): Observable<Found>;
  /** Calls back when another tab has changed the record. */
  subscribe(changed: () => void): void;
}
