import { filter, map, type Observable, of, race, switchMap } from 'rxjs';
import type { Credential } from '../session/credential';
import type { Session } from '../session/session';
import type { AuthTokens } from '../session/tokens';
import { PlainSync } from '../storage/plain-sync';
import type { TokenStorage } from '../storage/token-storage';
import type { Exclusive } from './place';

/** Refreshes in one tab at a time, and reads the storage before and after that. It cannot read and write as one step. */
export class LockedSync extends PlainSync {
  readonly #exclusive: Exclusive;

  constructor(session: Session, storage: TokenStorage, exclusive: Exclusive) {
    super(session, storage);
    this.#exclusive = exclusive;
  }

  override acquire(credential: Credential | null): Observable<AuthTokens | null> {
    const { commits } = this.session;
    const task = (): Observable<AuthTokens | null> =>
      this.look().pipe(map(() => credential && credential.tokens));
    const overtaken = commits.pipe(
      filter(() => credential !== this.session.credential),
      map(() => null),
    );
    return race(this.#exclusive(credential?.id ?? '', task, commits), overtaken);
  }

  /** The lock is held until the new tokens are stored. */
  override replace(current: Credential | null, next: Credential): Observable<Credential | null> {
    return this.look().pipe(
      switchMap(() => {
        const isOvertaken = current !== this.session.credential;
        return isOvertaken ? of(null) : this.store(next).pipe(map(() => next));
      }),
    );
  }
}
