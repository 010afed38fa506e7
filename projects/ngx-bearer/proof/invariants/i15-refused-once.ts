import type { Attempt, Identity } from '../world/facts.ts';
import type { World } from '../world/world.ts';
import { expiryMs } from './expiry.ts';
import type { Invariant } from './judge.ts';

export const refusedOnce: Invariant = {
  id: 'I15',
  says: 'a refusal of the current refresh token ends the session, once; of an older one not at all',
  at: {
    told: ({ event }, world) => {
      const { leaving } = world;
      if (event.type !== 'signed-out') return undefined;
      if (!leaving) return 'the end of no session is told';
      if (leaving.farewells > 1) return 'the end of a session is told twice';
      if (event.reason !== 'refused') return null;
      if (!leaving.isRefused) return 'a session ends as refused that nobody refused';
      return isOfUse(leaving, world) ? 'a session ends while its access token still works' : null;
    },
    step: (_, { identity, page, store }) => {
      if (!identity.isRefused || page.isDestroyed || store.isReading) return undefined;
      return page.grant?.isRejected ? 'a session lives on with both its tokens dead' : null;
    },
    probed: ({ attempt, isHonoured }, { identity, page }) => {
      if (isHonoured !== false || attempt.identity.isUnread) return undefined;
      const isOver = identity !== attempt.identity || !page.session.signedIn();
      return isOver ? null : 'a session lives on although its refresh token is refused';
    },
  },
};

/** Whether nobody has found the access token wanting, waited for another, or asked for one. */
function isOfUse(leaving: Identity, { clock, asks, attempts, page }: World): boolean {
  const { last } = leaving;
  const isWanted =
    asks.some((ask) => ask.identity === leaving || (ask.page === page && ask.settlements === 0)) ||
    attempts.some((attempt) => attempt.identity === leaving && attempt.isOurs && hasWaited(attempt));
  // A clock that was set back since may have shown it as expired.
  const nowMs = Math.max(clock.wallMs, clock.latestWallMs);
  return !!last && !last.isRejected && nowMs < expiryMs(last) && !isWanted;
}

/** For its first sending, or, rejected late, for its replay. */
function hasWaited({ sendings: [first, replay], issuedIn, settlements }: Attempt): boolean {
  return first?.sentIn !== issuedIn || (first.isRejection && !replay && settlements === 0);
}
