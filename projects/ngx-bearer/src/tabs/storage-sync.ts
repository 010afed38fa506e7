import { defer, filter, map, type Observable, of, race, retry, tap } from 'rxjs';
import type { SessionSync } from '../refresh/session-sync';
import type { Credential } from '../session/credential';
import type { Cause, Session } from '../session/session';
import type { AuthTokens } from '../session/tokens';
import type { Place } from './place';
import {
  credentialOf,
  endOf,
  followedBy,
  isNewer,
  isSame,
  NOTHING,
  type SharedState,
  stateOf,
} from './shared-state';

/** Keeps a session in sync with the place where it is stored. */
export class StorageSync implements SessionSync {
  readonly #session: Session;
  readonly #place: Place;
  /** The state in memory. */
  #mine = NOTHING;
  /** The last sign-in in this tab. */
  #own = '';
  #isLoaded = false;
  /** What a refresh of this tab is storing: no news, wherever it shows up. */
  #pending = NOTHING;

  /** Reads the stored session, and follows it from then on. */
  constructor(session: Session, place: Place) {
    this.#session = session;
    this.#place = place;
    session.isLoading = true;
    const { lifetime } = session;
    lifetime.add(
      session.commits.subscribe((cause) => {
        if (cause !== 'other-tab' && !lifetime.closed) this.#save(cause);
      }),
    );
    lifetime.add(
      place.failures.subscribe(() => {
        session.emit({ type: 'storage-failed' });
      }),
    );
    lifetime.add(
      place.read().subscribe((found) => {
        this.#isLoaded = true;
        // Somebody may have signed in or out meanwhile.
        if (!session.isLoading) return;
        this.#mine = found;
        session.load(credentialOf(found));
      }),
    );
    lifetime.add(
      place.news.subscribe(({ state, isSettled }) => {
        this.#merge(state);
        if (!isSettled || !isSame(state, this.#mine)) this.#settle(place.look(this.#newest));
      }),
    );
  }

  acquire(credential: Credential | null): Observable<AuthTokens | null> {
    const { exclusive } = this.#place;
    const tokens = credential && credential.tokens;
    const { commits } = this.#session;
    if (!exclusive) return of(tokens);
    const look = (): Observable<AuthTokens | null> =>
      defer(() => this.#place.look(this.#newest)).pipe(
        map((held) => {
          this.#merge(held);
          if (this.#place.isDoubtful(held)) throw new Error(ngDevMode ? 'IndexedDB failed' : '');
          // The copy in memory may lack the refresh token.
          return credential && isSame(held, this.#mine) ? (held.credential?.tokens ?? tokens) : tokens;
        }),
        retry(1),
      );
    const overtaken = commits.pipe(
      filter(() => credential !== this.#session.credential),
      map(() => null),
    );
    return race(exclusive(credential?.id ?? '', look, commits), overtaken);
  }

  replace(current: Credential | null, next: Credential): Observable<boolean> {
    // A place that cannot compare keeps what the session commits.
    if (current?.id !== next.id || !this.#place.exclusive) return of(true);
    const from = stateOf(current);
    const to = stateOf(next);
    // Another tab may have stored other tokens as the same version, while this page was asleep.
    let isKept = false;
    const decide = (found: SharedState): SharedState => {
      isKept = !isNewer(found, this.#mine) && isSame(this.#mine, from);
      return isKept ? this.#numbered(to) : this.#newest(found);
    };
    this.#pending = to;
    return this.#place.change(decide, to).pipe(
      map((held) => {
        this.#pending = NOTHING;
        if (isKept) this.#mine = held;
        else this.#merge(held);
        return isKept;
      }),
    );
  }

  endRefused(refused: Credential | null, mayEnd: boolean): Observable<unknown> {
    if (!refused) return of(null);
    const from = stateOf(refused);
    // Its own end is for the gate to commit: the session ends as refused.
    this.#pending = endOf(from);
    return this.#place
      .look((found) => {
        const held = this.#newest(found);
        return mayEnd && !isNewer(held, from) ? endOf(held) : held;
      }, this.#pending)
      .pipe(
        tap((held) => {
          const isOwn = isSame(held, this.#pending);
          this.#pending = NOTHING;
          if (isOwn) this.#mine = held;
          else this.#merge(held);
        }),
      );
  }

  /** A sign-in, a sign-out, or a refresh that has not been stored yet. */
  #save(cause: Cause): void {
    let state = stateOf(this.#session.credential ?? this.#session.last);
    if (!state.id && this.#isLoaded) {
      this.#place.change(this.#newest);
      return;
    }
    // A listener has signed out before the sign-in was saved.
    if (state.ended && state.id !== this.#mine.id && this.#isLoaded && cause === 'this-tab')
      state = endOf(this.#mine);
    const isSignIn = state.id !== this.#mine.id;
    if (isSignIn) this.#own = state.id;
    if (this.#isLoaded && (isSame(state, this.#mine) || (isSignIn && state.ended))) return;
    this.#mine = isSignIn
      ? followedBy(this.#mine, followedBy(this.#place.glance(), state))
      : this.#numbered(state);
    // What localStorage shows may be the sign-in of another tab already: only a user signs that out.
    if (cause === 'this-tab') this.#place.show(this.#mine);
    this.#settle(this.#place.change(this.#newest));
  }

  /** Of two sign-ins at once a tab keeps its own. */
  readonly #newest = (found: SharedState): SharedState => {
    const mine = this.#mine;
    const isFound =
      isNewer(found, mine) || this.#isOverwritten(found) || (isSame(found, mine) && !isNewer(mine, found));
    return isFound ? found : mine;
  };

  /** A sign-in of another tab without a number counts only while the place shows it: that tab will store it. */
  #isOverwritten(found: SharedState): boolean {
    const { signIn, ended, id } = this.#mine;
    const isHeard = !signIn && !ended && id !== this.#own;
    const isOther = !['', id].includes(found.id) && (found.ended || found.id !== this.#own);
    return isHeard && isOther && this.#place.glance().id !== id;
  }

  /** The place gives numbers, and knows the sign-ins before. */
  #numbered(state: SharedState): SharedState {
    const { signIn, past = [] } = this.#mine;
    return { ...state, signIn, past };
  }

  #settle(change: Observable<SharedState>): void {
    const before = this.#mine;
    this.#session.lifetime.add(
      change.subscribe((held) => {
        this.#merge(held);
        // This tab has changed, or heard of something, since the place decided.
        if (this.#mine !== before && isNewer(this.#mine, held)) this.#settle(this.#place.look(this.#newest));
      }),
    );
  }

  /** Adopts what is newer than the state in memory. */
  #merge(found: SharedState): void {
    const mine = this.#mine;
    if (found.id === mine.id && found.signIn > 0) {
      this.#mine = { ...followedBy(found, mine), signIn: found.signIn };
    }
    if (isSame(found, this.#pending)) return;
    if (isNewer(found, mine)) this.#mine = followedBy(mine, found);
    else if (this.#isOverwritten(found)) this.#mine = found;
    else {
      // The end of another sign-in, which is still to come to this tab.
      if (found.ended && found.id !== mine.id) this.#mine = followedBy(found, this.#mine);
      return;
    }
    if (isSame(found, mine)) return;
    const credential = credentialOf(found);
    if (credential) this.#session.adopt(credential);
    else if (this.#session.credential) this.#session.end('other-tab');
  }
}
