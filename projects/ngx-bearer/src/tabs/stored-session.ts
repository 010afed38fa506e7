import { type Observable, Subject, timer } from 'rxjs';
import type { Cause, Session } from '../session/session';
import { credentialOf, endOf, NOTHING, type SharedState, stateOf } from '../storage/record';
import { KnownState } from './known-state';
import type { BrowserPlace } from './browser-place';
import { isNewer, isSame } from './shared-state';
import { STORAGE_LAG_MS } from './web-storage';

/** The session of this tab and the place where it is stored: each follows the other. */
export class StoredSession {
  readonly #session: Session;
  readonly #place: BrowserPlace;
  readonly #progress = new Subject<void>();
  /** The epoch that the known state belongs to. */
  #epoch = 0;
  readonly known = new KnownState();
  /** Emits at each change, of this tab or another. */
  readonly progress = this.#progress.asObservable();
  /** Whether a session that this tab has no tokens of is being restored: its end counts, too. */
  isRestoring = false;

  /** Reads the stored session, and follows it from then on. */
  constructor(session: Session, place: BrowserPlace) {
    this.#session = session;
    this.#place = place;
    const { lifetime } = session;
    lifetime.add(
      session.commits.subscribe((cause) => {
        if (cause !== 'other-tab') this.#save(cause);
        this.#epoch = session.epoch;
        this.#progress.next();
      }),
    );
    lifetime.add(
      place.failures.subscribe(() => {
        session.emit({ type: 'storage-failed' });
      }),
    );
    const found = place.glance();
    this.#learn(found);
    session.load(credentialOf(found));
    lifetime.add(
      place.news.subscribe(({ state, isSettled }) => {
        this.adopt(state);
        this.#progress.next();
        if (!isSettled || !isSame(state, this.known.current)) this.#look();
      }),
    );
  }

  /** Whether the session is known to exist, and this tab has no tokens of it. */
  get isRestorable(): boolean {
    const { epoch, credential } = this.#session;
    return this.#epoch === epoch && !this.known.current.ended && !credential;
  }

  /** Adopts what is newer than the state in memory. */
  adopt(found: SharedState): void {
    const before = this.known.current;
    this.#learn(found);
    const { current } = this.known;
    if (isSame(current, before)) return;
    const adopted = credentialOf(current);
    const isOver = current.ended || current.id !== before.id;
    const isAffected = this.#session.credential ?? (current.ended && this.isRestoring);
    if (adopted) this.#session.adopt(adopted);
    else if (isOver && isAffected) this.#session.end('other-tab');
  }

  /** Adopts what a change has left in the place, and looks again if this tab knows more by then. */
  follow(change: Observable<SharedState>): void {
    const before = this.known.newest(NOTHING);
    this.#session.lifetime.add(
      change.subscribe((held) => {
        this.adopt(held);
        const mine = this.known.newest(NOTHING);
        if (mine !== before && isNewer(mine, held)) this.#look();
      }),
    );
  }

  #look(): void {
    this.follow(this.#place.change(this.known.newest));
  }

  #learn(found: SharedState): void {
    const before = this.known.unconfirmed;
    this.known.learn(found);
    const { unconfirmed } = this.known;
    if (!unconfirmed || unconfirmed === before) return;
    // The other tab has the time to store its sign-in, or to end it.
    this.#session.lifetime.add(
      timer(STORAGE_LAG_MS).subscribe(() => {
        if (this.known.confirm(unconfirmed)) this.#look();
      }),
    );
  }

  /** A sign-in, a sign-out, or a refresh that has not been stored yet. */
  #save(cause: Cause): void {
    const { credential, last } = this.#session;
    const { current } = this.known;
    const isSignOut = !credential && cause === 'this-tab';
    const state = credential ? stateOf(credential, 0) : endOf(isSignOut ? current : { ...current, ...last });
    const isSignIn = state.id !== current.id;
    if (isSignOut && current.ended) {
      this.#place.change(this.known.newest);
      return;
    }
    if (isSame(state, current) || (isSignIn && state.ended)) return;
    if (state.ended) this.known.end();
    else if (isSignIn) this.known.begin(state, this.#place.glance());
    else this.known.set(this.known.continue(state));
    // What localStorage shows may be the sign-in of another tab already: only a user signs that out.
    if (cause === 'this-tab') this.#place.show(this.known.current);
    this.follow(this.#place.change(this.known.newest));
  }
}
