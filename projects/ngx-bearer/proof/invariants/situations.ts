import { HttpErrorResponse } from '@angular/common/http';
import type { Attempt, Sending } from '../world/facts.ts';
import type { World } from '../world/world.ts';
import type { Situation } from './judge.ts';

/** What programs have to come across, or their silence means nothing. */
export const situations: readonly Situation[] = [
  { name: 'a rejected request is replayed', at: { sending: ({ attempt }) => attempt.sendings.length === 2 } },
  {
    name: 'a replay is rejected too',
    at: { settled: ({ sendings }) => sendings.length === 2 && !!sendings[1]?.isRejection },
  },
  {
    name: 'a request is asked for a nonce',
    at: { proved: ({ attempt }, { nonces: { asked } }) => !!attempt && asked.at(-1)?.attempt === attempt },
  },
  {
    name: 'a refresh is asked for a nonce',
    at: { proved: ({ attempt }, { nonces: { asked } }) => !attempt && asked.at(-1)?.attempt === null },
  },
  { name: 'a rejection comes late, for older tokens', at: { settled: isLate } },
  { name: 'a rejection comes after a sign-in or sign-out', at: { settled: isAfterEpoch } },
  { name: 'a rejected request may not be replayed', at: { settled: isNotReplayed } },
  {
    name: 'several requests wait for one refresh',
    at: { refreshed: (_, world) => waiting(world).length > 1 },
  },
  {
    name: 'a request waits unsent',
    at: { refreshed: (_, world) => waiting(world).some(({ sendings }) => sendings.length === 0) },
  },
  {
    name: 'a waiting request is cancelled',
    at: { cancelled: ({ isOurs, sendings }) => isOurs && !isUnderWay(sendings) },
  },
  {
    name: 'all who wait leave, and the refresh goes on',
    at: { refreshed: (refresh, world) => refresh.end === 'tokens' && waiting(world).length === 0 },
  },
  {
    name: 'a waiting request ends with its session',
    at: { settled: (attempt, world) => failsWith(attempt, world, 'session-ended') },
  },
  {
    name: 'a request fails for want of a refresh',
    at: { settled: (attempt, world) => failsWith(attempt, world, 'refresh-unavailable') },
  },
  {
    name: 'a request fails during a cool-down, unsent',
    at: {
      settled: (attempt, world) =>
        failsWith(attempt, world, 'refresh-unavailable') &&
        attempt.sendings.length === 0 &&
        !world.refreshes.some(
          ({ endedMs, startedMs }) => startedMs >= attempt.issuedMs || endedMs > attempt.issuedMs,
        ),
    },
  },
  {
    name: 'the refresh limit is reached',
    at: { told: ({ event }) => event.type === 'refresh-unavailable' && event.reason === 'limit' },
  },
  {
    name: 'a required request finds nobody',
    at: { settled: (attempt, world) => failsWith(attempt, world, 'not-signed-in') },
  },
  { name: 'a refresh brings tokens', at: { refreshed: ({ end }) => end === 'tokens' } },
  { name: 'a refresh is refused', at: { refreshed: ({ end }) => end === 'refused' } },
  {
    name: 'a refresh is refused, and the access token still works',
    at: { refreshed: ({ end, grant }) => end === 'refused' && !!grant && !grant.isRejected },
  },
  { name: 'a refresh fails transiently', at: { refreshed: ({ end }) => end === 'transient' } },
  {
    name: 'a refresh fails twice in a row',
    at: { refreshed: ({ end, failuresBefore }) => failuresBefore > 0 && end !== 'tokens' },
  },
  { name: 'a strategy throws within its call', at: { refreshed: ({ isThrown }) => isThrown } },
  { name: 'a refresh ends unclear', at: { refreshed: ({ end }) => end === 'unclear' } },
  { name: 'a refresh runs into its timeout', at: { calledOff: ({ end }) => end === 'unclear' } },
  {
    name: 'a refresh is called off by a sign-in or sign-out',
    at: { calledOff: ({ end, page }) => end === null && !page.isDestroyed },
  },
  {
    name: 'a refresh is called off by the end of the page',
    at: { calledOff: ({ page }) => page.isDestroyed },
  },
  {
    name: 'a refresh keeps the old refresh token',
    at: { refreshed: ({ brought, presented }) => !!brought && brought.buysNext === presented },
  },
  {
    name: 'a refresh brings the same access token',
    at: { refreshed: ({ brought, grant }) => !!brought && brought.access === grant?.access },
  },
  {
    name: 'a refresh brings another user',
    at: {
      refreshed: ({ brought, identity }) =>
        !!brought && !!identity.family && brought.access.family !== identity.family,
    },
  },
  { name: 'a refresh runs in the background', at: { refresh: ({ grant }) => !!grant && !grant.isRejected } },
  {
    name: 'a spent refresh token is tried after a lost answer',
    at: { refresh: ({ presented }) => !!presented?.isSpent },
  },
  {
    name: 'a cookie restores a session',
    at: { refreshed: ({ brought, identity }) => !!brought && !identity.family },
  },
  {
    name: 'a stored session is read',
    at: {
      sending: ({ token, grant, page }) =>
        !!token &&
        !!grant &&
        grant.receivedMs < Infinity &&
        page.serial > 1 &&
        page.grant === grant &&
        !page.refreshStarts.length,
    },
  },
  { name: 'the store fails', at: { told: ({ event }) => event.type === 'storage-failed' } },
  { name: 'a token looks expired on arrival', at: { told: ({ event }) => event.type === 'expiry-ignored' } },
  { name: 'a server asks for a step-up', at: { told: ({ event }) => event.type === 'step-up-required' } },
  {
    name: 'a session ends as refused',
    at: { told: ({ event }) => event.type === 'signed-out' && event.reason === 'refused' },
  },
  {
    name: 'the page ends while requests wait',
    at: {
      settled: (attempt, world) => attempt.page.isDestroyed && failsWith(attempt, world, 'session-ended'),
    },
  },
  { name: 'a promise of AuthSession is rejected', at: { asked: ({ failure }) => failure !== null } },
];

function waiting({ attempts }: World): Attempt[] {
  return attempts.filter(
    ({ isOurs, isCancelled, settlements, sendings }) =>
      isOurs && !isCancelled && settlements === 0 && !isUnderWay(sendings),
  );
}

function isUnderWay(sendings: readonly Sending[]): boolean {
  const last = sendings.at(-1);
  return last?.state === 'open' || last?.state === 'hung';
}

function failsWith({ failure }: Attempt, { library }: World, code: string): boolean {
  if (!(failure instanceof HttpErrorResponse)) return false;
  const error: unknown = failure.error;
  return error instanceof library.AuthError && error.code === code;
}

/** It was replayed with tokens that were there before its rejection. */
function isLate({ sendings }: Attempt): boolean {
  const [first, second] = sendings;
  return !!first && !!second && first.rejectedUnder !== first.grant && second.grant === first.rejectedUnder;
}

function isAfterEpoch({ sendings, identity, failure }: Attempt, world: World): boolean {
  return (
    sendings.length === 1 &&
    !!sendings[0]?.isRejection &&
    failure === sendings[0].answer &&
    identity !== world.identity
  );
}

function isNotReplayed({ sendings, failure, identity }: Attempt, world: World): boolean {
  const [first] = sendings;
  return (
    sendings.length === 1 &&
    !!first?.isRejection &&
    !!first.token &&
    failure === first.answer &&
    identity === world.identity
  );
}
