import { createHash, randomBytes } from 'node:crypto';
import type { SettingsBoard } from '../control/settings-board.ts';
import { REFRESH_WINDOW_MS } from './refresh-window.ts';
import type { TokenFamilies } from './token-families.ts';
import type { Protocol, TokenFamily } from './token-family.ts';
import type { TokenVerdict } from './token-verdict.ts';

/** Issues opaque refresh tokens, each good for one use, and remembers only their digests. */
export class RefreshTokens {
  readonly #families: TokenFamilies;
  readonly #settings: SettingsBoard;

  constructor(families: TokenFamilies, settings: SettingsBoard) {
    this.#families = families;
    this.#settings = settings;
  }

  issue(family: TokenFamily, version: number): string {
    const refreshToken = `${family.id}.${randomBytes(32).toString('base64url')}`;
    const { nowMs } = this.#settings.moment();
    family.addRefreshToken(digest(refreshToken), version, nowMs + REFRESH_WINDOW_MS);
    return refreshToken;
  }

  spend(refreshToken: string, protocol: Protocol): TokenVerdict {
    const family = this.#families.find(refreshToken.split('.')[0] ?? '');
    if (family?.protocol !== protocol) {
      return { outcome: 'unknown' };
    }
    return family.spendRefreshToken(digest(refreshToken), this.#settings.moment());
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
