import { HttpErrorResponse } from '@angular/common/http';
import { AuthError, type AuthTokens, postRefreshToken } from './public-api';
import { everyText } from './spec/every-text';
import { API, TOKEN_ENDPOINT } from './spec/fake-server';
import { setup, type SetupOptions, thrownBy } from './spec/setup';

/** Sanctum has `|` in its tokens, Salesforce `!`; a quote is written in another way in JSON. */
const ODD: AuthTokens = { accessToken: '7|canary"a0', refreshToken: '7|canary"r0&<x>' };

describe('I24: a token with characters that are encoded does not show after', () => {
  const quotes: Record<string, (token: string) => { body?: unknown; url?: string }> = {
    'a JSON body that quotes it': (token) => ({ body: { detail: `no ${token}` } }),
    'a text that quotes JSON': (token) => ({ body: JSON.stringify({ token }) }),
    'a URL that quotes it': (token) => ({ url: `${API}/auth/token?old=${encodeURIComponent(token)}` }),
    'a page that quotes it': (token) => ({
      body: `<p>${token.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}</p>`,
    }),
  };
  for (const [name, quote] of Object.entries(quotes)) {
    it(name, () => {
      for (const token of [ODD.accessToken, ODD.refreshToken ?? '']) {
        const { session, server, get, printed } = setup({ signedIn: false });
        session.signIn(ODD);
        const caller = get('/orders');
        server.call.reject();
        server.refresh.fail(503, quote(token));
        expect(caller.got).toEqual({ status: 503, code: 'refresh-unavailable' });
        expect(everyText([caller.failures, printed])).not.toContain('canary');
      }
    });
  }

  it('a body that cannot be searched', () => {
    const { session, server, get } = setup({ signedIn: false });
    session.signIn(ODD);
    const caller = get('/orders');
    server.call.reject();
    const body: Record<string, unknown> = { token: ODD.accessToken };
    body['self'] = body;
    server.refresh.fail(503, { body });
    expect(everyText(caller.failures)).not.toContain('canary');
  });

  it('keeps a cause that quotes no token', () => {
    const { session, server, get } = setup({ signedIn: false });
    session.signIn(ODD);
    const caller = get('/orders');
    server.call.reject();
    const failure = server.refresh.fail(503, { body: { detail: 'closed at 7' } });
    expect(caller.authError.cause).toBe(failure);
  });
});

describe('I24: an AuthError that the application throws shows neither its text nor its cause, from', () => {
  const leaks: Record<string, NonNullable<SetupOptions['refresh']>> = {
    'a strategy': () => {
      throw new AuthError('bad-token-response', 'canary', { cause: 'canary' });
    },
    'a strategy with another code': () => {
      throw new AuthError('refresh-unavailable', 'canary', { cause: 'canary' });
    },
    'a promise': () => Promise.reject(new AuthError('bad-token-response', 'canary')),
    read: postRefreshToken(TOKEN_ENDPOINT, {
      read: (response) => {
        throw new AuthError('bad-token-response', JSON.stringify(response));
      },
    }),
  };
  for (const [name, refresh] of Object.entries(leaks)) {
    it(name, async () => {
      const { server, caller, clock, printed } = rejected({ refresh });
      for (const sending of server.refreshes) sending.succeed({ jwt: 'canary' });
      await clock.settle();
      expect(caller.got).toEqual({ status: 0, code: 'refresh-unavailable' });
      expect(everyText([caller.failures, printed])).not.toContain('canary');
    });
  }

  it('a strategy whose URL has the token in its path', () => {
    const { server, printed } = rejected({
      refresh: (tokens, { http }) => http.get<AuthTokens>(`${API}/auth/${tokens?.refreshToken ?? ''}`),
    });
    server.open[0]?.fail(404);
    expect(printed.length).toBe(1);
    expect(printed[0]).toContain(`${API} answered 404`);
    expect(printed[0]).not.toContain('r0');
  });

  it('an endpoint with a user and a query', () => {
    const endpoint = `${API}/auth/token?key=canary`;
    const { server, caller, printed } = rejected({ refresh: postRefreshToken(endpoint) });
    server.open[0]?.succeed({ access_token: 'a1' }, { url: 'https://evil.example/', redirected: true });
    expect(caller.got).toEqual({ status: 0, code: 'refresh-unavailable' });
    expect(everyText([caller.failures, printed])).not.toContain('canary');
    const refresh = postRefreshToken('http://shop:canary@auth.example/token?key=canary');
    expect(everyText(thrownBy(() => setup({ refresh })))).toMatch(
      /http:\/\/auth\.example\/token(?!.*canary)/,
    );
  });

  it('an answer that has tokens for names', () => {
    const { session, printed } = setup({ signedIn: false });
    const names = { canary0a1b2c3: 1, 'canary.d4': { canary5e6f7: 1 }, oauth2_data: 1 };
    const error = thrownBy(() => {
      session.signIn(names);
    });
    expect(everyText([error, printed])).toContain('oauth2_data');
    expect(everyText([error, printed])).not.toContain('canary');
  });
});

describe("AuthError('refused') of another copy of the library, or of another frame", () => {
  it('ends the session', async () => {
    const refused = { name: 'AuthError', code: 'refused', message: '' };
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- no Error of this frame
    const { session, clock } = rejected({ refresh: () => Promise.reject(refused) });
    await clock.settle();
    expect(session.signedIn()).toBe(false);
  });

  const others: Record<string, unknown> = {
    'an answer that says so': { code: 'refused' },
    'a failed answer that says so': new HttpErrorResponse({
      status: 500,
      error: { name: 'AuthError', code: 'refused' },
    }),
    nothing: undefined,
  };
  for (const [name, failure] of Object.entries(others)) {
    it(`is not mistaken for ${name}`, async () => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as applications do
      const { session, clock } = rejected({ refresh: () => Promise.reject(failure) });
      await clock.settle();
      expect(session.signedIn()).toBe(true);
    });
  }
});

/** A page with one request whose token was rejected. */
function rejected(options: SetupOptions) {
  const page = setup(options);
  const caller = page.get('/orders');
  page.server.call.reject();
  return { ...page, caller };
}
