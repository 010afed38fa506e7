import { inSeconds, isPast } from '../php-time.ts';
import { Blacklist, type BlacklistEntries } from './blacklist.ts';
import { firstClaims, refreshedClaims, type JwtAuthClaims, type RefreshedIssueDate } from './claims.ts';
import { TokenBlacklistedException, TokenExpiredException } from './jwt-exceptions.ts';
import { signJwt, verifyJwt } from './jwt.ts';

interface TokenManagerParts {
  readonly secret: string;
  readonly blacklisted: BlacklistEntries;
  readonly now: () => number;
  readonly lifeSeconds: () => number;
  readonly graceSeconds: () => number;
  readonly issueDate: RefreshedIssueDate;
}

/** The default of `JWT_REFRESH_TTL`, 20160 minutes (config/config.php). */
export const REFRESH_TTL_SECONDS = 20_160 * 60;

/** Issues, reads and refreshes tokens as Manager.php of php-open-source-saver/jwt-auth 2.8.2 and tymon/jwt-auth 2.1.1. */
export class TokenManager {
  readonly #parts: TokenManagerParts;
  readonly #blacklist: Blacklist;

  constructor(parts: TokenManagerParts) {
    const { blacklisted, now, graceSeconds } = parts;
    this.#parts = parts;
    this.#blacklist = new Blacklist({
      entries: blacklisted,
      now,
      graceSeconds,
      refreshTtlSeconds: REFRESH_TTL_SECONDS,
    });
  }

  get lifeSeconds(): number {
    return this.#parts.lifeSeconds();
  }

  issue(subject: string, url: string): string {
    return signJwt(firstClaims(this.#request(url), subject), this.#parts.secret);
  }

  /** The claims of a token that opens a resource. */
  read(token: string): JwtAuthClaims {
    const claims = verifyJwt(token, this.#parts.secret);
    if (isPast(claims.exp, this.#parts.now())) {
      throw new TokenExpiredException('Token has expired');
    }
    this.#assertNotBlacklisted(claims);
    return claims;
  }

  /** Neither looks at `exp` nor for the user: a token of a deleted user is refreshed too. */
  refresh(token: string, url: string): string {
    const claims = verifyJwt(token, this.#parts.secret);
    if (isPast(claims.iat + REFRESH_TTL_SECONDS, this.#parts.now())) {
      throw new TokenExpiredException('Token has expired and can no longer be refreshed');
    }
    this.#assertNotBlacklisted(claims);
    this.#blacklist.add(claims);
    return signJwt(refreshedClaims(claims, this.#request(url), this.#parts.issueDate), this.#parts.secret);
  }

  #assertNotBlacklisted(claims: JwtAuthClaims): void {
    if (this.#blacklist.has(claims)) {
      throw new TokenBlacklistedException('The token has been blacklisted');
    }
  }

  #request(url: string) {
    return { url, nowSeconds: inSeconds(this.#parts.now()), lifeSeconds: this.lifeSeconds };
  }
}
