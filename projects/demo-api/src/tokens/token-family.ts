import { randomUUID } from 'node:crypto';
import type { Account } from '../accounts.ts';
import { keepNewest } from '../keep-newest.ts';
import {
  firstClaims,
  refreshedClaims,
  type JwtAuthClaims,
  type TokenRequest,
} from '../laravel/jwt-auth/claims.ts';
import type { TokenVerdict } from './token-verdict.ts';

/** How a session gets its new tokens. */
export const PROTOCOLS = ['exchange', 'oauth', 'cookie'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** When a token is judged, and how long a spent one still counts. */
export interface Moment {
  readonly nowMs: number;
  readonly graceMs: number;
}

/** When a token is used for a refresh, if another time than its expiry decides. */
type RefreshMoment = Moment & { readonly refreshableUntilMs?: number };

interface TokenRecord {
  readonly version: number;
  expiresAtMs: number;
  spentAtMs: number | null;
}

const REMEMBERED_TOKENS = 1000;

/** One sign-in and every token that descends from it, so that all of them can end together. */
export class TokenFamily {
  readonly id = randomUUID();
  readonly account: Account;
  readonly protocol: Protocol;
  readonly #accessTokens = new Map<string, TokenRecord>();
  readonly #refreshTokens = new Map<string, TokenRecord>();
  #version = 0;
  #claims: JwtAuthClaims | null = null;
  #ended = false;

  constructor(account: Account, protocol: Protocol) {
    this.account = account;
    this.protocol = protocol;
  }

  /** The number of the next token pair. */
  nextVersion(): number {
    this.#version += 1;
    return this.#version;
  }

  /** The claims of the next access token as jwt-auth makes them, with the `iat` of the first one. */
  nextClaims(request: TokenRequest): JwtAuthClaims {
    const { subject, name } = this.account;
    this.#claims = this.#claims
      ? refreshedClaims(this.#claims, request, 'first')
      : firstClaims(request, subject, { name, sid: this.id });
    return this.#claims;
  }

  addAccessToken(id: string, version: number, expiresAtMs: number): void {
    this.#accessTokens.set(id, { version, expiresAtMs, spentAtMs: null });
    keepNewest(this.#accessTokens, REMEMBERED_TOKENS);
  }

  addRefreshToken(digest: string, version: number, expiresAtMs: number): void {
    this.#refreshTokens.set(digest, { version, expiresAtMs, spentAtMs: null });
    keepNewest(this.#refreshTokens, REMEMBERED_TOKENS);
  }

  judgeAccessToken(id: string, moment: Moment): TokenVerdict {
    return this.#judge(this.#accessTokens.get(id), moment);
  }

  /** As `judgeAccessToken`, but an expired access token is still good until `refreshableUntilMs`, once. */
  spendAccessToken(id: string, moment: Moment, refreshableUntilMs: number): TokenVerdict {
    return this.#spend(this.#accessTokens.get(id), { ...moment, refreshableUntilMs });
  }

  /** Uses a refresh token up. Reuse of a spent one ends the family: one of its two holders is a thief. */
  spendRefreshToken(digest: string, moment: Moment): TokenVerdict {
    const verdict = this.#spend(this.#refreshTokens.get(digest), moment);
    if (verdict.outcome === 'spent') {
      this.end();
    }
    return verdict;
  }

  expireAccessTokens(nowMs: number): void {
    for (const record of this.#accessTokens.values()) {
      record.expiresAtMs = Math.min(record.expiresAtMs, nowMs);
    }
  }

  end(): void {
    this.#ended = true;
  }

  #spend(record: TokenRecord | undefined, moment: RefreshMoment): TokenVerdict {
    const verdict = this.#judge(record, moment);
    if (verdict.outcome === 'good' && record !== undefined) {
      // The first use starts the grace period; later ones within it do not prolong it.
      record.spentAtMs ??= moment.nowMs;
    }
    return verdict;
  }

  #judge(record: TokenRecord | undefined, moment: RefreshMoment): TokenVerdict {
    if (record === undefined) {
      return { outcome: 'unknown' };
    }
    const known = { family: this, version: record.version };
    if (record.spentAtMs !== null && moment.nowMs >= record.spentAtMs + moment.graceMs) {
      return { outcome: 'spent', ...known };
    }
    if (this.#ended) {
      return { outcome: 'ended', ...known };
    }
    const runsOutAtMs = moment.refreshableUntilMs ?? record.expiresAtMs;
    return { outcome: moment.nowMs < runsOutAtMs ? 'good' : 'expired', ...known };
  }
}
