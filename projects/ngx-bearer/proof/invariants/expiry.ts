import type { Setting } from '../program/setting.ts';
import type { Grant } from '../world/tokens.ts';

/** When an access token runs out, by the wall clock; never where its life is not known. */
export function expiryMs({ receivedMs, lifeSeconds }: Grant): number {
  return lifeSeconds === null || lifeSeconds <= 0 ? Infinity : receivedMs + lifeSeconds * 1000;
}

/** When a background refresh may begin: 60 s or a tenth of the life before, or as configured, up to half of it. */
export function dueMs(grant: Grant, { refreshAhead }: Setting): number {
  const lifeMs = (grant.lifeSeconds ?? 0) * 1000;
  const aheadMs =
    refreshAhead === 'default' ? Math.min(60_000, lifeMs / 10) : Math.min(Number(refreshAhead), lifeMs / 2);
  return expiryMs(grant) - aheadMs;
}
