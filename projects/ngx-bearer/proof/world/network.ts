import {
  type HttpBackend,
  type HttpErrorResponse,
  type HttpEvent,
  HttpEventType,
  type HttpRequest,
} from '@angular/common/http';
import { Observable, type Subscriber } from 'rxjs';
import { answer, answerRefresh } from './answers.ts';
import type { Attempt, Refresh, Sending } from './facts.ts';
import { attemptOf } from './issuer.ts';
import { askForNonce } from './nonces.ts';
import { textOf } from './requests.ts';
import type { Token } from './tokens.ts';
import type { World } from './world.ts';

const BEARER = /^(?:Bearer|DPoP) (.+)$/;

/** What stands where Angular's backend would: every request that leaves passes here. */
export class Network implements HttpBackend {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    return new Observable((caller) => {
      const attempt = attemptOf(request, this.#world);
      const asks = askForNonce(request, attempt ?? null, this.#world);
      if (asks) {
        caller.error(asks);
        return undefined;
      }
      return attempt ? this.#send(request, attempt, caller) : this.#refresh(request, caller);
    });
  }

  #send(request: HttpRequest<unknown>, attempt: Attempt, caller: Subscriber<HttpEvent<unknown>>): () => void {
    const world = this.#world;
    world.look();
    const sending = makeSending(request, attempt, { caller, world });
    attempt.sendings.push(sending);
    world.sendings.push(sending);
    world.note(
      () => `       → call ${attempt.call.serial} is sent ${sending.token?.text ?? 'without token'}`,
    );
    world.see('sending', sending);
    sending.tell({ type: HttpEventType.Sent });
    if (world.setting.answers === 'at once') answer(sending, 'truth', world);
    return () => {
      if (sending.state === 'open' || sending.state === 'hung') sending.state = 'cancelled';
    };
  }

  #refresh(request: HttpRequest<unknown>, caller: Subscriber<HttpEvent<unknown>>): () => void {
    const presented = presentedBy(request, this.#world);
    const refresh = beginRefresh(presented, this.#world, {
      succeed: (event) => {
        caller.next(event as HttpEvent<unknown>);
        caller.complete();
      },
      fail: (failure) => {
        caller.error(failure);
      },
      complete: () => {
        caller.complete();
      },
    });
    return () => {
      callOff(refresh, this.#world);
    };
  }
}

/** The server is asked for new tokens. */
export function beginRefresh(
  presented: Token | null,
  world: World,
  ends: Pick<Refresh, 'succeed' | 'fail' | 'complete'>,
): Refresh {
  world.look();
  const { page, identity } = world;
  const refresh: Refresh = {
    serial: world.refreshes.length + 1,
    page,
    identity,
    presented,
    grant: page.grant,
    startedMs: world.clock.elapsedMs,
    failuresBefore: failuresInRow(world),
    state: 'open',
    end: null,
    endedMs: NaN,
    retryAfterMs: null,
    isThrown: false,
    brought: null,
    conclude: () => undefined,
    ...ends,
  };
  world.note(() => `       → refresh ${refresh.serial} with ${presented?.text ?? 'nothing'}`);
  world.refreshes.push(refresh);
  page.refreshStarts.push(world.clock.elapsedMs);
  world.see('refresh', refresh);
  presented?.uses.push(refresh);
  const { prompt } = world;
  world.prompt = null;
  if (prompt) answerRefresh(refresh, prompt, world);
  return refresh;
}

/** The page no longer wants the answer. */
export function callOff(refresh: Refresh, world: World): void {
  if (refresh.state === 'answered' || refresh.state === 'called off') return;
  refresh.state = 'called off';
  refresh.endedMs = world.clock.elapsedMs;
  if (refresh.identity === world.identity && !refresh.page.isDestroyed) refresh.end = 'unclear';
  world.note(() => `       — refresh ${refresh.serial} is called off`);
  world.see('calledOff', refresh);
}

/** How many refreshes of this identity have failed since the last that brought tokens. */
function failuresInRow({ refreshes, identity, page }: World): number {
  const ours = refreshes.filter((refresh) => refresh.identity === identity && refresh.page === page);
  const since = ours.slice(ours.findLastIndex(({ end }) => end === 'tokens') + 1);
  return since.filter(({ end }) => end === 'transient' || end === 'unclear').length;
}

function presentedBy(request: HttpRequest<unknown>, { office, setting }: World): Token | null {
  const body = textOf(request);
  switch (setting.strategy) {
    case 'cookie':
      return office.cookie;
    case 'exchange':
      return office.find(BEARER.exec(request.headers.get('Authorization') ?? '')?.[1] ?? '') ?? null;
    case 'grant':
      return office.find(new URLSearchParams(body).get('refresh_token') ?? '') ?? null;
    default:
      return office.find((JSON.parse(body) as { refresh_token?: string }).refresh_token ?? '') ?? null;
  }
}

function makeSending(
  request: HttpRequest<unknown>,
  attempt: Attempt,
  { caller, world }: { caller: Subscriber<HttpEvent<unknown>>; world: World },
): Sending {
  const events: HttpEvent<unknown>[] = [];
  const tell = (event: HttpEvent<unknown>): void => {
    events.push(event);
    caller.next(event);
  };
  const text = BEARER.exec(request.headers.get('Authorization') ?? '')?.[1];
  return {
    attempt,
    request,
    page: attempt.page,
    token: (text && world.office.find(text)) || null,
    grant: world.page.grant,
    identity: world.identity,
    sentIn: world.turn,
    answeredIn: Infinity,
    bodyText: textOf(request),
    events,
    xsrf: world.xsrf,
    state: 'open',
    answer: null,
    isRejection: false,
    rejectedUnder: null,
    tell,
    succeed: (event) => {
      tell(event);
      caller.complete();
    },
    fail: (failure: HttpErrorResponse) => {
      caller.error(failure);
    },
  };
}
