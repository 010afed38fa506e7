import { Counters } from './control/counters.ts';
import { SettingsBoard, type Settings } from './control/settings-board.ts';
import { TrafficLog } from './control/traffic-log.ts';
import { OrderBook } from './resources/order-book.ts';
import { AccessTokens } from './tokens/access-tokens.ts';
import { RefreshTokens } from './tokens/refresh-tokens.ts';
import { TokenFamilies } from './tokens/token-families.ts';

/** Everything one server remembers. Two servers in one process share nothing. */
export interface Depot {
  readonly now: () => number;
  readonly settings: SettingsBoard;
  readonly counters: Counters;
  readonly log: TrafficLog;
  readonly families: TokenFamilies;
  readonly accessTokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
  readonly orders: OrderBook;
}

export function openDepot(start: Partial<Settings>, now: () => number): Depot {
  const settings = new SettingsBoard(start, now);
  const families = new TokenFamilies();
  return {
    now,
    settings,
    families,
    counters: new Counters(),
    log: new TrafficLog(),
    accessTokens: new AccessTokens({ families, settings, now }),
    refreshTokens: new RefreshTokens(families, settings),
    orders: new OrderBook(),
  };
}
