import { EnvironmentInjector, inject } from '@angular/core';
import {
  catchError,
  concat,
  filter,
  ignoreElements,
  map,
  type Observable,
  of,
  race,
  switchMap,
  throwError,
  timeout,
} from 'rxjs';
import type { AuthSettings } from '../auth-config';
import type { RequestHints } from '../hints/request-hints';
import type { SessionRecord } from '../session/session-record';
import type { SharedSession } from '../session/shared-session';
import type { Hold } from './hold';
import type { RefreshLimit } from './refresh-limit';
import { lockLifetime, type RefreshLock, type Turn } from './refresh-lock';
import { isRefusal, timedOut } from './refresh-outcome';
import { refreshTokens } from './refresh-tokens';

/** What a refresher works with. */
export interface RefreshParts {
  readonly settings: AuthSettings;
  readonly session: SessionRecord;
  readonly shared: SharedSession;
  readonly limit: RefreshLimit;
  /** Null in production. */
  readonly hints: RequestHints | null;
  /** Null where no other tab can be kept from it. */
  readonly lock: RefreshLock | null;
}

/** Carries a refresh out: one tab at a time, and only where no other has been quicker. */
export class Refresher {
  readonly #injector = inject(EnvironmentInjector);
  readonly #parts: RefreshParts;

  /** Has to run in an injection context. */
  constructor(parts: RefreshParts) {
    this.#parts = parts;
  }

  /**
   * Emits how to go on with the new tokens, when they stand where the other tabs find them. This tab has its turn
   * until unsubscribed.
   */
  refresh(hold: Hold): Observable<() => void> {
    const { session, shared, limit } = this.#parts;
    return this.#takeTurn(hold).pipe(
      switchMap((turn) => {
        // A page that comes back from the back/forward cache has given it away.
        if (turn?.isOver) return this.refresh(hold);
        // Another tab was quicker, and the gate finds what it got.
        if (hold.credential !== session.credential) return throwError(() => null);
        limit.count();
        return refreshTokens(hold, this.#parts, this.#injector).pipe(
          catchError((failure: unknown) => this.#lookElsewhere(hold, failure)),
          switchMap((tokens) => shared.renew(tokens)),
        );
      }),
    );
  }

  /** Waits until no other tab refreshes, or one has done so, and follows what holds for all of them. */
  #takeTurn({ credential }: Hold): Observable<Turn | null> {
    const { settings, session, shared, lock } = this.#parts;
    if (!lock) return of(null);
    // Tabs that share a cookie take turns whatever the session of each.
    const name = settings.refresh.restores ? '' : (credential?.id ?? '');
    const overtaken = session.commits.pipe(
      filter(() => credential !== session.credential),
      map(() => null),
    );
    const waitMs = lockLifetime(settings.refreshTimeout);
    return race(lock(`${settings.storageKey}.refresh.${name}`), overtaken).pipe(
      timeout({ first: waitMs, with: () => throwError(() => timedOut(waitMs)) }),
      switchMap((turn) => shared.catchUp().pipe(map(() => turn))),
    );
  }

  /**
   * Another tab may have been quicker: a refusal is then about tokens that are no longer current. Otherwise the
   * session ends while this tab still has its turn, so that no other tries its tokens.
   */
  #lookElsewhere(hold: Hold, failure: unknown): Observable<never> {
    const { shared } = this.#parts;
    const { credential } = hold;
    const fail = throwError(() => failure);
    if (!isRefusal(failure) || !credential) return fail;
    return concat(hold.isNeeded ? shared.end(credential) : shared.catchUp(), fail).pipe(ignoreElements());
  }
}
