import {
  type HttpBackend,
  type HttpErrorResponse,
  type HttpEvent,
  type HttpRequest,
  HttpResponse,
} from '@angular/common/http';
import { Observable, type Subscriber } from 'rxjs';
import type { Token } from '../../world/tokens.ts';
import { CALL } from './requests.ts';
import type { Call, Page, Refresh, Sending } from './facts.ts';
import { nameIn } from './sessions.ts';
import type { World } from './world.ts';

const BEARER = /^Bearer (.+)$/;

/** What stands where Angular's backend would, in one page: every request that leaves it passes here. */
export class Network implements HttpBackend {
  readonly #world: World;
  readonly #page: Page;

  constructor(world: World, page: Page) {
    this.#world = world;
    this.#page = page;
  }

  handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    return new Observable((caller) => {
      const call = request.context.get(CALL);
      return call ? this.#send(request, call, caller) : this.#refresh(request, caller);
    });
  }

  #send(request: HttpRequest<unknown>, call: Call, caller: Subscriber<HttpEvent<unknown>>): () => void {
    const world = this.#world;
    const text = BEARER.exec(request.headers.get('Authorization') ?? '')?.[1];
    const sending: Sending = {
      call,
      page: this.#page,
      token: (text && world.office.find(text)) || null,
      state: 'open',
      isRejected: false,
      ...endsOf(caller),
    };
    world.sendings.push(sending);
    world.note(() => `       → call ${call.serial} is sent ${name(sending.token)} by ${where(this.#page)}`);
    world.see('sending', sending);
    call.sendings.push(sending);
    return () => {
      if (sending.state === 'open') sending.state = 'lost';
    };
  }

  #refresh(request: HttpRequest<unknown>, caller: Subscriber<HttpEvent<unknown>>): () => void {
    const world = this.#world;
    const refresh: Refresh = {
      serial: world.refreshes.length + 1,
      page: this.#page,
      presented: this.#presentedBy(request),
      startedMs: world.clock.elapsedMs,
      absences: this.#page.absences,
      state: 'open',
      isJudged: false,
      isReuse: false,
      end: null,
      endedMs: NaN,
      brought: null,
      ...endsOf(caller),
    };
    world.note(
      () => `       → refresh ${refresh.serial} with ${name(refresh.presented)} by ${where(this.#page)}`,
    );
    world.see('refresh', refresh);
    world.refreshes.push(refresh);
    return () => {
      this.#callOff(refresh);
    };
  }

  #callOff(refresh: Refresh): void {
    if (refresh.state !== 'open') return;
    const world = this.#world;
    refresh.state = 'called off';
    refresh.end = 'unclear';
    refresh.endedMs = world.clock.elapsedMs;
    world.note(() => `       — refresh ${refresh.serial} is called off`);
    world.see('calledOff', refresh);
  }

  #presentedBy(request: HttpRequest<unknown>): Token | null {
    const { office, setting } = this.#world;
    if (setting.storage === 'cookie') return office.cookie;
    return office.find(new URLSearchParams(String(request.body)).get('refresh_token') ?? '') ?? null;
  }
}

export function where({ tab }: Page): string {
  return `tab ${tab.serial}`;
}

function name(token: Token | null): string {
  return token ? nameIn(token.text) : 'without token';
}

function endsOf(caller: Subscriber<HttpEvent<unknown>>): Pick<Refresh, 'succeed' | 'fail'> {
  return {
    succeed: (body) => {
      caller.next(new HttpResponse({ body }));
      caller.complete();
    },
    fail: (failure: HttpErrorResponse) => {
      caller.error(failure);
    },
  };
}
