import { filter, map, type Observable, of, race, switchMap } from 'rxjs';
import type { SessionSync } from '../refresh/session-sync';
import type { Credential } from '../session/credential';
import type { Session } from '../session/session';
import type { AuthTokens } from '../session/tokens';
import { PlainSync } from '../storage/plain-sync';
import type { TokenStorage } from '../storage/token-storage';
import type { Exclusive } from './place';

/** Refreshes in one tab at a time. The storage is read before and after that, and the lock is held until it is written. */
export class LockedSync extends PlainSync implements SessionSync {
  readonly #exclusive: Exclusive;

  constructor(session: Session, storage: TokenStorage, exclusive: Exclusive) {
    super(session, storage);
    this.#exclusive = exclusive;
  }

  acquire(credential: Credential | null): Observable<AuthTokens | null> {
    const { commits } = this.session;
    const task = (): Observable<AuthTokens | null> =>
      this.look().pipe(map(() => credential && credential.tokens));
    const overtaken = commits.pipe(
      filter(() => credential !== this.session.credential),
      map(() => null),
    );
    return race(this.#exclusive(credential?.id ?? '', task, commits), overtaken);
  }

  replace(current: Credential | null, next: Credential): Observable<Credential | null> {
    return this.look().pipe(
      switchMap(() => {
        if (current !== this.session.credential) return of(null);
        this.store(next);
        return this.idle().pipe(map(() => next));
      }),
    );
  }

  override endRefused(mayEnd: boolean): Observable<unknown> {
    return super.endRefused(mayEnd).pipe(switchMap(() => this.idle()));
  }
}
