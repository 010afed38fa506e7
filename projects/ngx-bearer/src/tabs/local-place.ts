import { endOf, fromRecord, NOTHING, type SharedState, toRecord } from '../storage/record';
import { BrowserPlace } from './browser-place';
import type { Decide } from './place';
import { numberedAfter, followedBy, isHappening, isSame, mirrorOf, newest } from './shared-state';
import { STORAGE_LAG_MS } from './web-storage';

/** What a transaction has found. */
interface Comparison {
  readonly found: unknown;
  readonly stored: SharedState | null;
  readonly mine: SharedState;
  readonly isLasting: (difference: string, forMs?: number) => boolean;
}

/** How long the tab of a session has to show it in localStorage again, in milliseconds. */
const ORPHAN_MS = 3 * STORAGE_LAG_MS;

/**
 * One session for all tabs. The database decides: localStorage shows one tab what another has long replaced, even under
 * a lock. localStorage mirrors it without the refresh token, so that a page can start at once, and announces changes.
 */
export class LocalPlace extends BrowserPlace {
  protected override readonly entry = 'session';
  protected override readonly entryHoldsTokens: boolean = true;
  /** Whether the page has just been loaded: what localStorage shows then is not late, but may be older than the database. */
  #isLoading = true;
  /** How localStorage differed from the database at the last look, and since when. */
  #differences: ReadonlyMap<string, number> = new Map<string, number>();

  protected override settle(found: unknown, decide: Decide): readonly [unknown, SharedState] {
    const before = fromRecord(found);
    const mine = decide(NOTHING);
    const isLasting = this.#compare();
    // The record of a newer release is left alone.
    if (before === 'newer') return [found, mine];
    const seen = this.storage.see();
    // localStorage is ahead of the database if a page was left too early, and if the record was removed. A sign-in without
    // a number is for the tab to store that knows it.
    const isAhead = seen.ended || (!seen.isMirror && seen.signIn > 0);
    const stored = before === 'unreadable' ? null : before;
    const known = newest(stored, isAhead ? seen : null);
    const held = decide(known);
    const { isEmpty } = this.storage;
    // The user has cleared localStorage, or another tab has signed in and localStorage shows it late.
    const isOrphan = isEmpty && held === known && !known.ended && known.id !== mine.id;
    if (isOrphan && !isLasting(`orphan ${known.id}`, ORPHAN_MS)) return [found, this.doubted(NOTHING)];
    return this.#keep(isOrphan ? endOf(known) : held, { found, stored, mine, isLasting });
  }

  #keep(held: SharedState, { found, stored, mine, isLasting }: Comparison): readonly [unknown, SharedState] {
    const { shown } = this.storage;
    // A sign-in that this page knows as past is past for all.
    const next = numberedAfter(stored ?? NOTHING, followedBy(mine, held));
    const isKnown = (next.past ?? []).every((id) => stored?.past?.includes(id));
    const isUnchanged = !next.id || (held === stored && isKnown);
    // A sign-in of another tab, which is about to store it: it stays until a tab does.
    const isComing = isHappening(shown) && ![next.id, ...(next.past ?? [])].includes(shown.id);
    if (isComing) isLasting(`coming ${shown.id}`);
    const isShown = isSame(shown, next) && (next.ended || !!shown.isMirror);
    // Another tab has written it, and localStorage shows it late; or one has signed in unseen.
    const isLate = held.ended || (!this.#isLoading && stored && isSame(stored, next));
    const isHasty = !isShown && isLate && !isLasting(`unseen ${next.id}`);
    this.#isLoading = false;
    // Inside the transaction, so that localStorage follows the database in order.
    if (!isComing && !isHasty) this.storage.write(mirrorOf(next));
    return [isUnchanged ? found : toRecord(next), next];
  }

  /** Says how long localStorage and the database have differed in some way. If not for long, the place is looked at again. */
  #compare(): Comparison['isLasting'] {
    const now = performance.now();
    const before = this.#differences;
    const differences = new Map<string, number>();
    this.#differences = differences;
    return (difference, forMs = STORAGE_LAG_MS) => {
      const sinceMs = before.get(difference) ?? now;
      differences.set(difference, sinceMs);
      const isLasting = now - sinceMs >= forMs;
      if (!isLasting) this.doubts.next();
      return isLasting;
    };
  }
}
