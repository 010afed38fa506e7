import { endOf, NOTHING, type SharedState } from '../storage/record';
import { followedBy, isHappening, isNewer, isSame } from './shared-state';

/** What a tab knows of the session that tabs share. */
export class KnownState {
  /** What this tab has done, or knows to be stored. */
  #mine = NOTHING;
  /** The sign-in of another tab, which shows it and is about to store it. */
  #unconfirmed: SharedState | null = null;
  /** The session that this tab has begun or ended last. */
  #own = '';
  /** What this tab is storing: no news, wherever it shows up. */
  pending = NOTHING;

  /** What the session of this tab goes on with. */
  get current(): SharedState {
    return this.#unconfirmed ?? this.#mine;
  }

  get unconfirmed(): SharedState | null {
    return this.#unconfirmed;
  }

  /** What a place is to hold. Of two sign-ins at once a tab keeps its own; that of another tab is for that tab to store. */
  readonly newest = (found: SharedState): SharedState => {
    const mine = this.#mine;
    const isAwaited = !!found.id && found.id === this.#unconfirmed?.id;
    const isFound = isAwaited || isNewer(found, mine) || (isSame(found, mine) && !isNewer(mine, found));
    return isFound ? found : mine;
  };

  /** A place holds this by now. */
  set(stored: SharedState): void {
    this.#mine = stored;
  }

  /** Somebody signs in here. `shown` is past then. */
  begin(state: SharedState, shown: SharedState): void {
    this.#change(followedBy(this.current, followedBy(shown, state)));
    this.#own = state.id;
  }

  /** The session ends here. */
  end(): void {
    this.#own = this.current.id;
    this.#change(followedBy(this.#mine, endOf(this.current)));
  }

  /** The same session, with other tokens. The place gives numbers, and knows the sign-ins before. */
  continue(state: SharedState): SharedState {
    const { signIn, past = [] } = this.#mine;
    return { ...state, signIn, past };
  }

  learn(found: SharedState): void {
    const [mine, unconfirmed] = [this.#mine, this.#unconfirmed];
    if (found.id === mine.id && found.signIn > 0) {
      this.#mine = { ...followedBy(found, mine), signIn: found.signIn };
    }
    if (isSame(found, this.pending)) return;
    const isComing = isHappening(found) && ![mine.id, this.#own].includes(found.id);
    if (isComing) {
      // Of two the one that is shown last.
      const isLast = unconfirmed
        ? !isNewer(unconfirmed, found) && unconfirmed.id !== found.id
        : isNewer(found, mine);
      if (isLast) this.#unconfirmed = followedBy(this.current, found);
    } else if (found.id === unconfirmed?.id) {
      this.#change(followedBy(unconfirmed, followedBy(mine, found)));
    } else if (isNewer(found, mine)) {
      this.#mine = followedBy(mine, found);
      if (unconfirmed && isNewer(found, unconfirmed)) this.#unconfirmed = null;
    } else if (found.ended && found.id !== mine.id) {
      // The end of another sign-in, which is still to come to this tab.
      this.#mine = followedBy(found, this.#mine);
    }
  }

  /** Another tab had the time to store its sign-in, or to end it: this one stores it. */
  confirm(state: SharedState): boolean {
    const isStill = this.#unconfirmed === state;
    if (isStill) this.#change(state);
    return isStill;
  }

  #change(state: SharedState): void {
    this.#mine = state;
    this.#unconfirmed = null;
  }
}
