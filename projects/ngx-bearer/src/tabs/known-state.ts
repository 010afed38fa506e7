import { endOf, followedBy, isNewer, isSame, NOTHING, type SharedState } from './shared-state';

/** What a tab knows of the session that tabs share. */
export class KnownState {
  /** What this tab has done, or knows to be stored. */
  #mine = NOTHING;
  /** The sign-in of another tab, which shows it and is about to store it. */
  #heard: SharedState | null = null;
  /** The session that this tab has begun or ended last. */
  #own = '';
  /** What this tab is storing: no news, wherever it shows up. */
  pending = NOTHING;

  /** What the session of this tab goes on with. */
  get current(): SharedState {
    return this.#heard ?? this.#mine;
  }

  get heard(): SharedState | null {
    return this.#heard;
  }

  /** What a place is to hold. Of two sign-ins at once a tab keeps its own; that of another tab is for that tab to store. */
  readonly newest = (found: SharedState): SharedState => {
    const mine = this.#mine;
    const isHeard = !!found.id && found.id === this.#heard?.id;
    const isFound = isHeard || isNewer(found, mine) || (isSame(found, mine) && !isNewer(mine, found));
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
    const [mine, heard] = [this.#mine, this.#heard];
    if (found.id === mine.id && found.signIn > 0) {
      this.#mine = { ...followedBy(found, mine), signIn: found.signIn };
    }
    if (isSame(found, this.pending)) return;
    const isComing = !found.signIn && !found.ended && ![mine.id, this.#own].includes(found.id);
    if (isComing) {
      // Of two the one that is shown last.
      const isLast = heard ? !isNewer(heard, found) && heard.id !== found.id : isNewer(found, mine);
      if (isLast) this.#heard = followedBy(this.current, found);
    } else if (found.id === heard?.id) {
      this.#change(followedBy(heard, followedBy(mine, found)));
    } else if (isNewer(found, mine)) {
      this.#mine = followedBy(mine, found);
      if (heard && isNewer(found, heard)) this.#heard = null;
    } else if (found.ended && found.id !== mine.id) {
      // The end of another sign-in, which is still to come to this tab.
      this.#mine = followedBy(found, this.#mine);
    }
  }

  /** Another tab had the time to store its sign-in, or to end it: this one stores it. */
  confirm(heard: SharedState): boolean {
    const isStill = this.#heard === heard;
    if (isStill) this.#change(heard);
    return isStill;
  }

  #change(state: SharedState): void {
    this.#mine = state;
    this.#heard = null;
  }
}
