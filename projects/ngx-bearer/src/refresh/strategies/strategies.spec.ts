import { firstValueFrom, type Observable } from 'rxjs';
import {
  type AuthTokens,
  exchangeToken,
  postRefreshToken,
  refreshCookie,
  type RefreshOptions,
  type RefreshStrategy,
  refreshTokenGrant,
} from '../../public-api';
import { API, FakeServer, TOKEN_ENDPOINT } from '../../spec/fake-server';
import { refreshing } from '../../spec/refreshing';
import { afterwards, setup } from '../../spec/setup';

/** Each strategy, with options that all of them take. */
const strategies: Record<string, (options?: RefreshOptions) => RefreshStrategy> = {
  exchangeToken: (options) => exchangeToken(TOKEN_ENDPOINT, options),
  postRefreshToken: (options) => postRefreshToken(TOKEN_ENDPOINT, options),
  refreshTokenGrant: (options) =>
    refreshTokenGrant({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'shop', ...options }),
  refreshCookie: (options) => refreshCookie(TOKEN_ENDPOINT, options),
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
      const { server } = refreshing({ refresh: make({ read }) });
      server.refresh.succeed({ jwt: 'j1' });
      expect(given).toEqual([{ jwt: 'j1' }]);
      expect(server.call.token).toBe('j1');
    });

    it('takes no token from read that is none', () => {
      const { server, caller, events } = refreshing({
        refresh: make({ read: () => ({ accessToken: 'not a token' }) }),
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

    it('takes an answer whose URL is of the page itself, as of a bridge', () => {
      const { server } = refreshing({ refresh: make() });
      server.refresh.succeed(
        { access_token: 'a1' },
        { url: `${location.origin}/_capacitor_http_interceptor_?u=x` },
      );
      expect(server.call.token).toBe('a1');
    });

    it('takes no answer that was redirected to the page itself', () => {
      const { server, session, events } = refreshing({ refresh: make() });
      server.refresh.succeed({ access_token: 'a1' }, { url: `${location.origin}/login`, redirected: true });
      expect([session.signedIn(), reasons(events)]).toEqual([true, ['malformed']]);
    });

    it('ends the session for a failure that refused says yes to, once', () => {
      const asked: number[] = [];
      const { server, session, events } = refreshing({
        refresh: make({ refused: ({ status }) => asked.push(status) > 0 && status === 422 }),
      });
      server.refresh.fail(422, { body: { msg: 'Signature verification failed' } });
      expect([session.signedIn(), asked]).toEqual([false, [422]]);
      expect(events.map(({ type }) => type)).toEqual(['signed-out']);
    });

    it('keeps the session if refused throws', () => {
      const { server, session, events } = refreshing({
        refresh: make({
          refused: () => {
            throw new Error('no');
          },
        }),
      });
      server.refresh.fail(422);
      expect([session.signedIn(), reasons(events)]).toEqual([true, ['server']]);
    });

    it('asks by a GET without a body if it has to', () => {
      const { server, refreshRequest } = refreshing({ refresh: make({ method: 'GET' }) });
      expect([refreshRequest.method, server.refresh.body, refreshRequest.redirect]).toEqual([
        'GET',
        null,
        'error',
      ]);
    });

    it('sends more headers, as they are or made of the tokens', () => {
      const plain = refreshing({ refresh: make({ headers: { 'X-Tenant': 'north' } }) });
      expect(plain.refreshRequest.headers.get('X-Tenant')).toBe('north');
      const made = refreshing({
        refresh: make({
          headers: (tokens) => ({ Authorization: `Bearer ${tokens?.refreshToken ?? 'none'}` }),
        }),
      });
      expect(made.refreshRequest.headers.get('Authorization')).toBe('Bearer r0');
    });

    it('may be called by a strategy of the app after an await', async () => {
      const ours = make();
      const { server, get, clock } = setup({
        refresh: async (tokens, context) => {
          await Promise.resolve();
          return firstValueFrom(ours(tokens, context) as Observable<AuthTokens>);
        },
      });
      const caller = get('/orders');
      server.call.reject();
      await clock.settle();
      server.refresh.succeed({ access_token: 'a1', refresh_token: 'r1' });
      await clock.settle();
      server.call.succeed('done');
      expect(caller.got).toBe('done');
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

function reasons(events: readonly { type: string; reason?: string }[]): (string | undefined)[] {
  return events.map(({ reason }) => reason);
}
