import { jwtVerify, SignJWT } from 'jose';
import { randomBytes, randomUUID } from 'node:crypto';
import type { SettingsBoard } from '../control/settings-board.ts';
import type { TokenFamilies } from './token-families.ts';
import type { TokenFamily } from './token-family.ts';
import type { TokenVerdict } from './token-verdict.ts';
import type { TokenRequest } from '../laravel/jwt-auth/claims.ts';
import { JWT_HEADER } from '../laravel/jwt-auth/jwt.ts';
import { REFRESH_WINDOW_MS } from './refresh-window.ts';

/** A signed access token and its life. */
export interface SignedAccessToken {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
}

interface AccessTokensParts {
  readonly families: TokenFamilies;
  readonly settings: SettingsBoard;
  readonly now: () => number;
}

/** Which token of a family to sign, and in a request to which URL. */
interface NextToken {
  readonly version: number;
  readonly url: string;
}

type ProvenToken = { readonly id: string; readonly issuedAtMs: number; readonly family: TokenFamily };

const ISSUER = 'demo-api';

/** Signs access tokens as JWTs and judges those that come back. Each instance has a key of its own. */
export class AccessTokens {
  readonly #key = randomBytes(32);
  readonly #parts: AccessTokensParts;

  constructor(parts: AccessTokensParts) {
    this.#parts = parts;
  }

  async sign(family: TokenFamily, { version, url }: NextToken): Promise<SignedAccessToken> {
    const nowMs = this.#parts.now();
    const expiresInSeconds = this.#parts.settings.current.accessTokenLifeSeconds;
    const request = { url, nowSeconds: Math.floor(nowMs / 1000), lifeSeconds: expiresInSeconds };
    const claims = family.protocol === 'exchange' ? family.nextClaims(request) : ownClaims(family, request);
    // Numeric dates are whole seconds, so the record decides: a token never dies before its promised life.
    family.addAccessToken(claims.jti, version, nowMs + expiresInSeconds * 1000);
    const accessToken = await new SignJWT(claims).setProtectedHeader(JWT_HEADER).sign(this.#key);
    return { accessToken, expiresInSeconds };
  }

  /** Whether a resource may be read with this token. */
  async judge(accessToken: string): Promise<TokenVerdict> {
    const proven = await this.#prove(accessToken);
    return (
      proven?.family.judgeAccessToken(proven.id, this.#parts.settings.moment()) ?? { outcome: 'unknown' }
    );
  }

  /** Puts a token of the exchange protocol on the blacklist, unless it is there, has ended or is too old. */
  async spend(accessToken: string): Promise<TokenVerdict> {
    const proven = await this.#prove(accessToken);
    if (proven?.family.protocol !== 'exchange') {
      return { outcome: 'unknown' };
    }
    const refreshableUntilMs = proven.issuedAtMs + REFRESH_WINDOW_MS;
    return proven.family.spendAccessToken(proven.id, this.#parts.settings.moment(), refreshableUntilMs);
  }

  /** The family that a token was issued to, however old the token is. */
  async findFamily(accessToken: string): Promise<TokenFamily | undefined> {
    return (await this.#prove(accessToken))?.family;
  }

  async #prove(accessToken: string): Promise<ProvenToken | undefined> {
    const payload = await this.#readPayload(accessToken);
    const family = this.#parts.families.find(String(payload?.['sid']));
    if (family === undefined || payload?.jti === undefined || payload.iat === undefined) {
      return undefined;
    }
    return { id: payload.jti, issuedAtMs: payload.iat * 1000, family };
  }

  async #readPayload(accessToken: string) {
    try {
      const { payload } = await jwtVerify(accessToken, this.#key, {
        algorithms: ['HS256'],
        currentDate: new Date(this.#parts.now()),
        // Expiry is judged on the record; here the date only bounds how old a token may be at all.
        clockTolerance: REFRESH_WINDOW_MS / 1000 + 1,
      });
      return payload;
    } catch {
      return undefined;
    }
  }
}

/** The claims of the protocols that have a refresh token. */
function ownClaims(family: TokenFamily, { nowSeconds, lifeSeconds }: TokenRequest) {
  return {
    name: family.account.name,
    sid: family.id,
    iss: ISSUER,
    sub: family.account.subject,
    iat: nowSeconds,
    exp: nowSeconds + lifeSeconds,
    jti: randomUUID(),
  };
}
