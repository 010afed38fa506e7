import { HttpErrorResponse } from '@angular/common/http';
import type { Attempt, Refresh } from '../world/facts.ts';
import type { World } from '../world/world.ts';
import { longestCoolDownMs } from './cool-down.ts';
import type { Finding, Invariant } from './judge.ts';

export const ownAnswer: Invariant = {
  id: 'I20',
  says: 'a failure that is not replayed reaches the caller as the object it was',
  at: {
    settled: (attempt, world) =>
      attempt.failure === null ? judgeSuccess(attempt) : judgeFailure(attempt, world),
  },
};

function judgeSuccess({ sendings, call }: Attempt): Finding {
  const last = sendings.at(-1);
  return last?.state === 'answered' && last.answer === null
    ? null
    : `call ${call.serial} ends without an answer`;
}

function judgeFailure(attempt: Attempt, world: World): Finding {
  const { failure, sendings, call, identity } = attempt;
  const last = sendings.at(-1);
  const isAsked = world.nonces.asked.some((each) => each.attempt === attempt && each.answer === failure);
  if (failure === last?.answer || isAsked) return null;
  if (!(failure instanceof HttpErrorResponse)) return `call ${call.serial} fails with ${String(failure)}`;
  const error: unknown = failure.error;
  if (!(error instanceof world.library.AuthError))
    return `call ${call.serial} gets a failure of no sending of it`;
  switch (error.code) {
    case 'refresh-unavailable':
      if (attempt.mayWait && !attempt.mayRestore && !last)
        return 'a call that waits for a restore fails with it';
      return world.refreshes.some((refresh) => isToBlame(refresh, attempt, world))
        ? judgeUnavailable(attempt)
        : `call ${call.serial} gets refresh-unavailable although no refresh has failed`;
    case 'refresh-limit':
      return judgeUnavailable(attempt);
    case 'session-ended':
      return last ? 'a rejected call gets session-ended in place of its own answer' : null;
    case 'not-signed-in':
      if (call.step.auth !== 'required') return 'a call that may be anonymous gets not-signed-in';
      return last || (identity.family && !identity.isUnread) ? 'not-signed-in, although somebody was' : null;
    default:
      return `call ${call.serial} gets ${error.code}`;
  }
}

/** Whether a refresh failed that it waited for, or whose cool-down it met. */
function isToBlame(refresh: Refresh, attempt: Attempt, { clock, page }: World): boolean {
  const { end, identity, endedMs } = refresh;
  // A call that made a cookie restore the session waits as whoever that is.
  const isOfIt = identity === attempt.identity || identity === attempt.identity.becomes;
  if (!isOfIt || (end !== 'transient' && end !== 'unclear')) return false;
  const isRecent = endedMs >= attempt.issuedMs || page.relievedMs <= endedMs;
  return isRecent && clock.elapsedMs <= Math.max(endedMs, attempt.issuedMs) + longestCoolDownMs(refresh);
}

function judgeUnavailable({ sendings, call }: Attempt): Finding {
  if (sendings.length > 1) return `call ${call.serial} has been replayed, and does not get its answer`;
  return sendings[0]?.isRejection === false
    ? `call ${call.serial} was not rejected, and does not get its answer`
    : null;
}
