import { endOf, NOTHING, type SharedState } from '../storage/record';
import { BrowserPlace } from './browser-place';
import type { Decide } from './place';
import { numberedAfter } from './shared-state';

/** How far a session has come, for a tab that was duplicated. No tokens. */
interface Counter {
  readonly version: number;
  readonly ended: boolean;
  /** In epoch milliseconds. */
  readonly touchedAt: number;
}

const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;

/**
 * One session a tab, in sessionStorage. A duplicated tab copies it; the database counts the versions of each session, so
 * that the copy whose refresh token has been used by the other ends.
 */
export class TabPlace extends BrowserPlace {
  protected override readonly entry = 'counters';
  protected override readonly entryHoldsTokens = false;
  /** The session that the other copy goes on with: what ends here says nothing of it. */
  #overtaken = '';

  protected override settle(
    found: unknown,
    decide: Decide,
    reached = NOTHING,
  ): readonly [unknown, SharedState] {
    const counters = Object(found) as Counters;
    const seen = this.storage.see();
    const isOvertaken = isAhead(counters[seen.id], seen);
    if (isOvertaken) this.#overtaken = seen.id;
    const held = numberedAfter(seen, decide(isOvertaken ? endOf(seen) : seen));
    this.storage.write(held);
    const news = [reached, held].filter(
      (state) => !['', this.#overtaken].includes(state.id) && !isAhead(counters[state.id], state),
    );
    return [news.reduce(count, counters), held];
  }
}

type Counters = Readonly<Record<string, Counter | undefined>>;

function isAhead(counter: Counter | undefined, { version, ended }: SharedState): boolean {
  return !!counter && !ended && (counter.ended || counter.version > version);
}

function count(counters: Counters, { id, version, ended }: SharedState): Counters {
  const now = Date.now();
  const last = counters[id];
  const isFresh = last?.version === version && Math.abs(now - last.touchedAt) < DAY_MS;
  if (isFresh && last.ended === ended) return counters;
  const kept = Object.entries(counters).filter(
    ([, counter]) => counter && now - counter.touchedAt < KEPT_DAYS * DAY_MS,
  );
  return { ...Object.fromEntries(kept), [id]: { version, ended, touchedAt: now } };
}
