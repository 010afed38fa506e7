import { generateKeyPair } from 'dpop';
import { ɵattempt, ɵwarnOnce } from 'ngx-bearer';
import { firstValueFrom, timer } from 'rxjs';
import type { Database } from './seam';

/** The key of a session, as it is stored. */
export interface SessionKey {
  /** Of the session; empty for the next sign-in. */
  readonly id: string;
  readonly pair: CryptoKeyPair;
  /** The server has issued bearer tokens, and the application allows them. */
  isBearer: boolean;
  /** Of the session that existed when a key for the next sign-in was made. */
  readonly besides?: string;
}

type Update = (kept: readonly SessionKey[]) => readonly SessionKey[];

const ENTRY = 'keys';

/** A page that is closed may leave a key behind whose tokens nobody has. */
const MOST_KEYS = 100;

/** Another tab shows its sign-in before it has stored the key. */
const STORING_MS = 250;

/** The keys of all sessions of one name: in IndexedDB, for all tabs; in memory if it does not work. */
export class SessionKeys {
  readonly #database: Database | null;
  /** What this page has given away for its next sign-in. */
  #next: CryptoKeyPair | undefined;

  constructor(database: Database | null) {
    this.#database = database;
  }

  /** The key for the next sign-in, and not for the session with the id `besides`. */
  async forSignIn(besides: string): Promise<CryptoKeyPair> {
    if (this.#next) return this.#next;
    const made = { id: '', pair: await generateKeyPair('ES256'), isBearer: false, besides };
    const keys = await this.#change((kept) => (find(kept, '') ? kept : [...kept, made]));
    return (this.#next ??= (find(keys, '') ?? made).pair);
  }

  /**
   * The key of a session that begins in this page: the one for the next sign-in, or a new one.
   *
   * @param own the key that its tokens are bound to, if it began by a refresh
   */
  async claim(id: string, isBearer: boolean, own = this.#next): Promise<SessionKey> {
    this.#next = undefined;
    const made = { id, pair: own ?? (await generateKeyPair('ES256')), isBearer };
    const keys = await this.#change((kept) => {
      const stored = find(kept, id) ?? (own ? undefined : find(kept, ''));
      return withKey(kept, stored ? { id, pair: stored.pair, isBearer } : made);
    });
    return find(keys, id) ?? made;
  }

  /**
   * The key of a session that this page has read, or another tab has begun; undefined if it is lost. If that tab has not stored it
   * yet, it is still the key for the next sign-in, or the tab makes it now.
   */
  async find(id: string, isLast = false): Promise<SessionKey | undefined> {
    const keys = await this.#transact((kept) => {
      const next = find(kept, '');
      const key = find(kept, id) ?? (next?.besides === id ? undefined : next);
      return key ? withKey(kept, { id, pair: key.pair, isBearer: key.isBearer }) : kept;
    });
    const key = find(keys, id);
    if (key || isLast) return key;
    await firstValueFrom(timer(STORING_MS));
    return this.find(id, true);
  }

  async keep(key: SessionKey): Promise<void> {
    await this.#change((kept) => withKey(kept, key));
  }

  async drop(id: string): Promise<void> {
    await this.#change((kept) => kept.filter((key) => key.id !== id));
  }

  /** A change that is not stored holds in this page alone: then there are no keys. */
  #change(update: Update): Promise<readonly SessionKey[]> {
    return this.#transact(update).catch(() => {
      if (ngDevMode) {
        ɵwarnOnce(
          'IndexedDB does not work on this page, so the key of the session cannot be stored: it ends with the page.',
        );
      }
      return [];
    });
  }

  /** Changes the keys in one transaction. Without a database there are none. */
  async #transact(update: Update): Promise<readonly SessionKey[]> {
    const database = this.#database;
    let keys: readonly SessionKey[] = [];
    const decide = (found: unknown): unknown => {
      keys = update((found ?? []) as readonly SessionKey[]);
      return keys.length > 0 ? keys : null;
    };
    if (database) await firstValueFrom(ɵattempt(() => database.change(ENTRY, decide)));
    return keys;
  }
}

function find(keys: readonly SessionKey[], id: string): SessionKey | undefined {
  return keys.find((key) => key.id === id);
}

/** The key that a session takes is no longer for the next sign-in. */
function withKey(keys: readonly SessionKey[], key: SessionKey): readonly SessionKey[] {
  const replaced = find(keys, key.id) ?? find(keys, '');
  return [...keys.filter((other) => other !== replaced), key].slice(-MOST_KEYS);
}
