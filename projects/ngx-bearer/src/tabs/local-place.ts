import { BrowserPlace } from './browser-place';
import type { Decide } from './place';
import {
  numberedAfter,
  endOf,
  followedBy,
  fromRecord,
  mirrorOf,
  newest,
  NOTHING,
  type SharedState,
  toRecord,
} from './shared-state';
import { STORAGE_LAG_MS } from './web-storage';

/**
 * One session for all tabs. The database decides: localStorage shows one tab what another has long replaced, even under
 * a lock. localStorage mirrors it without the refresh token, so that a page can start at once, and announces changes.
 */
export class LocalPlace extends BrowserPlace {
  protected override readonly entry = 'session';
  protected override readonly entryHoldsTokens = true;
  /** A session that is in the database and not in localStorage, or has ended there and not here. */
  #odd = { id: '', sinceMs: 0 };

  protected override settle(found: unknown, decide: Decide): readonly [unknown, SharedState] {
    const before = fromRecord(found);
    const mine = decide(NOTHING);
    // The record of a newer release is left alone.
    if (before === 'newer') return [found, mine];
    const seen = this.storage.see();
    // localStorage is ahead of the database if a page was left too early, and if the record was removed.
    const isAhead = seen.ended || !seen.isMirror;
    const stored = before === 'unreadable' ? null : before;
    const known = newest(stored, isAhead ? seen : null);
    const held = decide(known);
    const { isEmpty } = this.storage;
    // The user has cleared localStorage, or another tab has signed in and localStorage shows it late.
    const isOrphan = isEmpty && held === known && !known.ended && known.id !== mine.id;
    if (isOrphan && !this.#isLasting(known)) return [found, mine];
    return this.#keep(isOrphan ? endOf(known) : held, { found, stored, mine });
  }

  #keep(
    held: SharedState,
    {
      found,
      stored,
      mine,
    }: { readonly found: unknown; readonly stored: SharedState | null; readonly mine: SharedState },
  ): readonly [unknown, SharedState] {
    const { shown } = this.storage;
    // A sign-in that this page knows as past is past for all.
    const next = numberedAfter(stored ?? NOTHING, followedBy(mine, held));
    const isUnchanged = held === stored && (next.past ?? []).every((id) => stored.past?.includes(id));
    // A sign-in of another tab, which is about to store it.
    const isComing = !shown.ended && !shown.signIn && shown.id !== next.id && !next.past?.includes(shown.id);
    // To remove what another tab has written unseen would sign it out.
    const isHasty = held.ended && !shown.ended && !this.#isLasting(shown);
    // Inside the transaction, so that localStorage follows the database in order.
    if (!isComing && !isHasty) this.storage.write(mirrorOf(next));
    return [isUnchanged ? found : toRecord(next), next];
  }

  /** Whether localStorage and the database differ for longer than localStorage may lag. */
  #isLasting({ id }: SharedState): boolean {
    const now = performance.now();
    if (this.#odd.id !== id) {
      this.#odd = { id, sinceMs: now };
      this.doubts.next();
    }
    return now - this.#odd.sinceMs >= STORAGE_LAG_MS;
  }
}
