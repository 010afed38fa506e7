import type { Setting } from '../program/setting.ts';
import type { RefreshAnswer } from '../program/step.ts';
import type { Refresh } from './facts.ts';

export type User = 'A' | 'B';

/** What one sign-in began: all tokens that came from it. */
export interface Family {
  readonly user: User;
  readonly serial: number;
  isRevoked: boolean;
  /** The access token it was last given. */
  latest: Token | null;
}

/** One token as the server knows it. */
export interface Token {
  readonly text: string;
  readonly use: 'access' | 'refresh';
  readonly family: Family;
  /** Whether it is no longer honoured: expired, used up, revoked. */
  isDead: boolean;
  /** A refresh token that has bought tokens. */
  isSpent: boolean;
  /** Every refresh that presented it. */
  readonly uses: Refresh[];
}

/** What a sign-in or a refresh gave. */
export interface Grant {
  readonly serial: number;
  readonly access: Token;
  /** As answered; null where the answer had none. */
  readonly refresh: Token | null;
  /** What buys the next tokens: the refresh token, one kept from before, or the access token itself. */
  readonly buysNext: Token;
  readonly lifeSeconds: number | null;
  /** When it reached the page, by the wall clock. */
  receivedMs: number;
  /** Whether a server has rejected its access token, and the page has heard of it. */
  isRejected: boolean;
}

/** Every token has this in it, so that a look at a text tells whether a token is there. */
export const CANARY = 'canary';

/** What ends a family. Flask-JWT-Extended answers 422; the page knows it by `refused`. */
const REFUSALS: readonly RefreshAnswer[] = ['invalid_grant', '401', '403', '422'];

/** How a refresh is answered, once the truth is considered. */
export interface RefreshVerdict {
  readonly as: RefreshAnswer;
  readonly grant: Grant | null;
}

/** What kind of server it is. */
export type Kind = Pick<Setting, 'strategy' | 'tokens' | 'lifeSeconds' | 'reuse' | 'oldAccess'>;

/** The tokens of a server, and what they are worth. It holds the truth. */
export class TokenOffice {
  readonly #setting: Kind;
  readonly #tokens = new Map<string, Token>();
  #serial = 0;
  /** What each access token was last given with. */
  readonly given = new Map<string, Grant>();
  /** The refresh cookie of the browser. */
  cookie: Token | null = null;

  constructor(setting: Kind) {
    this.#setting = setting;
  }

  find(text: string): Token | undefined {
    return this.#tokens.get(text);
  }

  /** Whose tokens a stored record holds. The same access token may have been given more than once. */
  grantIn(record: string | null): Grant | null {
    const text = /"accessToken":"([^"]+)"/.exec(record ?? '')?.[1];
    const expiresAt = Number(/"expiresAt":(\d+)/.exec(record ?? '')?.[1]);
    const grant = (text && this.given.get(text)) || null;
    const receivedMs = expiresAt - (grant?.lifeSeconds ?? NaN) * 1000;
    return grant && receivedMs < grant.receivedMs ? { ...grant, receivedMs } : grant;
  }

  /** Begins a family. */
  signIn(user: User): Grant {
    const family = this.#family(user);
    const refresh = this.#mint('refresh', family);
    const access = this.#mint('access', family);
    switch (this.#setting.strategy) {
      case 'exchange':
        return this.#grant(access, null, access);
      case 'cookie':
        this.cookie = refresh;
        return this.#grant(access, null, refresh);
      default:
        return this.#grant(access, refresh, refresh);
    }
  }

  /** No access token is good any more. */
  expireAll(): void {
    for (const token of this.#tokens.values()) if (token.use === 'access') token.isDead = true;
  }

  /** Ends a family: nothing of it is honoured from here on, but access tokens that are still good by themselves. */
  revoke(family: Family): void {
    family.isRevoked = true;
  }

  /** Whether presenting it buys tokens. */
  wouldHonour(token: Token | null): boolean {
    return !!token && !token.family.isRevoked && (!token.isSpent || this.#setting.reuse === 'grace');
  }

  /** What an answer comes to. A token that is not honoured buys nothing, whatever was planned. */
  judge(presented: Token | null, as: RefreshAnswer): RefreshVerdict {
    const isRefusal = REFUSALS.includes(as);
    if (isRefusal || (wantsTokens(as) && !this.wouldHonour(presented))) {
      if (presented) this.revoke(presented.family);
      return { as: isRefusal ? as : 'invalid_grant', grant: null };
    }
    return { as, grant: wantsTokens(as) && presented ? this.#rotate(presented, as) : null };
  }

  #rotate(presented: Token, as: RefreshAnswer): Grant {
    const { strategy, oldAccess, tokens } = this.#setting;
    const isExchange = strategy === 'exchange';
    const isSame = as === 'same token' && presented.family.latest !== null;
    const isKept = isSame || (as === 'no new refresh token' && !isExchange);
    // Opaque tokens do not say whose they are: nobody could tell another user's from the same one's.
    const isOther = as === 'other user' && tokens === 'jwt';
    const family = isOther ? this.#family(presented.family.user === 'A' ? 'B' : 'A') : presented.family;
    if (!isKept) presented.isSpent = true;
    if (!isSame && (oldAccess === 'dies' || isExchange)) this.#endAccessOf(presented.family);
    const access = isSame && family.latest ? family.latest : this.#mint('access', family);
    if (isExchange) return this.#grant(access, null, access);
    const next = isKept ? presented : this.#mint('refresh', family);
    const isTold = strategy !== 'cookie' && as !== 'no new refresh token';
    return this.#grant(access, isTold ? next : null, next);
  }

  #grant(access: Token, refresh: Token | null, buysNext: Token): Grant {
    const { lifeSeconds } = this.#setting;
    return {
      serial: ++this.#serial,
      access,
      refresh,
      buysNext,
      lifeSeconds,
      receivedMs: NaN,
      isRejected: false,
    };
  }

  #family(user: User): Family {
    return { user, serial: ++this.#serial, isRevoked: false, latest: null };
  }

  #endAccessOf(family: Family): void {
    for (const token of this.#tokens.values()) {
      if (token.use === 'access' && token.family === family) token.isDead = true;
    }
  }

  #mint(use: Token['use'], family: Family): Token {
    const name = `${family.user}${family.serial}-${use}-${++this.#serial}-${CANARY}`;
    const isJwt = use === 'access' && this.#setting.tokens === 'jwt';
    const text = isJwt ? `${jwtHead(name, family.user, this.#setting.lifeSeconds)}.${name}` : name;
    const token: Token = { text, use, family, isDead: false, isSpent: false, uses: [] };
    this.#tokens.set(text, token);
    if (use === 'access') family.latest = token;
    return token;
  }
}

function wantsTokens(as: RefreshAnswer): boolean {
  return [
    'tokens',
    'no new refresh token',
    'same token',
    'other user',
    'lost after rotation',
    'rotates and hangs',
  ].includes(as);
}

/** A header and a payload; the server's clock is years behind the page's, which must not matter. */
function jwtHead(id: string, user: User, lifeSeconds: number | null): string {
  const times = lifeSeconds === null ? {} : { iat: 1_000_000, exp: 1_000_000 + lifeSeconds };
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  // Laravel's jwt-auth names the URL of the request, which is another one at each of them.
  const iss = `https://auth.example/${id}`;
  return `${encode({ alg: 'none' })}.${encode({ iss, sub: user, jti: id, ...times })}`;
}
