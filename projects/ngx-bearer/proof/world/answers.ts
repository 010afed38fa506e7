import {
  HttpErrorResponse,
  type HttpEvent,
  HttpEventType,
  HttpHeaderResponse,
  HttpHeaders,
  HttpResponse,
} from '@angular/common/http';
import { TOKEN_ENDPOINT } from '../program/places.ts';
import type { Answer, RefreshAnswer } from '../program/step.ts';
import type { Refresh, RefreshEnd, Sending } from './facts.ts';
import type { RefreshVerdict } from './tokens.ts';
import { rawTokens } from './token-response.ts';
import type { World } from './world.ts';

const CHALLENGES: Partial<Record<Answer, string>> = {
  truth: 'Bearer realm="api", error="invalid_token"',
  'plain 401': 'Bearer',
  'scope 401': 'Bearer error="insufficient_scope"',
  'step-up 401': 'Basic realm="x", Bearer error="insufficient_user_authentication", max_age=60',
};

/** What a page shall wait after a 429. */
const RETRY_AFTER_SECONDS = 7;

/** Answers a request. A server that obeys RFC 9110 does nothing of what a request asks that it answers with 401. */
export function answer(sending: Sending, as: Answer, world: World): void {
  if (as === 'hang') {
    sending.state = 'hung';
    return;
  }
  const { attempt, request } = sending;
  const isWelcome = as === 'truth' && (!attempt.isOurs || isGood(sending));
  const status = isWelcome ? 200 : statusOf(as);
  if (isWelcome || status === 500 || status === 0) attempt.applications++;
  world.note(() => `       ← call ${attempt.call.serial} is answered ${status}`);
  sending.state = 'answered';
  sending.answeredIn = world.turn;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- before 22, Angular has no other name for it
  if (request.reportProgress) tellProgress(sending, status);
  if (isWelcome) {
    sending.succeed(new HttpResponse({ body: { done: true }, url: request.urlWithParams }));
    return;
  }
  const headers = new HttpHeaders(status === 401 ? { 'WWW-Authenticate': CHALLENGES[as] ?? '' } : {});
  sending.answer = new HttpErrorResponse({ status, headers, url: request.urlWithParams });
  sending.isRejection = as === 'truth' || as === 'plain 401';
  sending.rejectedUnder = sending.page.grant;
  if (sending.isRejection) noteRejection(sending, world);
  sending.fail(sending.answer);
}

/** Answers a refresh by plan, as far as the truth allows. */
export function answerRefresh(refresh: Refresh, planned: RefreshAnswer, world: World): void {
  const { as, grant } = world.office.judge(refresh.presented, planned);
  world.note(() => `       ← refresh ${refresh.serial} is answered: ${as}`);
  if (as === 'rotates and hangs') {
    refresh.state = 'hung';
    return;
  }
  refresh.state = 'answering';
  refresh.conclude = () => {
    if (refresh.state !== 'answering') return;
    refresh.state = 'answered';
    refresh.end = endOf(as, !refresh.grant);
    refresh.endedMs = world.clock.elapsedMs;
    refresh.retryAfterMs = as === '429' ? RETRY_AFTER_SECONDS * 1000 : null;
    const { identity, presented } = refresh;
    const isCurrent = !presented || presented === refresh.page.grant?.buysNext;
    if (refresh.end === 'refused' && isCurrent) identity.isRefused = true;
    if (refresh.end === 'tokens' && grant) world.bring(refresh, grant);
    world.see('refreshed', refresh);
  };
  if (world.setting.strategy !== 'promise') refresh.conclude();
  deliver(refresh, { as, grant }, world);
}

function deliver(refresh: Refresh, { as, grant }: RefreshVerdict, world: World): void {
  const succeed = (body: unknown): void => {
    const isPromise = world.setting.strategy === 'promise';
    refresh.succeed(isPromise ? body : new HttpResponse({ body, url: TOKEN_ENDPOINT }));
  };
  if (endOf(as, false) === 'tokens' && grant) succeed(rawTokens(grant));
  else if (as === 'empty') succeed(null);
  // What a proxy may make of it: a token in the wrong place.
  else if (as === 'malformed') succeed({ jwt: `${refresh.presented?.text ?? ''}!` });
  else if (as === 'nothing') refresh.complete();
  else if (as === 'throws') refresh.fail(new Error(`The app is broken: ${refresh.presented?.text ?? ''}`));
  else if (as === '422' && world.setting.strategy === 'promise')
    refresh.fail(new world.library.AuthError('refused'));
  else refresh.fail(failureOf(as, refresh, world));
}

function failureOf(as: RefreshAnswer, { presented }: Refresh, { setting }: World): HttpErrorResponse {
  const status = as === 'invalid_grant' ? 400 : as === 'lost after rotation' ? 0 : Number(as);
  const headers = new HttpHeaders(as === '429' ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : {});
  // A server that quotes what it was sent; what is in a cookie the page does not know.
  const text = setting.strategy === 'cookie' ? null : presented?.text;
  const quoted = { error: 'temporarily_unavailable', text };
  const error = as === 'invalid_grant' ? { error: as } : as === '503' ? quoted : null;
  return new HttpErrorResponse({ status, headers, error, url: TOKEN_ENDPOINT });
}

/** Where a session is to be restored, any 4xx but 408 and 429 means that there is none. */
function endOf(as: RefreshAnswer, isRestoring: boolean): RefreshEnd {
  if (as === '404') return isRestoring ? 'refused' : 'transient';
  switch (as) {
    case 'invalid_grant':
    case '401':
    case '403':
    case '422':
      return 'refused';
    case '429':
    case '503':
      return 'transient';
    case '0':
    case 'malformed':
    case 'empty':
    case 'nothing':
    case 'throws':
    case 'lost after rotation':
      return 'unclear';
    default:
      return 'tokens';
  }
}

/** Whether its token is worth something here. */
function isGood({ token }: Sending): boolean {
  return !!token && !token.isDead && !token.family.isRevoked;
}

/** From the first rejection of what it uses on, a page may know that it is no good. */
function noteRejection({ attempt, grant, identity, token }: Sending, world: World): void {
  if (!attempt.isOurs || attempt.sendings.length > 1 || identity !== world.identity) return;
  if (!token) world.page.hasMissedToken = true;
  else if (grant) grant.isRejected = true;
}

/** What `FetchBackend` tells before an answer, where it is asked to. */
function tellProgress(sending: Sending, status: number): void {
  const events: HttpEvent<unknown>[] = [
    { type: HttpEventType.UploadProgress, loaded: 1 },
    new HttpHeaderResponse({ status, url: sending.request.urlWithParams }),
    { type: HttpEventType.DownloadProgress, loaded: 1 },
  ];
  for (const event of events) if (status !== 0) sending.tell(event);
}

function statusOf(as: Answer): number {
  return as === '403' || as === '500' || as === '0' ? Number(as) : 401;
}
