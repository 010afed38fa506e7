import { HttpRequest } from '@angular/common/http';
import { retry } from 'rxjs';
import { localTokenStorage, skipAuth } from './public-api';
import { Caller } from './spec/caller';
import { API, FakeServer } from './spec/fake-server';
import { FakeStore, SharedStore } from './spec/fake-store';
import { tokensIn } from './spec/records';
import { authErrorOf, setup, type SetupOptions } from './spec/setup';

const OTHER_USER = { accessToken: 'b0', refreshToken: 's0', expiresIn: 3600 };
const ORDERS = `${API}/orders`;

describe('the invariants', () => {
  it('I1: a token leaves only to an allowed origin and path, over http(s), without userinfo', () => {
    const { http, server } = setup({ allow: [`${API}/v1`] });
    const urls = [
      `${API}/v1/orders`,
      `${API}/v2/orders`,
      `${API}/v1/%2e%2e/v2`,
      'https://user@api.example.com/v1',
      'http://api.example.com/v1',
      'https://api.example.com.evil.example/v1',
      'blob:https://api.example.com/v1',
    ];
    for (const url of urls) http.get(url).subscribe();
    expect(server.sendings.map(({ token }) => token)).toEqual(['a0', ...Array<null>(6).fill(null)]);
  });

  for (const count of [1, 6, 100, 10_000]) {
    it(`I2: refreshes = 1 for ${count} parallel rejections, and each call is replayed once`, () => {
      const { server, get } = setup();
      const callers = Array.from({ length: count }, (_, index) => get(`/${index}`));
      server.expireAccessToken();
      server.answerAll();
      expect([server.refreshes.length, server.calls.length]).toEqual([1, 2 * count]);
      expect(callers.filter(({ got }, index) => got === `GET /${index} a1`).length).toBe(count);
    });
  }

  it('I2: at most one refresh runs at any instant, whoever asks', async () => {
    const { server, session, get, clock } = setup({ server: new FakeServer({ lifeSeconds: 100 }) });
    clock.advance(95_000);
    const calls = ['/a', '/b', '/c'].map(get);
    const asked = [session.refresh(), session.accessToken(), session.refresh()];
    for (const sending of [...server.calls]) sending.reject();
    calls.push(get('/held'));
    clock.advance(5000);
    asked.push(session.accessToken());
    expect(server.refreshes.filter(({ isOpen }) => isOpen).length).toBe(1);
    server.answerAll();
    expect((await Promise.all(asked)).filter(Boolean)).toEqual(['a0', 'a1']);
    expect([server.refreshes.length, calls.every(({ settlements }) => settlements === 1)]).toEqual([1, true]);
  });

  it('I3: every sending carries a token of the session it was issued in, or is none', () => {
    const { session, server, get } = setup();
    get('/of-a');
    const rejected = server.call;
    session.signOut();
    get('/of-nobody');
    const anonymous = server.call;
    session.signIn(OTHER_USER);
    get('/of-b');
    for (const sending of [rejected, anonymous, server.call]) sending.reject();
    server.refresh.succeed({ access_token: 'b1' });
    expect(server.calls.map(String)).toEqual([
      'GET /of-a a0',
      'GET /of-nobody without token',
      'GET /of-b b0',
      'GET /of-b b1',
    ]);
  });

  it('I4: no token of an earlier session leaves after a sign-out or a sign-in', () => {
    const { session, server, get } = rejectedAndHeld();
    const before = server.sendings.length;
    session.signOut();
    get('/a');
    session.signIn(OTHER_USER);
    get('/b');
    server.call.reject();
    expect(server.seen.slice(before)).toEqual(['GET /a without token', 'GET /b b0', 'refresh s0']);
  });

  it('I5: a refresh token is not used again once it was answered, nor before its cool-down after an unclear end', () => {
    const { server, get, clock } = setup();
    for (let round = 0; round < 3; round++) {
      get('/orders');
      server.expireAccessToken();
      server.answerAll();
    }
    get('/orders');
    server.call.reject();
    server.refresh.fail(0);
    clock.advance(799);
    get('/early');
    clock.advance(401);
    get('/late');
    expect(server.refreshes.map(({ token }) => token)).toEqual(['r0', 'r1', 'r2', 'r3', 'r3']);
  });

  it('I6: the store holds nothing or one readable record, with both tokens from one answer', () => {
    const storage = new FakeStore();
    const { server, session, get } = setup({ storage });
    get('/orders');
    server.expireAccessToken();
    server.answerAll();
    get('/orders');
    server.call.reject();
    server.refresh.succeed({ access_token: 'x1' });
    session.signIn(OTHER_USER);
    session.signOut();
    expect(storage.writes.map(tokensIn)).toEqual([
      ['a0', 'r0'],
      ['a1', 'r1'],
      ['x1', 'r1'],
      ['b0', 's0'],
      null,
    ]);
  });

  it('I8: a cancelled request emits nothing and starts nothing', () => {
    const { server, callers, get } = rejectedAndHeld();
    for (const caller of callers) caller.cancel();
    const sent = get('/sent-and-cancelled');
    sent.cancel();
    server.answerAll();
    expect([...callers, sent].map(({ settlements, values }) => settlements + values.length)).toEqual([
      0, 0, 0, 0,
    ]);
    expect(server.seen.at(-1)).toBe('refresh r0');
  });

  it('I9: a subscription is sent twice at most, the second time only after a rejection', () => {
    const { http, server } = setup({ refreshLimit: { count: 100, withinMs: 1000 } });
    const request = http.get(ORDERS).pipe(retry(3));
    request.subscribe({ error: () => undefined });
    server.rejectAll();
    expect(server.calls.length).toBe(8);
    http.get(ORDERS).subscribe({ error: () => undefined });
    server.call.fail(500);
    expect(server.calls.length).toBe(9);
  });

  it('I10: a server that checks the token first applies each call once', () => {
    const { http, server } = setup();
    for (let index = 0; index < 20; index++) http.post(`${API}/${index}`, { index }).subscribe();
    server.expireAccessToken();
    server.answerAll();
    const applied = server.calls.filter(({ token }) => token === 'a1').map(({ bodyText }) => bodyText);
    expect(applied).toEqual(Array.from({ length: 20 }, (_, index) => `{"index":${index}}`));
  });

  it('I13: callers cannot abort a refresh', () => {
    const { server, session, callers } = rejectedAndHeld();
    for (const caller of callers) caller.cancel();
    expect([server.refresh.isCancelled, session.refreshing()]).toEqual([false, true]);
  });

  it('I15: a refusal of the current refresh token ends the session once, of an older one not at all', async () => {
    const refused = rejectedAndHeld();
    refused.server.refresh.fail(401);
    refused.get('/next');
    expect(refused.events.map(({ type }) => type)).toEqual(['signed-out']);

    const store = new SharedStore();
    const older = rejectedAndHeld({ storage: store });
    const other = setup({ storage: store.ofAnotherTab(), signedIn: false });
    store.isQuiet = true;
    const forced = other.session.refresh();
    other.server.refresh.succeed({ access_token: 'a9', refresh_token: 'r9' });
    await forced;
    older.server.refresh.fail(401);
    expect([older.session.signedIn(), older.server.call.token]).toEqual([true, 'a9']);
  });

  it('I16: a refresh starts for nothing but a rejection of the current token, its expiry, or refresh()', () => {
    const { server, session, get, http } = setup();
    for (const status of [0, 400, 403, 404, 419, 500]) {
      get('/failing');
      server.call.fail(status);
    }
    get('/scope');
    server.call.reject('Bearer error="insufficient_scope"');
    http.get(ORDERS, { context: skipAuth() }).subscribe({ error: () => undefined });
    server.call.reject();
    get('/late');
    const late = server.call;
    session.signIn(OTHER_USER);
    late.reject();
    expect(server.refreshes.length).toBe(0);
  });

  it('I17: a refused refresh token is never sent again', async () => {
    const { server, session, get, clock } = setup({ server: new FakeServer({ lifeSeconds: 100 }) });
    clock.advance(95_000);
    get('/a');
    server.refresh.fail(401);
    for (const path of ['/b', '/c']) get(path);
    server.call.reject();
    clock.advance(1e6);
    get('/d');
    await authErrorOf(session.refresh());
    expect(server.refreshes.length).toBe(1);
  });

  it('I18: an ended session comes back only by a sign-in', () => {
    const { server, session, get, clock } = rejectedAndHeld();
    server.refresh.fail(403);
    clock.advance(1e6);
    get('/later');
    server.call.reject();
    expect([session.signedIn(), server.call.token, server.refreshes.length]).toEqual([false, null, 1]);
    session.signIn(OTHER_USER);
    expect(session.signedIn()).toBe(true);
  });

  it('I19: at most refreshLimit refreshes begin in its window, however many retry() sit above', () => {
    const { http, server } = setup({ refreshLimit: { count: 3, withinMs: 1000 } });
    for (let caller = 0; caller < 10; caller++) {
      http
        .get(ORDERS)
        .pipe(retry(20))
        .subscribe({ error: () => undefined });
    }
    server.rejectAll();
    expect(server.refreshes.length).toBe(3);
  });

  it('I20: a 401 that is not replayed reaches the caller as the object it was', () => {
    const { http, server, session } = setup({ replay: 'idempotent' });
    const notReplayed = new Caller(http.post(ORDERS, null));
    const first = server.call.reject();
    server.refresh.fail(401);
    const signedOut = new Caller(http.get(ORDERS));
    const second = server.call.reject();
    session.signIn(OTHER_USER);
    const otherUser = new Caller(http.get(ORDERS));
    session.signOut();
    const third = server.call.reject();
    expect([notReplayed, signedOut, otherUser].map(({ failure }) => failure)).toEqual([first, second, third]);
    expect(notReplayed.failure).toBe(first);
    expect(signedOut.failure).toBe(second);
    expect(otherUser.failure).toBe(third);
  });

  it('I21: of a discarded sending the events tell of nothing but Sent, and of one response', () => {
    const { http, server } = setup();
    const caller = new Caller(http.get(ORDERS, { observe: 'events' }));
    server.expireAccessToken();
    server.answerAll();
    expect(caller.values.map(({ type }) => type)).toEqual([0, 0, 4]);
    expect(caller.settlements).toBe(1);
  });

  it('I22: the replay differs in the bearer header alone', () => {
    const { http, server } = setup();
    const body = { count: 1 };
    http.post(`${ORDERS}?page=2`, body, { headers: { 'X-Trace': 't' }, withCredentials: true }).subscribe();
    body.count = 2;
    server.expireAccessToken();
    server.answerAll();
    const [first, second] = server.calls.map(({ request, bodyText }) => [
      request.method,
      request.urlWithParams,
      request.withCredentials,
      request.context,
      request.headers.get('X-Trace'),
      request.headers.keys(),
      bodyText,
    ]);
    expect(second).toEqual(first);
    expect(server.calls.map(({ token }) => token)).toEqual(['a0', 'a1']);
  });

  it('I23: a request that is not ours is sent once, as the same object, without a wait', () => {
    const { http, server } = rejectedAndHeld();
    const request = new HttpRequest('GET', 'https://elsewhere.example/');
    const caller = new Caller(http.request(request));
    expect(server.call.request).toBe(request);
    const answer = server.call.reject();
    expect(caller.failure).toBe(answer);
    expect(server.calls.filter((sending) => sending.request === request).length).toBe(1);
  });

  const storages = { memory: undefined, localTokenStorage: localTokenStorage() };
  for (const [name, storage] of Object.entries(storages)) {
    it(`I26: with a good token the request is sent in the same turn (${name})`, () => {
      const options = storage ? { storage } : {};
      setup(options).leave();
      const { server, get } = setup({ ...options, signedIn: !storage });
      get('/orders');
      expect(server.seen).toEqual(['GET /orders a0']);
    });
  }

  it('I27: held requests go out in order of issue', () => {
    const { server, get } = rejectedAndHeld();
    for (const path of ['/x', '/y', '/z']) get(path);
    server.answer(server.refresh);
    expect(server.seen.slice(3)).toEqual(
      ['/first', '/second', '/held', '/x', '/y', '/z'].map((path) => `GET ${path} a1`),
    );
  });
});

/** Two requests rejected, the second first, so that a refresh runs, and one held behind it. */
function rejectedAndHeld(options: SetupOptions = {}) {
  const page = setup(options);
  const callers = ['/first', '/second'].map(page.get);
  for (const sending of [...page.server.calls].reverse()) sending.reject();
  callers.push(page.get('/held'));
  return { ...page, callers };
}
