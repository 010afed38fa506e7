import { catchError, concat, ignoreElements, map, type Observable, of, switchMap, throwError } from 'rxjs';
import type { Credential } from '../session/credential';
import type { Session } from '../session/session';
import type { Hold } from './hold';
import type { RefreshLimit } from './refresh-limit';
import { isRefusal } from './refresh-outcome';
import type { ExternalStrategy } from './refresh-strategy';
import { type CallParts, refreshTokens } from './refresh-tokens';
import type { SessionSync } from './session-sync';

/** What a refresher works with. */
export interface RefreshParts extends CallParts {
  readonly session: Session;
  readonly limit: RefreshLimit;
  /** Null if tokens are in memory alone. */
  readonly sync: SessionSync | null;
}

/** Runs a refresh: in one tab at a time, and only if no other tab has been quicker. */
export class Refresher {
  readonly #parts: RefreshParts;

  constructor(parts: RefreshParts) {
    this.#parts = parts;
  }

  /**
   * Emits the new credential when it is stored; null if another tab was quicker, and the session has changed. Other tabs
   * wait until it is unsubscribed.
   */
  refresh(hold: Hold): Observable<Credential | null> {
    const { session, settings, limit, sync } = this.#parts;
    const { credential } = hold;
    return (sync?.acquire?.(credential) ?? of(credential && credential.tokens)).pipe(
      switchMap((tokens) => {
        if (credential !== session.credential) return of(null);
        hold.presented = tokens;
        // An SDK may be asked at any time whether somebody has signed in.
        if (tokens || !(settings.refresh as ExternalStrategy).isExternal) limit.count();
        return refreshTokens(tokens, this.#parts).pipe(
          map((received) => session.next(received, tokens)),
          catchError((failure: unknown) => this.#fail(hold, failure)),
          switchMap((next) => sync?.replace?.(credential, next) ?? of(next)),
        );
      }),
    );
  }

  /**
   * Another tab may have been quicker: then the refusal is about old tokens. Otherwise the session ends while the lock is
   * held, so that no other tab tries its tokens.
   */
  #fail(hold: Hold, failure: unknown): Observable<never> {
    const { sync } = this.#parts;
    const { credential } = hold;
    const fail = throwError(() => failure);
    if (!sync || !isRefusal(failure, !credential)) return fail;
    return concat(sync.endRefused(hold.isNeeded), fail).pipe(ignoreElements());
  }
}
