import { localTokenStorage } from './public-api';
import { HttpBackend, type HttpErrorResponse, type HttpRequest } from '@angular/common/http';
import { NgZone } from '@angular/core';
import { FakeOrigin } from './spec/fake-origin';
import { API, FakeServer, TOKEN_ENDPOINT } from './spec/fake-server';
import { setup } from './spec/setup';

describe('an application with zone.js', () => {
  it('has its storage events and the browser reports handled outside of the zone', () => {
    const { zone, where, listen } = watchedZone();
    const { origin, tab } = openTab();
    listen(tab.window);
    setup({ storage: localTokenStorage(), providers: [tab.provider, zone] });
    const other = origin.openTab();
    origin.put('somebody-else', 'x', other);
    expect(where.length).toBeGreaterThan(0);
    expect(where.filter(({ type }) => type === 'storage').map(({ isInside }) => isInside)).toEqual([false]);
  });

  it('may be without a zone, as when it is rendered on a server', () => {
    const { get, server } = setup({ providers: [{ provide: NgZone, useValue: null }] });
    const caller = get('/orders');
    server.answerAll();
    expect(caller.got).toBe('GET /orders a0');
  });

  it('gets the events of another tab inside of the zone', () => {
    const { zone, depth } = watchedZone();
    const { origin, tab } = openTab();
    const server = new FakeServer();
    const here = setup({ storage: localTokenStorage(), server, providers: [tab.provider, zone] });
    const heard: [type: string, isInside: boolean][] = [];
    here.session.events.subscribe(({ type, origin: by }) => {
      if (by === 'other-tab') heard.push([type, depth.inside > 0]);
    });
    const there = setup({
      storage: localTokenStorage(),
      server,
      signedIn: false,
      providers: [origin.openTab().provider],
    });
    there.session.signIn(server.issueTokens());
    expect(heard).toEqual([['signed-in', true]]);
  });
});

describe('an application with zone.js, and a refresh that runs outside of the zone', () => {
  it('has the waiting requests replayed inside', () => {
    const { zone, depth } = watchedZone();
    const server = new FakeServer();
    const sent: string[] = [];
    const handle = (request: HttpRequest<unknown>) => {
      sent.push(`${request.url} ${depth.inside ? 'inside' : 'outside'}`);
      return server.handle(request);
    };
    const { get } = setup({ server, providers: [zone, { provide: HttpBackend, useValue: { handle } }] });
    get('/orders');
    depth.inside = 0;
    server.call.reject();
    server.refresh.succeed(server.issueTokens());
    expect(sent).toEqual([`${API}/orders inside`, `${TOKEN_ENDPOINT} outside`, `${API}/orders inside`]);
  });

  it('gives them the failure inside', () => {
    const { zone, depth } = watchedZone();
    const { http, server } = setup({ providers: [zone] });
    const failures: [status: number, isInside: boolean][] = [];
    http.get(`${API}/orders`).subscribe({
      error: ({ status }: HttpErrorResponse) => failures.push([status, depth.inside > 0]),
    });
    depth.inside = 0;
    server.call.reject();
    server.refresh.fail(503);
    expect(failures).toEqual([[503, true]]);
  });
});

function openTab() {
  const origin = new FakeOrigin();
  return { origin, tab: origin.openTab() };
}

/** Stands for NgZone: the application runs inside, unless it is asked to leave. */
function watchedZone() {
  const depth = { inside: 0 };
  const where: { readonly type: string; readonly isInside: boolean }[] = [];
  const move = <T>(by: 1 | 0, action: () => T): T => {
    const before = depth.inside;
    depth.inside = by;
    try {
      return action();
    } finally {
      depth.inside = before;
    }
  };
  const useValue = {
    run: <T>(action: () => T) => move(1, action),
    runOutsideAngular: <T>(action: () => T) => move(0, action),
  };
  depth.inside = 1;
  /** As zone.js does, a listener runs in the zone that it was added in; one of no zone runs outside. */
  const listen = (target: EventTarget): void => {
    const add = target.addEventListener.bind(target);
    target.addEventListener = (type: string, listener: (event: Event) => void, options?: unknown) => {
      where.push({ type, isInside: depth.inside > 0 });
      add(
        type,
        (event) => {
          move(0, () => {
            listener(event);
          });
        },
        options as AddEventListenerOptions,
      );
    };
  };
  return { zone: { provide: NgZone, useValue }, depth, where, listen };
}
