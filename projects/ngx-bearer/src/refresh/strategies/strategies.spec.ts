import {
  type AuthTokens,
  exchangeToken,
  postRefreshToken,
  refreshCookie,
  type RefreshStrategy,
  refreshTokenGrant,
} from '../../public-api';
import { API, FakeServer, TOKEN_ENDPOINT } from '../../spec/fake-server';
import { afterwards, setup, type SetupOptions } from '../../spec/setup';

type Read = (response: unknown) => AuthTokens;

/** Each strategy, and what it needs to read an answer with other names. */
const strategies: Record<string, (read?: Read) => RefreshStrategy> = {
  exchangeToken: (read) => exchangeToken(TOKEN_ENDPOINT, read && { read }),
  postRefreshToken: (read) => postRefreshToken(TOKEN_ENDPOINT, read && { read }),
  refreshTokenGrant: (read) =>
    refreshTokenGrant({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'shop', ...(read && { read }) }),
  refreshCookie: (read) => refreshCookie(TOKEN_ENDPOINT, read && { read }),
};

for (const [name, make] of Object.entries(strategies)) {
  describe(name, () => {
    it('asks by one POST, without a redirect, and the rejected request is replayed', () => {
      const { server, caller, refreshRequest } = refreshing({ refresh: make() });
      expect([refreshRequest.method, refreshRequest.urlWithParams]).toEqual(['POST', TOKEN_ENDPOINT]);
      expect(refreshRequest.redirect).toBe('error');
      server.refresh.succeed({ access_token: 'a1', refresh_token: 'r1', expires_in: 60 });
      server.call.succeed('done');
      expect(caller.got).toBe('done');
      expect(server.sendings.length).toBe(3);
    });

    it('goes by fetch where requests go by XMLHttpRequest, which would follow a redirect', () => {
      const { fetched } = catchFetches();
      const { get, server } = setup({
        refresh: make(),
        server: Object.assign(new FakeServer(), { xhrFactory: {} }),
      });
      get('/orders');
      server.call.reject();
      expect(fetched).toEqual([[TOKEN_ENDPOINT, 'POST', 'error']]);
      expect(server.refreshes.length).toBe(0);
    });

    it('sends nothing before it is needed', () => {
      const { server, get } = setup({ refresh: make() });
      get('/orders');
      server.answerAll();
      expect(server.refreshes.length).toBe(0);
    });

    it('reads an answer with other names by read', () => {
      const given: unknown[] = [];
      const read = (response: unknown): AuthTokens => {
        given.push(response);
        return { accessToken: (response as { jwt: string }).jwt };
      };
      const { server } = refreshing({ refresh: make(read) });
      server.refresh.succeed({ jwt: 'j1' });
      expect(given).toEqual([{ jwt: 'j1' }]);
      expect(server.call.token).toBe('j1');
    });

    it('takes no token from read that is none', () => {
      const { server, caller, events } = refreshing({
        refresh: make(() => ({ accessToken: 'not a token' })),
      });
      server.refresh.succeed({});
      expect(caller.got).toEqual({ status: 0, code: 'refresh-unavailable' });
      expect(reasons(events)).toEqual(['malformed']);
    });

    for (const url of ['https://evil.example/auth/token', 'http://api.example.com/auth/token']) {
      it(`takes an answer from ${url} for malformed`, () => {
        const { server, caller, session, events } = refreshing({ refresh: make() });
        server.refresh.succeed({ access_token: 'evil', refresh_token: 'evil' }, { url });
        expect(caller.got).toEqual({ status: 0, code: 'refresh-unavailable' });
        expect([session.signedIn(), reasons(events)]).toEqual([true, ['malformed']]);
        expect(server.sendings.length).toBe(2);
      });
    }

    it('takes a refusal from another origin for malformed', () => {
      const { server, caller, session, events } = refreshing({ refresh: make() });
      server.refresh.fail(401, { url: 'https://evil.example/auth/token' });
      expect(caller.got).toEqual({ status: 0, code: 'refresh-unavailable' });
      expect([session.signedIn(), reasons(events)]).toEqual([true, ['malformed']]);
    });

    it('takes an answer from elsewhere on the same origin', () => {
      const { server } = refreshing({ refresh: make() });
      server.refresh.succeed({ access_token: 'a1' }, { url: `${API}/v2/auth/token` });
      expect(server.call.token).toBe('a1');
    });

    it('can be used again for the next pair', () => {
      const { server, get } = refreshing({ refresh: make() });
      for (const token of ['a1', 'a2']) {
        server.refresh.succeed({ access_token: token, refresh_token: `r${token}` });
        get('/next');
        server.call.reject();
      }
      expect(server.refreshes.length).toBe(3);
    });
  });
}

describe('exchangeToken, on the wire', () => {
  it('sends the old access token as bearer and no body', () => {
    const { server, refreshRequest } = refreshing({ refresh: exchangeToken(TOKEN_ENDPOINT) });
    expect(refreshRequest.headers.keys()).toEqual(['Authorization']);
    expect(refreshRequest.headers.get('Authorization')).toBe('Bearer a0');
    expect([server.refresh.body, refreshRequest.withCredentials]).toEqual([null, false]);
  });

  it('needs no refresh token', () => {
    const { server, session, get } = setup({ signedIn: false, refresh: exchangeToken(TOKEN_ENDPOINT) });
    session.signIn({ access_token: 'a0' });
    const callers = ['/a', '/b', '/c', '/d', '/e', '/f'].map(get);
    for (const sending of server.calls.reverse()) sending.reject();
    expect(server.refreshes.map(String)).toEqual(['refresh a0']);
    server.refresh.succeed({ access_token: 'a1' });
    for (const sending of server.open) sending.succeed(String(sending));
    expect(callers.map(({ got }) => got)).toEqual(
      ['/a', '/b', '/c', '/d', '/e', '/f'].map((path) => `GET ${path} a1`),
    );
  });

  it('takes a relative URL', () => {
    const { server } = refreshing({ refresh: exchangeToken('/auth/token') });
    server.refresh.succeed({ access_token: 'a1' });
    expect(server.call.token).toBe('a1');
  });
});

describe('postRefreshToken, on the wire', () => {
  it('sends the refresh token as JSON, and no header of ours', () => {
    const { server, refreshRequest } = refreshing({ refresh: postRefreshToken(TOKEN_ENDPOINT) });
    expect(server.refresh.bodyText).toBe('{"refresh_token":"r0"}');
    expect(refreshRequest.detectContentTypeHeader()).toBe('application/json');
    expect(refreshRequest.headers.keys()).toEqual([]);
    expect(refreshRequest.withCredentials).toBe(false);
  });

  it('sends the body that options.body makes of the tokens', () => {
    const body = ({ accessToken, refreshToken }: AuthTokens): unknown => ({
      token: accessToken,
      old: refreshToken,
    });
    const { server } = refreshing({ refresh: postRefreshToken(TOKEN_ENDPOINT, { body }) });
    expect(server.refresh.bodyText).toBe('{"token":"a0","old":"r0"}');
  });
});

describe('refreshTokenGrant, on the wire', () => {
  it('sends a form as RFC 6749 section 6 has it, of a public client', () => {
    const refresh = refreshTokenGrant({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'a shop & co' });
    const { server, refreshRequest } = refreshing({ refresh });
    expect(formOf(server)).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'r0',
      client_id: 'a shop & co',
    });
    expect(refreshRequest.headers.get('Content-Type')).toBe('application/x-www-form-urlencoded');
    expect(refreshRequest.headers.has('Authorization')).toBe(false);
  });

  it('sends a scope where it is given one', () => {
    const refresh = refreshTokenGrant({
      tokenEndpoint: TOKEN_ENDPOINT,
      clientId: 'shop',
      scope: 'read write',
    });
    const { server } = refreshing({ refresh });
    expect(formOf(server)['scope']).toBe('read write');
  });

  it('keeps every character of the refresh token', () => {
    const refresh = refreshTokenGrant({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'shop' });
    const { server, session, get } = setup({ signedIn: false, refresh });
    session.signIn({ accessToken: 'a0', refreshToken: 'r+/-._~0==' });
    get('/orders');
    server.call.reject();
    expect(formOf(server)['refresh_token']).toBe('r+/-._~0==');
  });
});

describe('refreshCookie, on the wire', () => {
  it('sends credentials, no body and no token', () => {
    const { server, refreshRequest } = refreshing({ refresh: refreshCookie(TOKEN_ENDPOINT) });
    expect([server.refresh.body, refreshRequest.withCredentials]).toEqual([null, true]);
    expect(refreshRequest.headers.keys()).toEqual([]);
  });

  it('repeats the XSRF-TOKEN cookie as X-XSRF-TOKEN', () => {
    setCookie('NOT-XSRF-TOKEN=other');
    setCookie('XSRF-TOKEN=x%20=1');
    const { refreshRequest } = refreshing({ refresh: refreshCookie(TOKEN_ENDPOINT) });
    expect(refreshRequest.headers.get('X-XSRF-TOKEN')).toBe('x =1');
  });

  it('repeats a cookie that is not percent-encoded as it is', () => {
    setCookie('XSRF-TOKEN=100%');
    const { refreshRequest } = refreshing({ refresh: refreshCookie(TOKEN_ENDPOINT) });
    expect(refreshRequest.headers.get('X-XSRF-TOKEN')).toBe('100%');
  });

  it('repeats no cookie where the page may not read any, as in a sandboxed frame', () => {
    Object.defineProperty(document, 'cookie', {
      configurable: true,
      get: () => {
        throw new DOMException('no cookies here', 'SecurityError');
      },
    });
    afterwards(() => Reflect.deleteProperty(document, 'cookie'));
    const { refreshRequest } = refreshing({ refresh: refreshCookie(TOKEN_ENDPOINT) });
    expect(refreshRequest.headers.keys()).toEqual([]);
  });

  it('reads the cookie anew each time', () => {
    setCookie('XSRF-TOKEN=first');
    const { server, get } = refreshing({ refresh: refreshCookie(TOKEN_ENDPOINT) });
    server.refresh.succeed({ access_token: 'a1' });
    setCookie('XSRF-TOKEN=second');
    get('/next');
    server.call.reject();
    expect(server.refreshes.map(({ request }) => request.headers.get('X-XSRF-TOKEN'))).toEqual([
      'first',
      'second',
    ]);
  });

  it('takes the names of cookie and header it is given', () => {
    setCookie('csrf=c1');
    const refresh = refreshCookie(TOKEN_ENDPOINT, { cookieName: 'csrf', headerName: 'X-CSRF' });
    const { refreshRequest } = refreshing({ refresh });
    expect(refreshRequest.headers.keys()).toEqual(['X-CSRF']);
    expect(refreshRequest.headers.get('X-CSRF')).toBe('c1');
  });
});

describe('a strategy that needs a refresh token and has none', () => {
  for (const name of ['postRefreshToken', 'refreshTokenGrant']) {
    it(`sends nothing and counts as refused: ${name}`, () => {
      const { server, session, get, events } = setup({
        signedIn: false,
        refresh: strategies[name]?.() ?? (() => []),
      });
      session.signIn({ accessToken: 'a0' });
      const caller = get('/orders');
      const rejection = server.call.reject();
      expect(caller.failure).toBe(rejection);
      expect(server.seen).toEqual(['GET /orders a0']);
      expect(events.map((event) => (event.type === 'signed-out' ? event.reason : event.type))).toEqual([
        'signed-in',
        'refused',
      ]);
    });
  }
});

describe('a strategy that needs tokens, and is asked to restore a session without any', () => {
  for (const name of ['exchangeToken', 'postRefreshToken', 'refreshTokenGrant']) {
    it(`sends nothing and counts as refused: ${name}`, () => {
      const refresh = Object.assign(strategies[name]?.() ?? (() => []), { restores: true });
      const { server, get, events } = setup({ signedIn: false, refresh });
      const caller = get('/orders');
      const rejection = server.call.reject();
      expect(caller.failure).toBe(rejection);
      expect([server.seen, events]).toEqual([['GET /orders without token'], []]);
    });
  }
});

/** A rejected request, so that the strategy has run. */
function refreshing(options: SetupOptions) {
  const page = setup(options);
  const caller = page.get('/orders');
  page.server.call.reject();
  return { ...page, caller, refreshRequest: page.server.refresh.request };
}

/** Keeps what goes by fetch, and answers none of it. */
function catchFetches(): { fetched: unknown[] } {
  const fetched: unknown[] = [];
  const before = globalThis.fetch;
  globalThis.fetch = (url, init) => {
    fetched.push([url, init?.method, init?.redirect]);
    return new Promise(() => undefined);
  };
  afterwards(() => {
    globalThis.fetch = before;
  });
  return { fetched };
}

function formOf(server: FakeServer): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(server.refresh.bodyText));
}

function reasons(events: readonly { type: string; reason?: string }[]): (string | undefined)[] {
  return events.map(({ reason }) => reason);
}

function setCookie(cookie: string): void {
  document.cookie = cookie;
  afterwards(() => {
    document.cookie = `${cookie.split('=')[0] ?? ''}=; max-age=0`;
  });
}
