import type { Account } from '../accounts.ts';
import { keepNewest } from '../keep-newest.ts';
import { TokenFamily, type Protocol } from './token-family.ts';

const REMEMBERED_FAMILIES = 10_000;

/** Every session of this server. */
export class TokenFamilies {
  readonly #families = new Map<string, TokenFamily>();

  begin(account: Account, protocol: Protocol): TokenFamily {
    const family = new TokenFamily(account, protocol);
    this.#families.set(family.id, family);
    keepNewest(this.#families, REMEMBERED_FAMILIES);
    return family;
  }

  find(id: string): TokenFamily | undefined {
    return this.#families.get(id);
  }

  expireAccessTokens(nowMs: number): void {
    for (const family of this.#families.values()) {
      family.expireAccessTokens(nowMs);
    }
  }

  endAll(): void {
    for (const family of this.#families.values()) {
      family.end();
    }
  }

  forgetAll(): void {
    this.#families.clear();
  }
}
