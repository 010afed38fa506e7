import { HttpContext, type HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { requireAuth, skipAuth } from './public-api';
import { Caller } from './spec/caller';
import { API, FakeServer } from './spec/fake-server';
import { setup } from './spec/setup';

const ORDERS = `${API}/orders`;
const REFUSED_AT_ONCE = { status: 0, code: 'refresh-unavailable' };

describe('a JSONP request', () => {
  it('is passed on as the same object, since a script element sends no header', () => {
    const { http, server } = setup();
    http.request('JSONP', `${API}/orders`).subscribe();
    expect(server.sendings.map(({ request }) => [request.method, request.headers.keys()])).toEqual([
      ['JSONP', []],
    ]);
  });
});

describe('AuthInterceptor, with a request that is not ours', () => {
  const requests = {
    'out of scope': () => new HttpRequest('GET', 'https://elsewhere.example/orders'),
    "marked 'skip'": () => new HttpRequest('GET', ORDERS, { context: skipAuth() }),
    'with an Authorization header': () =>
      new HttpRequest('GET', ORDERS).clone({ setHeaders: { authorization: 'Basic eDp5' } }),
  };

  for (const [name, makeRequest] of Object.entries(requests)) {
    it(`passes on the same object ${name}`, () => {
      const { http, server } = setup();
      const request = makeRequest();
      http.request(request).subscribe();
      expect(server.call.request).toBe(request);
    });

    it(`leaves a 401 alone ${name}`, () => {
      const { http, server, session, events } = setup();
      const caller = new Caller(http.request(makeRequest()));
      const rejection = server.call.reject();
      expect(caller.failure).toBe(rejection);
      expect(server.sendings.length).toBe(1);
      expect(events).toEqual([]);
      expect(session.refreshing()).toBe(false);
    });

    it(`does not hold a request ${name} while a refresh runs`, () => {
      const { http, server, get } = setup();
      get('/first');
      server.call.reject();
      const request = makeRequest();
      http.request(request).subscribe();
      expect(server.call.request).toBe(request);
    });
  }
});

describe('AuthInterceptor, with nobody signed in', () => {
  it('sends without a header', () => {
    const { server, get } = setup({ signedIn: false });
    get('/orders');
    expect(server.seen).toEqual(['GET /orders without token']);
  });

  it('gives the caller its own 401 and refreshes nothing', () => {
    const { server, get, events } = setup({ signedIn: false });
    const caller = get('/orders');
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect(server.refreshes.length).toBe(0);
    expect(events).toEqual([]);
  });

  it("fails a 'required' request with not-signed-in, unsent", () => {
    const { http, server } = setup({ signedIn: false });
    const caller = new Caller(http.get(ORDERS, { params: { page: 2 }, context: requireAuth() }));
    expect(caller.got).toEqual({ status: 401, code: 'not-signed-in' });
    expect(caller.failure.url).toBe(`${ORDERS}?page=2`);
    expect(server.sendings.length).toBe(0);
  });

  it("does not mind a 'required' request that is out of scope", () => {
    const { http, server } = setup({ signedIn: false });
    http.get('https://elsewhere.example/', { context: requireAuth() }).subscribe();
    expect(server.sendings.length).toBe(1);
  });
});

describe('AuthInterceptor, with a good token', () => {
  it('attaches it in the same turn', () => {
    const { server, get } = setup();
    get('/orders');
    expect(server.seen).toEqual(['GET /orders a0']);
  });

  it("attaches it to a 'required' request", () => {
    const { http, server } = setup();
    http.get(ORDERS, { context: requireAuth() }).subscribe();
    expect(server.seen).toEqual(['GET /orders a0']);
  });

  it('uses the header name and the scheme it is given', () => {
    const { server, get } = setup({ headerName: 'X-Token', scheme: '' });
    get('/orders');
    expect(server.call.request.headers.get('X-Token')).toBe('a0');
    expect(server.call.request.headers.has('Authorization')).toBe(false);
  });

  it('leaves a request with Authorization alone under another header name too', () => {
    const { http, server } = setup({ headerName: 'X-Token' });
    http.get(ORDERS, { headers: { Authorization: 'Basic eDp5' } }).subscribe();
    expect(server.call.request.headers.keys()).toEqual(['Authorization']);
  });

  it('lets a redirect fail where the header has a name browsers do not strip', () => {
    const { server, get } = setup({ headerName: 'X-Token' });
    get('/orders');
    expect(server.call.request.redirect).toBe('error');
  });

  for (const headerName of ['Authorization', 'authorization']) {
    it(`lets redirects be followed with ${headerName}, which browsers strip`, () => {
      const { server, get } = setup({ headerName });
      get('/orders');
      expect(server.call.token).toBe('a0');
      expect(server.call.request.redirect).toBeUndefined();
    });
  }

  it('judges the URL that an interceptor before it has made', () => {
    const away: HttpInterceptorFn = (request, next) =>
      next(request.clone({ url: request.url.replace(API, 'https://evil.example') }));
    const { server, get } = setup({ before: [away] });
    get('/orders');
    expect(server.call.url.origin).toBe('https://evil.example');
    expect(server.call.token).toBeNull();
  });

  it('keeps nothing of a sending in the context of the request', () => {
    const { http, server } = setup();
    const context = new HttpContext();
    http.get(ORDERS, { context }).subscribe();
    server.expireAccessToken();
    server.answerAll();
    expect([...context.keys()]).toEqual([]);
  });

  it('heals two calls that share one context', () => {
    const { http, server } = setup();
    const context = new HttpContext();
    const callers = ['/a', '/b'].map((path) => new Caller(http.get(`${API}${path}`, { context })));
    server.expireAccessToken();
    server.answerAll();
    expect(callers.map(({ got }) => got)).toEqual(['GET /a a1', 'GET /b a1']);
  });
});

describe('AuthInterceptor, with a token known to be rejected', () => {
  it('holds a new request and attaches the header after the wait', () => {
    const { server, get } = setup();
    get('/first');
    server.call.reject();
    const late = get('/late');
    expect(server.seen).toEqual(['GET /first a0', 'refresh r0']);
    server.answerAll();
    expect(server.seen).toContain('GET /late a1');
    expect(late.got).toBe('GET /late a1');
  });

  it("sends a new request with the token there is where whileRefreshing is 'send'", () => {
    const { server, get } = setup({ whileRefreshing: 'send' });
    get('/first');
    server.call.reject();
    get('/late');
    expect(server.seen).toEqual(['GET /first a0', 'refresh r0', 'GET /late a0']);
  });

  it("joins the refresh that runs when a request sent by 'send' is rejected", () => {
    const { server, get } = setup({ whileRefreshing: 'send' });
    const callers = [get('/first'), get('/late')];
    for (const sending of server.calls) sending.reject();
    server.answerAll();
    expect(server.refreshes.length).toBe(1);
    expect(callers.map(({ got }) => got)).toEqual(['GET /first a1', 'GET /late a1']);
  });

  it('fails a new request at once, unsent, while a failed refresh cools down', () => {
    const { server, get } = setup();
    get('/first');
    server.call.reject();
    server.refresh.fail(0);
    const late = get('/late');
    expect(late.got).toEqual(REFUSED_AT_ONCE);
    expect(late.failure.url).toBe(`${API}/late`);
    expect(server.seen).toEqual(['GET /first a0', 'refresh r0']);
  });

  it('refreshes before it sends once the cool-down is over', () => {
    const { server, get, clock } = setup();
    get('/first');
    server.call.reject();
    server.refresh.fail(503);
    clock.advance(1200);
    const late = get('/late');
    server.answerAll();
    expect(late.got).toBe('GET /late a1');
    expect(server.seen.slice(2)).toEqual(['refresh r0', 'GET /late a1']);
  });
});

describe('AuthInterceptor, with a token near or past its expiry', () => {
  it('refreshes before it sends past the expiry', () => {
    const { server, get, clock } = setup({ server: new FakeServer({ lifeSeconds: 100 }) });
    clock.advance(100_000);
    const caller = get('/orders');
    expect(server.seen).toEqual(['refresh r0']);
    server.answerAll();
    expect(caller.got).toBe('GET /orders a1');
  });

  it("refreshes behind the request past the expiry where whileRefreshing is 'send'", () => {
    const { server, get, clock } = setup({
      whileRefreshing: 'send',
      refreshAhead: false,
      server: new FakeServer({ lifeSeconds: 100 }),
    });
    clock.advance(100_000);
    get('/orders');
    expect([...server.seen].sort()).toEqual(['GET /orders a0', 'refresh r0']);
  });

  it('starts one refresh behind the requests and holds none of them', () => {
    const { server, get, clock, session } = setup({ server: new FakeServer({ lifeSeconds: 100 }) });
    clock.advance(90_000);
    get('/a');
    get('/b');
    expect([...server.seen].sort()).toEqual(['GET /a a0', 'GET /b a0', 'refresh r0']);
    expect(session.refreshing()).toBe(true);
  });

  const aheadRows = [
    { refreshAhead: undefined, lifeSeconds: 100, quietMs: 89_999 },
    { refreshAhead: undefined, lifeSeconds: 3600, quietMs: 3_539_999 },
    { refreshAhead: 20_000, lifeSeconds: 100, quietMs: 79_999 },
    { refreshAhead: 90_000, lifeSeconds: 100, quietMs: 49_999 },
  ];
  for (const { refreshAhead, lifeSeconds, quietMs } of aheadRows) {
    it(`refreshes ahead ${String(quietMs + 1)} ms into ${String(lifeSeconds)} s with ${String(refreshAhead)}`, () => {
      const ahead = refreshAhead === undefined ? {} : { refreshAhead };
      const { server, get, clock } = setup({ ...ahead, server: new FakeServer({ lifeSeconds }) });
      clock.advance(quietMs);
      get('/quiet');
      expect(server.refreshes.length).toBe(0);
      clock.advance(1);
      get('/due');
      expect(server.refreshes.length).toBe(1);
      expect(server.call.token).toBe('a0');
    });
  }

  it('never refreshes ahead where refreshAhead is false', () => {
    const { server, get, clock } = setup({
      refreshAhead: false,
      server: new FakeServer({ lifeSeconds: 100 }),
    });
    clock.advance(99_999);
    get('/orders');
    expect(server.seen).toEqual(['GET /orders a0']);
  });
});
