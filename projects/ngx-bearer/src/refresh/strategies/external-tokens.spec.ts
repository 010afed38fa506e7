import { externalTokens, localTokenStorage, provideAuth, requireAuth } from '../../public-api';
import { Caller } from '../../spec/caller';
import { API } from '../../spec/fake-server';
import { makeJwt } from '../../spec/jwt';
import { setup, thrownBy } from '../../spec/setup';

describe('externalTokens', () => {
  it('asks the SDK before the first request is sent: no 401 on load', async () => {
    const { page, sdk, settle } = withSdk('a0');
    page.get('/orders');
    page.get('/customers');
    expect(page.server.seen).toEqual([]);
    await settle();
    expect(page.server.seen).toEqual(['GET /orders a0', 'GET /customers a0']);
    expect([sdk.asked, page.session.signedIn()]).toEqual([['ask'], true]);
  });

  it('sends without a token while the SDK knows nobody, and asks before each request', async () => {
    const { page, sdk, settle } = withSdk(null);
    for (let index = 0; index < 7; index++) {
      page.get(`/${index}`);
      await settle();
    }
    expect(page.server.seen).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `GET /${index} without token`));
    expect([sdk.asked.length, page.events]).toEqual([7, []]);
    sdk.token = 'a0';
    page.get('/signed-in-meanwhile');
    await settle();
    expect(page.server.call.token).toBe('a0');
    expect(page.events.map(({ type }) => type)).toEqual(['signed-in']);
  });

  it('asks once for requests that are issued at once', async () => {
    const { page, sdk, settle } = withSdk(null);
    for (let index = 0; index < 7; index++) page.get(`/${index}`);
    await settle();
    expect([page.server.seen.length, sdk.asked]).toEqual([7, ['ask']]);
  });

  it('does not ask for a URL that no rule covers, nor while somebody is signed in', async () => {
    const { page, sdk, settle } = withSdk('a0');
    page.http.get('https://elsewhere.test/').subscribe();
    expect(page.server.seen).toEqual(['GET / without token']);
    page.get('/1');
    await settle();
    page.get('/2');
    expect([page.server.seen.length, sdk.asked]).toEqual([3, ['ask']]);
  });

  it('replays six parallel rejections after one forced refresh', async () => {
    const { page, sdk, settle } = withSdk('a0');
    const callers = [1, 2, 3, 4, 5, 6].map((index) => page.get(`/${index}`));
    await settle();
    sdk.next = 'a1';
    for (const sending of [...page.server.open]) sending.reject();
    await settle();
    expect(sdk.asked).toEqual(['ask', 'force']);
    for (const sending of [...page.server.open]) sending.succeed(sending.token);
    expect(callers.map(({ got }) => got)).toEqual(Array(6).fill('a1'));
  });

  it('refreshes a token that expires, by its own exp and iat', async () => {
    const first = makeJwt({ sub: 'alice', iat: 1000, exp: 1100 });
    const { page, sdk, settle } = withSdk(first);
    page.get('/1');
    await settle();
    sdk.next = makeJwt({ sub: 'alice', iat: 1100, exp: 1200 });
    page.clock.advance(101_000);
    page.get('/2');
    await settle();
    expect([page.server.call.token, sdk.asked]).toEqual([sdk.next, ['ask', 'force']]);
  });

  it('ends the session if the SDK has nobody any more, and asks again for the next request', async () => {
    const { page, sdk, settle } = withSdk('a0');
    const caller = page.get('/orders');
    await settle();
    Object.assign(sdk, { token: null, next: null });
    const rejection = page.server.call.reject();
    await settle();
    expect([caller.failure === rejection, page.session.signedIn()]).toEqual([true, false]);
    sdk.token = 'b0';
    page.get('/again');
    await settle();
    expect(page.server.call.token).toBe('b0');
  });

  it('keeps the session if the SDK fails, and callers get refresh-unavailable', async () => {
    const { page, sdk, settle } = withSdk('a0');
    const caller = page.get('/orders');
    await settle();
    sdk.next = new Error('no network');
    page.server.call.reject();
    await settle();
    expect(caller.got).toEqual({ status: 0, code: 'refresh-unavailable' });
    expect(page.session.signedIn()).toBe(true);
  });

  it('sends without a token if the SDK fails while nobody is signed in', async () => {
    const { page, sdk, settle } = withSdk(null);
    sdk.token = new Error('no network');
    page.get('/orders');
    await settle();
    expect(page.server.seen).toEqual(['GET /orders without token']);
  });

  it('is waited for by a required request, and by accessToken(), which asks once', async () => {
    const { page, sdk, settle } = withSdk(null);
    const caller = new Caller(page.http.get(`${API}/orders`, { context: requireAuth() }));
    await settle();
    expect([caller.got, page.server.seen]).toEqual([{ status: 401, code: 'not-signed-in' }, []]);
    expect([await page.session.accessToken(), sdk.asked]).toEqual([null, ['ask', 'ask']]);
    sdk.token = 'a0';
    expect(await page.session.accessToken()).toBe('a0');
  });

  it('notices that the SDK has signed in another user', async () => {
    const { page, sdk, settle } = withSdk(makeJwt({ sub: 'alice' }));
    const caller = page.get('/orders');
    await settle();
    sdk.next = makeJwt({ sub: 'bob' });
    const rejection = page.server.call.reject();
    await settle();
    expect(caller.failure).toBe(rejection);
    expect(page.session.claims()).toEqual({ sub: 'bob' });
  });

  it('takes undefined for nobody, as keycloak-js has it', async () => {
    const { page, settle } = withSdk(undefined as unknown as null);
    page.get('/orders');
    await settle();
    expect([page.server.seen, page.printed]).toEqual([['GET /orders without token'], []]);
  });

  it('goes with no storage: the SDK keeps the tokens', () => {
    const refresh = externalTokens(() => Promise.resolve(null));
    const storage = localTokenStorage();
    expect(String(thrownBy(() => provideAuth({ allow: [API], refresh, storage })))).toContain(
      "bad-config: 'storage' is given beside externalTokens",
    );
  });
});

/** What the SDK gives: a token, nobody, or an exception. */
type Given = string | null | Error;

function withSdk(token: Given) {
  const sdk = { token, next: token, asked: [] as string[] };
  const getToken = ({ forceRefresh }: { forceRefresh: boolean }): Promise<string | null> => {
    sdk.asked.push(forceRefresh ? 'force' : 'ask');
    const given = forceRefresh ? sdk.next : sdk.token;
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
  };
  const page = setup({ signedIn: false, refresh: externalTokens(getToken) });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { page, sdk, settle };
}
