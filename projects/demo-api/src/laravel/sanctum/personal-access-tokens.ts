import { createHash, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { inSeconds, isPast } from '../php-time.ts';
import { randomText } from '../random-text.ts';

/** A row of the table `personal_access_tokens`. */
export interface PersonalAccessToken {
  readonly id: number;
  readonly userId: number;
  readonly name: string;
  /** SHA-256 of the plain text behind the `|`. */
  readonly token: string;
  readonly abilities: readonly string[];
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** The table, and the number of its last row: an id is used once. */
export interface TokenTable {
  lastId: number;
  rows: PersonalAccessToken[];
}

/** A token to create. */
export interface NewToken {
  readonly userId: number;
  readonly name: string;
  readonly lifeSeconds: number;
}

const ENTROPY_LENGTH = 40;

/** The API tokens of laravel/sanctum 4.0.1 (HasApiTokens.php, PersonalAccessToken.php). Since 3.3 with a checksum. */
export class PersonalAccessTokens {
  readonly #table: TokenTable;
  readonly #now: () => number;

  constructor(table: TokenTable, now: () => number) {
    this.#table = table;
    this.#now = now;
  }

  /** Its only ability is its name. Returns the plain text, which the table does not hold. */
  create({ userId, name, lifeSeconds }: NewToken): string {
    const entropy = randomText(ENTROPY_LENGTH);
    const plainText = entropy + crc32(entropy).toString(16).padStart(8, '0');
    this.#table.lastId += 1;
    const id = this.#table.lastId;
    const expiresAt = inSeconds(this.#now()) + lifeSeconds;
    this.#table.rows.push({ id, userId, name, token: sha256(plainText), abilities: [name], expiresAt });
    return `${id}|${plainText}`;
  }

  /** The row of a token that has not expired (Guard.php). Sanctum also finds a token without what precedes its `|`. */
  find(bearer: string): PersonalAccessToken | undefined {
    const row = bearer.includes('|') ? this.#findById(bearer) : this.#findByHash(sha256(bearer));
    return row && !isPast(row.expiresAt, this.#now()) ? row : undefined;
  }

  delete(token: PersonalAccessToken): void {
    this.#table.rows = this.#table.rows.filter(({ id }) => id !== token.id);
  }

  deleteOf(userId: number, name: string): void {
    this.#table.rows = this.#table.rows.filter((row) => row.userId !== userId || row.name !== name);
  }

  #findById(bearer: string): PersonalAccessToken | undefined {
    const [, id = '', plainText = ''] = /^(\d+)\|(.+)$/.exec(bearer) ?? [];
    const row = this.#table.rows.find((each) => each.id === Number(id));
    return row && timingSafeEqual(Buffer.from(row.token), Buffer.from(sha256(plainText))) ? row : undefined;
  }

  #findByHash(hash: string): PersonalAccessToken | undefined {
    return this.#table.rows.find(({ token }) => token === hash);
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
