import { defer, filter, finalize, map, type Observable, of, race, retry, tap } from 'rxjs';
import type { SessionSync } from '../refresh/session-sync';
import type { Credential } from '../session/credential';
import type { Session } from '../session/session';
import type { AuthTokens } from '../session/tokens';
import { endOf, NOTHING, type SharedState, stateOf } from '../storage/record';
import type { BrowserPlace } from './browser-place';
import { isNewer, isSame } from './shared-state';
import { StoredSession } from './stored-session';
import { STORAGE_LAG_MS } from './web-storage';

/** Until then a record that no tab shows has been ended. */
const MOST_RETRIES = 4;

/** Refreshes a stored session in one tab at a time, and only if no other tab was quicker. */
export class StorageSync implements SessionSync {
  readonly #session: Session;
  readonly #place: BrowserPlace;
  readonly #stored: StoredSession;
  /** The state that the last refresh or restore of this tab began with. */
  #from = NOTHING;

  constructor(session: Session, place: BrowserPlace) {
    this.#session = session;
    this.#place = place;
    this.#stored = new StoredSession(session, place);
  }

  isRestorable(): boolean {
    return this.#stored.isRestorable;
  }

  acquire(credential: Credential | null): Observable<AuthTokens | null> {
    const { exclusive } = this.#place;
    const { known, progress } = this.#stored;
    const tokens = credential && credential.tokens;
    this.#from = known.current;
    if (!exclusive) return of(tokens);
    const task = (): Observable<AuthTokens | null> =>
      this.#lookUp().pipe(
        map((held) => {
          this.#from = known.current;
          // The copy in memory may lack the refresh token.
          return credential && isSame(held, this.#from) ? (held.credential?.tokens ?? tokens) : tokens;
        }),
      );
    const overtaken = this.#session.commits.pipe(
      filter(() => credential !== this.#session.credential),
      map(() => null),
    );
    this.#stored.isRestoring = !credential;
    return race(exclusive(credential?.id ?? '', task, progress), overtaken).pipe(
      finalize(() => {
        this.#stored.isRestoring = false;
      }),
    );
  }

  replace(current: Credential | null, next: Credential): Observable<Credential | null> {
    const { keepsTokens, exclusive } = this.#place;
    const { known } = this.#stored;
    const from = this.#from;
    const isOtherUser = current && current.id !== next.id;
    const isContinued = !isOtherUser && !from.ended;
    const version = Math.max(next.version, from.version + 1);
    const to = isContinued ? { ...next, id: from.id, version } : next;
    // The session commits a sign-in, which wins over whatever is stored. Without a lock there is nothing to compare.
    if (isOtherUser || !exclusive || (keepsTokens && !current)) return of(to);
    const state = stateOf(to, 0);
    const decide = (found: SharedState): SharedState => {
      const held = known.newest(found);
      // Another tab may have stored other tokens as the same version, while this page was asleep.
      const isUnchanged = [held, known.current].every(
        ({ id, ended, version }) =>
          id === from.id && ended === from.ended && (version === from.version || !keepsTokens),
      );
      return isUnchanged ? known.continue(state) : held;
    };
    known.pending = state;
    return this.#awaitOwn(this.#place.change(decide, state), (held) => {
      const { accessToken } = to.tokens;
      const isKept =
        isSame(held, state) && (held.credential?.tokens.accessToken ?? accessToken) === accessToken;
      if (isKept) known.set(held);
      else this.#stored.adopt(held);
      return isKept ? to : null;
    });
  }

  endRefused(mayEnd: boolean): Observable<unknown> {
    const { known } = this.#stored;
    const from = this.#from;
    if (from.ended) return of(null);
    const end = endOf(from);
    // Its own end is for the gate to commit: the session ends as refused.
    if (mayEnd) known.pending = end;
    const decide = (found: SharedState): SharedState => {
      const held = known.newest(found);
      return mayEnd && !isNewer(held, from) ? endOf(held) : held;
    };
    return this.#awaitOwn(this.#place.change(decide, end), (held) => {
      if (mayEnd && isSame(held, end)) known.set(held);
      else this.#stored.adopt(held);
    });
  }

  /** Looks at the place, again if another tab is about to store its sign-in. */
  #lookUp(): Observable<SharedState> {
    const { known } = this.#stored;
    return defer(() => this.#place.change(known.newest)).pipe(
      tap((held) => {
        this.#stored.adopt(held);
        if (known.unconfirmed || this.#place.isDoubtful(held))
          throw new Error(ngDevMode ? 'the stored session cannot be read' : '');
      }),
      retry({ count: MOST_RETRIES, delay: STORAGE_LAG_MS }),
    );
  }

  /** Waits for a change of the pending state. If the refresh is called off meanwhile, the change is news like any other. */
  #awaitOwn<T>(change: Observable<SharedState>, then: (held: SharedState) => T): Observable<T> {
    let isDone = false;
    const end = (): void => {
      this.#stored.known.pending = NOTHING;
    };
    return change.pipe(
      map((held) => {
        isDone = true;
        end();
        return then(held);
      }),
      finalize(() => {
        end();
        if (!isDone) this.#stored.follow(change);
      }),
    );
  }
}
