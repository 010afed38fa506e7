import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { PLACES, TOKEN_ENDPOINT } from '../../program/places.ts';
import { rawTokens } from '../../world/token-response.ts';
import type { RefreshVerdict } from '../../world/tokens.ts';
import type { Answer, RefreshAnswer } from '../program/step.ts';
import type { Refresh, RefreshEnd, Sending } from './facts.ts';
import type { World } from './world.ts';

/** Answers a request, if its page still wants to know. */
export function answer(sending: Sending, as: Answer, world: World): void {
  const { call, page, token } = sending;
  const isGood = !!token && !token.isDead && !token.family.isRevoked;
  const status = as === 'truth' ? (isGood ? 200 : 401) : Number(as);
  sending.state = 'answered';
  world.tell(page, `call ${call.serial} is answered ${status}`, () => {
    sending.isRejected = status === 401;
    if (status === 200) sending.succeed({ done: true });
    else sending.fail(failureOf(status, PLACES.api.url, null));
  });
}

/** Deals with a refresh by plan, as far as the truth allows, and answers if its page still wants to know. */
export function answerRefresh(refresh: Refresh, planned: RefreshAnswer, world: World): void {
  const { presented, page } = refresh;
  const { office, setting } = world;
  refresh.isReuse = !!presented?.isSpent && setting.reuse === 'revokes' && planned !== 'invalid_grant';
  const verdict = office.judge(presented, planned);
  refresh.isJudged = true;
  const { as, grant } = verdict;
  world.note(() => `       ← the server deals with refresh ${refresh.serial}: ${as}`);
  if (grant) world.know(grant);
  const isHeard = refresh.state === 'open' && page.state !== 'gone';
  if (as === 'rotates and hangs' || !isHeard) return;
  // A browser keeps a cookie also where the page sleeps.
  if (grant && as !== 'lost after rotation' && setting.storage === 'cookie') {
    office.cookie = grant.buysNext;
    world.sessions.bringBack(grant);
  }
  world.tell(page, `refresh ${refresh.serial} is answered: ${as}`, () => {
    if (refresh.state === 'open') conclude(refresh, verdict, world);
  });
}

function conclude(refresh: Refresh, { as, grant }: RefreshVerdict, world: World): void {
  refresh.state = 'answered';
  refresh.end = endOf(as);
  refresh.endedMs = world.clock.elapsedMs;
  refresh.brought = refresh.end === 'tokens' ? grant : null;
  world.see('refreshed', refresh);
  if (refresh.brought) refresh.succeed(rawTokens(refresh.brought));
  else if (as === 'invalid_grant') refresh.fail(failureOf(400, TOKEN_ENDPOINT, { error: as }));
  else refresh.fail(failureOf(as === '503' ? 503 : 0, TOKEN_ENDPOINT, null));
}

function endOf(as: RefreshVerdict['as']): RefreshEnd {
  switch (as) {
    case 'invalid_grant':
      return 'refused';
    case '503':
      return 'transient';
    case 'tokens':
    case 'no new refresh token':
      return 'tokens';
    default:
      return 'unclear';
  }
}

function failureOf(status: number, url: string, error: unknown): HttpErrorResponse {
  const headers = new HttpHeaders(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {});
  return new HttpErrorResponse({ status, headers, url, error });
}
