import type { Database } from './database';
import type { SharedStorage } from './shared-storage';
import { isSame, stampOf } from './stamp';
import type { AreaStorage } from './token-storage';

/**
 * The record in sessionStorage, which a duplicated tab copies. The database counts, for each session, the versions
 * used up: what is older has been used by the other tab.
 */
export class CountedSession implements SharedStorage {
  readonly #area: AreaStorage;
  readonly #database: Database;

  constructor(area: AreaStorage, database: Database) {
    this.#area = area;
    this.#database = database;
  }

  read(): string | null {
    return this.#area.read();
  }

  show(record: string | null): void {
    this.#area.write(record);
  }

  async keep(record: string | null, id: string): Promise<string | null> {
    if (record === null) await this.#database.change<number>(id, () => Infinity);
    return record;
  }

  async replace(spent: string, next: string): Promise<string | null> {
    const { id, version } = stampOf(spent);
    let held: string | null = null;
    await this.#database.change<number>(id, (used) => {
      if (used && used > version) return used;
      // It is used up also where somebody else has signed in meanwhile.
      if (isSame(this.#area.read(), spent)) this.#area.write((held = next));
      return version + 1;
    });
    return held;
  }

  async end(refused: string): Promise<string | null> {
    const { id, version } = stampOf(refused);
    const used = await this.#database.change<number>(id, (found) =>
      found && found > version ? found : Infinity,
    );
    return used === Infinity ? refused : null;
  }

  drop(): Promise<null> {
    this.#area.write(null);
    return Promise.resolve(null);
  }

  async latest(mine: string): Promise<string | null> {
    const { id, version } = stampOf(mine);
    const used = await this.#database.change<number>(id, (found) => found);
    return used && used > version ? null : mine;
  }

  subscribe(changed: () => void): () => void {
    return this.#area.subscribe(changed);
  }
}
