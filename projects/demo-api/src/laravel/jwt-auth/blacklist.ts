import { inSeconds, isFuture } from '../php-time.ts';
import type { JwtAuthClaims } from './claims.ts';

/** How a blacklisted token is stored in Laravel's cache, by its `jti`. */
export interface BlacklistEntry {
  /** Epoch seconds at which the entry takes effect. */
  readonly validUntil: number;
  /** Epoch seconds after which the cache drops it. */
  readonly droppedAt: number;
}

export type BlacklistEntries = Record<string, BlacklistEntry>;

interface BlacklistParts {
  readonly entries: BlacklistEntries;
  readonly now: () => number;
  readonly graceSeconds: () => number;
  readonly refreshTtlSeconds: number;
}

const MINUTE = 60;

/** The tokens that were refreshed or signed out (jwt-auth's Blacklist.php). */
export class Blacklist {
  readonly #parts: BlacklistParts;

  constructor(parts: BlacklistParts) {
    this.#parts = parts;
  }

  /** The first call starts the grace period; later calls do not extend it. */
  add({ jti, exp, iat }: JwtAuthClaims): void {
    const { entries, now, graceSeconds, refreshTtlSeconds } = this.#parts;
    this.#dropOld();
    entries[jti] ??= {
      validUntil: inSeconds(now()) + graceSeconds(),
      droppedAt: Math.max(exp, iat + refreshTtlSeconds) + MINUTE,
    };
  }

  has({ jti }: JwtAuthClaims): boolean {
    const entry = this.#parts.entries[jti];
    return entry !== undefined && !isFuture(entry.validUntil, this.#parts.now());
  }

  #dropOld(): void {
    const { entries, now } = this.#parts;
    for (const [jti, { droppedAt }] of Object.entries(entries)) {
      if (droppedAt * 1000 <= now()) {
        Reflect.deleteProperty(entries, jti);
      }
    }
  }
}
