import { throwError } from 'rxjs';
import { type AuthTokens, postRefreshToken, localTokenStorage } from './public-api';
import { everyText } from './spec/every-text';
import { FakeOrigin } from './spec/fake-origin';
import { API, TOKEN_ENDPOINT } from './spec/fake-server';
import { authErrorOf, type Page, setup, type SetupOptions } from './spec/setup';

const CANARY = /canary/i;
const TOKENS = { accessToken: 'canary-a0', refreshToken: 'canary-r0', expiresIn: 3600 };
const NEXT = { access_token: 'canary-a1', refresh_token: 'canary-r1', expires_in: 3600 };

/** Ways for a refresh to end, each with a token where it may come to light. */
const ends: Record<string, (page: Page) => void> = {
  'new tokens': ({ server }) => server.refresh.succeed(NEXT),
  'a body that quotes a token': ({ server }) =>
    void server.refresh.fail(503, { body: { detail: 'cannot take canary-r0' } }),
  'a text that quotes a token': ({ server }) => void server.refresh.fail(500, { body: 'no canary-a0' }),
  'a header that quotes a token': ({ server }) =>
    void server.refresh.fail(503, { headers: { 'X-Debug': 'refused canary-r0' } }),
  'a URL that quotes a token': ({ server }) =>
    void server.refresh.fail(503, { url: `${TOKEN_ENDPOINT}?token=canary-r0` }),
  'a blob': ({ server }) => void server.refresh.fail(503, { body: new Blob(['canary-r0']) }),
  'a success that cannot be parsed': ({ server }) =>
    void server.refresh.fail(200, { body: { error: new SyntaxError('canary-a1'), text: '{canary-a1' } }),
  'a success with an unusable token': ({ server }) =>
    server.refresh.succeed({ ...NEXT, access_token: 'canary a1' }),
  'a redirect': ({ server }) => server.refresh.succeed(NEXT, { url: 'https://evil.example/?canary' }),
  'no network': ({ server }) => void server.refresh.fault(new TypeError('fetch failed for canary-r0')),
  'a refusal': ({ server }) => void server.refresh.fail(401, { body: { token: 'canary-r0' } }),
  'a timeout': ({ clock }) => clock.advance(10_000),
  'a sign-out': ({ session }) => void session.signOut(),
};

describe('I24: no token shows in an error, an event, the console, a URL or the name of a key, after', () => {
  for (const [name, end] of Object.entries(ends)) {
    it(name, async () => {
      const page = await leaky();
      end(page);
      for (const sending of page.server.open) sending.succeed('done');
      expect(await everythingShown(page)).not.toMatch(CANARY);
    });
  }

  const faults: Record<string, NonNullable<SetupOptions['refresh']>> = {
    'a strategy that throws a token': (tokens) => {
      throw new Error(JSON.stringify(tokens));
    },
    'a strategy whose error has a token for a cause': (tokens) => {
      throw new Error('no', { cause: tokens });
    },
    'a strategy that throws the tokens themselves': (tokens) => throwError(() => tokens),
    'a strategy that answers nonsense with a token in it': () =>
      Promise.resolve({ jwt: 'canary-a1' } as unknown as AuthTokens),
    'a read that throws a token': postRefreshToken(TOKEN_ENDPOINT, {
      read: (response) => {
        throw new Error(JSON.stringify(response));
      },
    }),
  };
  for (const [name, refresh] of Object.entries(faults)) {
    it(name, async () => {
      const page = await leaky({ refresh });
      if (page.server.refreshes.length) page.server.refresh.succeed(NEXT);
      await page.clock.settle();
      expect(page.callers.map(({ settlements }) => settlements)).toEqual([1, 1]);
      expect(await everythingShown(page)).not.toMatch(CANARY);
    });
  }

  it('a sign-in with an unusable answer', () => {
    const { session, printed } = setup({ signedIn: false });
    for (const response of [{ access_token: 'canary 1' }, { data: NEXT }, 'canary']) {
      try {
        session.signIn(response);
      } catch (error) {
        expect(everyText(error)).not.toMatch(CANARY);
      }
    }
    expect(session.signedIn()).toBe(false);
    expect(printed.join()).not.toMatch(CANARY);
  });

  it('a look at AuthSession', async () => {
    const { session } = await leaky();
    expect(everyText(session)).not.toMatch(CANARY);
    expect(Object.keys(session).sort()).toEqual(['claims', 'events', 'expiresAt', 'refreshing', 'signedIn']);
  });
});

/** A session of canaries, kept by localTokenStorage(), with one request rejected and one held. */
async function leaky(options: SetupOptions = {}) {
  const origin = new FakeOrigin();
  const { provider } = origin.openTab();
  const page = setup({ storage: localTokenStorage(), signedIn: false, ...options, providers: [provider] });
  page.session.signIn(TOKENS);
  await page.clock.settle();
  const callers = [page.get('/rejected')];
  page.server.call.reject();
  callers.push(page.get('/held'));
  await page.clock.settle();
  return { ...page, callers, origin };
}

/** All that somebody could see who may not see a token; what is sent to the API and kept in the store may. */
async function everythingShown(page: Awaited<ReturnType<typeof leaky>>): Promise<string> {
  const { callers, clock, events, origin, printed, server, session } = page;
  await clock.settle();
  const asked = session.accessToken().catch((error: unknown) => error);
  const forced = authErrorOf(session.refresh());
  const locks = origin.locks.names;
  await clock.settle();
  if (server.refreshes.at(-1)?.isOpen) server.refresh.fail(401);
  const failures = [...callers.flatMap((caller) => caller.failures), await forced];
  const token = await asked;
  const urls = server.sendings.map(({ request }) => request.urlWithParams);
  const { database, local } = origin;
  const keys = [...local.keys(), ...database.opened, ...database.entries.keys(), ...locks];
  expect(keys.length).toBeGreaterThan(1);
  expect(urls.every((url) => url.startsWith(API))).toBe(true);
  return everyText([failures, typeof token === 'string' ? null : token, events, printed, urls, keys]);
}
