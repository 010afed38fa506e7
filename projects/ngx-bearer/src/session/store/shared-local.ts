import { noop } from 'rxjs';
import type { Database } from './database';
import type { SharedStorage } from './shared-storage';
import { endOf, isNewer, isSame, living, stampOf } from './stamp';
import type { AreaStorage } from './token-storage';

const ENTRY = 'session';

/**
 * The record in IndexedDB, since localStorage shows one tab what another has long replaced, also under a lock.
 * localStorage mirrors it without the refresh token: it is read at once where the page starts, and its events tell
 * the other tabs. A sign-in or sign-out is shown there first, and outlives a page that is left before the database
 * has it. What holds gives way only to what is newer.
 */
export class SharedLocal implements SharedStorage {
  readonly #mirror: AreaStorage;
  readonly #database: Database;
  /** The newest that was ever seen, as the mirror has it: what is shown may be late, or cleared by hand. */
  #newest: string | null = null;
  #changed: () => void = noop;

  constructor(mirror: AreaStorage, database: Database) {
    this.#mirror = mirror;
    this.#database = database;
  }

  read(): string | null {
    const shown = this.#look();
    if (!shown) return null;
    // The page that has shown it may have been left before the database had it; or this tab is about to write over it.
    if (!stampOf(this.#newest).isMirror || shown !== this.#newest) this.#follow(this.#newest).catch(noop);
    // Who wrote last may not have known of the newest.
    this.#show(this.#newest);
    return living(this.#newest);
  }

  show(record: string | null, id: string): void {
    this.#show(record ?? endOf(id));
  }

  keep(record: string | null, id: string): Promise<string | null> {
    const wanted = record ?? endOf(id);
    return this.#settle((held) => (isNewer(held, wanted) ? held : wanted));
  }

  replace(spent: string, next: string): Promise<string | null> {
    return this.#settle((held) => (isSame(held, spent) ? next : held));
  }

  async end(refused: string): Promise<string | null> {
    let isLate = false as boolean;
    const held = await this.#settle((found) => {
      isLate = isNewer(found, refused);
      return isLate ? found : endOf(stampOf(refused).id);
    });
    return isLate ? held : refused;
  }

  async drop(record: string): Promise<string | null> {
    // A full disk can do without a record, where it may have no room for the end of a session.
    const held = await this.#database
      .change<string>(ENTRY, (found) => (isNewer(record, found) ? null : found))
      .catch(() => null);
    if (!held && !isNewer(this.#newest, toMirror(record))) this.#mirror.write(null);
    return held;
  }

  latest(): Promise<string | null> {
    return this.#settle();
  }

  subscribe(changed: () => void): () => void {
    this.#changed = changed;
    return this.#mirror.subscribe((written) => {
      // Another tab that knew nothing of it may have written over the end of a session.
      if (stampOf(written).isOver && isNewer(written, this.#newest)) this.#newest = written;
      changed();
    });
  }

  /** Looks again where the database holds something newer: this tab may have written over it, unseen. */
  async #follow(known: string | null): Promise<void> {
    const held = await this.#settle();
    if (isNewer(held, known)) this.#changed();
  }

  #look(): string | null {
    const shown = this.#mirror.read();
    if (isNewer(shown, this.#newest)) this.#newest = shown;
    // The end of a session stays there, so only the user takes all of it away.
    else if (!shown && living(this.#newest)) {
      this.#newest = endOf(stampOf(this.#newest).id);
      this.#settle().catch(noop);
    }
    return shown;
  }

  #show(record: string | null): void {
    const shown = this.#look();
    if (record && record !== shown && !isNewer(shown, record)) this.#mirror.write(record);
    this.#look();
  }

  /** Brings together what the database holds and what was seen; `decide` returns what is to hold. */
  async #settle(decide = (held: string | null): string | null => held): Promise<string | null> {
    const held = await this.#database.change<string>(ENTRY, (entry) => {
      this.#look();
      const isPending = !stampOf(this.#newest).isMirror && isNewer(this.#newest, entry);
      const decided = decide(isPending ? this.#newest : entry);
      // Within the transaction, so that the mirror follows it in order.
      this.#show(decided && toMirror(decided));
      return decided;
    });
    return living(held);
  }
}

/** What localStorage shows of a record. That a session is over stays there, or an older record might come back. */
function toMirror(record: string): string {
  const whole = JSON.parse(record) as { tokens?: object };
  return JSON.stringify({ ...whole, isMirror: true, tokens: { ...whole.tokens, refreshToken: undefined } });
}
