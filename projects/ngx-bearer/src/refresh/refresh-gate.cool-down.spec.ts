import { retry } from 'rxjs';
import type { AuthEvent } from '../public-api';
import { Caller } from '../spec/caller';
import { API, FakeServer } from '../spec/fake-server';
import { afterwards, authErrorOf, type Page, setup, type SetupOptions } from '../spec/setup';

const UNAVAILABLE = 'refresh-unavailable';

describe('the cool-down after a failed refresh', () => {
  it('is 1 s, doubles with each failure in a row, and stops at 30 s', () => {
    const page = withoutJitter();
    expect(lengths(page, 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('starts at 1 s again after a success', () => {
    const page = withoutJitter();
    lengths(page, 3);
    page.get('/healed');
    page.server.expireAccessToken();
    page.server.answerAll();
    expect(lengths(page, 2)).toEqual([1000, 2000]);
  });

  it('starts at 1 s again for another session', () => {
    const page = withoutJitter();
    lengths(page, 3);
    page.session.signIn(page.server.issueTokens());
    expect(lengths(page, 1)).toEqual([1000]);
  });

  it('is 20 % shorter or longer at most, and spread over all between', () => {
    const firsts = Array.from({ length: 300 }, () => {
      const page = setup();
      const [length = NaN] = lengths(page, 1);
      page.leave();
      return length;
    });
    expect(Math.min(...firsts)).toBeGreaterThan(799);
    expect(Math.max(...firsts)).toBeLessThan(1201);
    for (let from = 800; from < 1200; from += 100) {
      expect(firsts.filter((length) => length >= from && length < from + 100).length).toBeGreaterThan(20);
    }
  });

  it('keeps its jitter where it has stopped to double', () => {
    for (const [random, longest] of [
      [0, 24_000],
      [1 - 2 ** -53, 36_000],
    ] as const) {
      stubRandom(random);
      const page = setup({ refreshLimit: { count: 1e6, withinMs: 1 } });
      expect(Math.round(lengths(page, 7).at(-1) ?? NaN)).toBe(longest);
      page.leave();
    }
  });

  it('fails rejected and new requests at once, and nothing is sent to the token endpoint', () => {
    const { server, get, clock } = failing();
    clock.advance(799);
    for (let index = 0; index < 50; index++) {
      expect(get(`/${index}`).got).toEqual({ status: 503, code: UNAVAILABLE });
    }
    expect(server.seen).toEqual(['GET /orders a0', 'refresh r0']);
  });

  it('fails a request that is rejected meanwhile', () => {
    const { server, get } = setup();
    const [first, late] = [get('/first'), get('/late')];
    const [firstSending, lateSending] = server.calls;
    firstSending?.reject();
    server.refresh.fail(503);
    lateSending?.reject();
    expect([first.got, late.got]).toEqual([
      { status: 503, code: UNAVAILABLE },
      { status: 503, code: UNAVAILABLE },
    ]);
    expect(server.refreshes.length).toBe(1);
  });

  it('is kept by refresh() and accessToken()', async () => {
    const { server, session } = failing();
    expect((await authErrorOf(session.refresh())).code).toBe(UNAVAILABLE);
    expect((await authErrorOf(session.accessToken())).code).toBe(UNAVAILABLE);
    expect(server.refreshes.length).toBe(1);
  });

  it('tells when it ends, by the local clock', () => {
    stubRandom(0.5);
    const { events } = failing();
    expect(events).toEqual([
      { type: UNAVAILABLE, reason: 'server', retryAt: Date.now() + 1000, origin: 'this-tab' },
    ]);
  });

  it('runs on a clock that nobody can set', () => {
    stubRandom(0.5);
    const { server, get, clock } = failing();
    clock.adjustWallClock(3_600_000);
    get('/early');
    expect(server.refreshes.length).toBe(1);
    clock.adjustWallClock(-7_200_000);
    clock.advance(1000);
    get('/late');
    expect(server.refreshes.length).toBe(2);
  });

  it('runs no timer', () => {
    expect(failing().clock.pendingTimers).toBe(0);
  });

  it('is over when the network comes back', () => {
    const { server, get } = failing(0);
    dispatchEvent(new Event('online'));
    const caller = get('/next');
    expect(server.refreshes.length).toBe(2);
    server.answerAll();
    expect(caller.got).toBe('GET /next a1');
  });

  it('doubles on although the network came back', () => {
    const page = withoutJitter();
    lengths(page, 1);
    expect(failRefresh(page)).toBe(2000);
    dispatchEvent(new Event('online'));
    expect(failRefresh(page)).toBe(4000);
  });

  it('is over with a sign-in', () => {
    const { session, server, get } = failing();
    session.signIn({ accessToken: 'b0', refreshToken: 's0' });
    get('/next');
    server.call.reject();
    expect(server.seen.slice(-2)).toEqual(['GET /next b0', 'refresh s0']);
  });

  it('leaves a token that nobody has rejected in use', async () => {
    const { server, session, get, clock } = setup({ server: new FakeServer({ lifeSeconds: 100 }) });
    clock.advance(95_000);
    get('/a');
    server.refresh.fail(503);
    get('/b');
    expect(await session.accessToken()).toBe('a0');
    expect(server.seen.filter((line) => line === 'refresh r0').length).toBe(1);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2027, 0, 1);
  const date = (inMs: number): string => new Date(now + inMs).toUTCString();
  const asked: [string, Record<string, string>, number][] = [
    ['seconds', { 'Retry-After': '7' }, 7000],
    ['seconds with spaces around', { 'Retry-After': ' 7 ' }, 7000],
    ['60 s', { 'Retry-After': '60' }, 60_000],
    ['an hour, capped at 60 s', { 'Retry-After': '3600' }, 60_000],
    ['more seconds than a number holds, capped', { 'Retry-After': '9'.repeat(400) }, 60_000],
    ['a date', { 'Retry-After': date(20_000) }, 20_000],
    ['a date far off, capped at 60 s', { 'Retry-After': date(1e9) }, 60_000],
    ['a date by the clock of the server', { 'Retry-After': date(-7_195_000), Date: date(-7_200_000) }, 5000],
    ['a date, with a Date that is none', { 'Retry-After': date(20_000), Date: 'yesterday' }, 20_000],
    ['a date of the past', { 'Retry-After': date(-20_000) }, 1000],
    ['garbage', { 'Retry-After': 'soon' }, 1000],
    ['garbage in which some browsers find a date', { 'Retry-After': 'soon 2099' }, 1000],
    ['a number below nothing', { 'Retry-After': '-5' }, 1000],
    ['a number that is not decimal', { 'Retry-After': '0x10' }, 1000],
    ['no seconds', { 'Retry-After': '0' }, 1000],
    ['a date of another zone', { 'Retry-After': `${date(20_000)}-0100` }, 1000],
    ['nothing', { 'Retry-After': '' }, 1000],
  ];
  for (const [name, headers, delayMs] of asked) {
    for (const status of [503, 429]) {
      it(`with ${name} on a ${status} gives ${delayMs} ms`, () => {
        const page = withoutJitter();
        page.get('/orders');
        page.server.call.reject();
        page.server.refresh.fail(status, { headers });
        expect(lengthFrom(page.events)).toBe(delayMs);
        page.clock.advance(delayMs - 1);
        page.get('/early');
        expect(page.server.refreshes.length).toBe(1);
        page.clock.advance(1);
        page.get('/late');
        expect(page.server.refreshes.length).toBe(2);
      });
    }
  }

  it('is ended by the network that comes back too', () => {
    const { server, get } = failing(503, { 'Retry-After': '60' });
    dispatchEvent(new Event('online'));
    get('/next');
    expect(server.refreshes.length).toBe(2);
  });
});

describe('the refresh limit', () => {
  const refreshLimit = { count: 2, withinMs: 10_000 };

  it('lets as many refreshes begin in its window, and no more', () => {
    const { server, get, session, events } = setup({ refreshLimit });
    for (const path of ['/a', '/b', '/c', '/d']) healOrFail({ server, get }, path);
    expect(server.refreshes.length).toBe(2);
    expect(session.signedIn()).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(['refreshed', 'refreshed', UNAVAILABLE]);
  });

  it('tells callers refresh-limit, the listeners when it ends, and sends nothing', () => {
    const { server, get, clock, events } = setup({ refreshLimit });
    healOrFail({ server, get }, '/a');
    clock.advance(4000);
    healOrFail({ server, get }, '/b');
    const rejected = get('/rejected');
    server.call.reject();
    const held = get('/held');
    for (const [caller, path] of [
      [rejected, '/rejected'],
      [held, '/held'],
    ] as const) {
      expect(caller.got).toEqual({ status: 0, code: 'refresh-limit' });
      expect(caller.failure.url).toBe(API + path);
    }
    expect(events.at(-1)).toEqual({
      type: UNAVAILABLE,
      reason: 'limit',
      retryAt: Date.now() + 6000,
      origin: 'this-tab',
    });
    clock.advance(5999);
    expect(get('/early').got).toEqual({ status: 0, code: 'refresh-limit' });
    expect(server.refreshes.length).toBe(2);
    clock.advance(1);
    get('/late');
    expect(server.refreshes.length).toBe(3);
  });

  it('counts refreshes that fail', () => {
    stubRandom(0.5);
    const { server, get, clock } = setup({ refreshLimit });
    get('/a');
    server.call.reject();
    server.refresh.fail(503);
    clock.advance(1000);
    get('/b');
    server.refresh.fail(503);
    clock.advance(2000);
    expect(get('/c').got).toEqual({ status: 0, code: 'refresh-limit' });
  });

  it('is not lifted by a sign-in, nor by the network that comes back', () => {
    const { server, get, session } = setup({ refreshLimit });
    for (const path of ['/a', '/b']) healOrFail({ server, get }, path);
    session.signIn(server.issueTokens());
    const caller = get('/c');
    server.call.reject();
    dispatchEvent(new Event('online'));
    const later = get('/d');
    expect([caller.got, later.got]).toEqual([
      { status: 0, code: 'refresh-limit' },
      { status: 0, code: 'refresh-limit' },
    ]);
    expect(server.refreshes.length).toBe(2);
  });

  it('runs on a clock that nobody can set', () => {
    const { server, get, clock } = setup({ refreshLimit, server: new FakeServer({ lifeSeconds: null }) });
    for (const path of ['/a', '/b']) healOrFail({ server, get }, path);
    clock.adjustWallClock(3_600_000);
    const caller = get('/c');
    server.call.reject();
    expect(caller.got).toEqual({ status: 0, code: 'refresh-limit' });
    expect(server.refreshes.length).toBe(2);
  });

  for (const times of [1, 5, 100]) {
    it(`holds under ${times} retries of a call whose every token is rejected`, () => {
      const { http, server, clock } = setup();
      const caller = new Caller(http.get(`${API}/orders`).pipe(retry(times)));
      server.rejectAll();
      expect(server.refreshes.length).toBe(Math.min(times + 1, 5));
      expect([caller.settlements, clock.pendingTimers]).toEqual([1, 0]);
    });
  }
});

/** Answers until the call ends: a rejection of the first token, nothing wrong with the next. */
function healOrFail({ server, get }: Pick<Page, 'server' | 'get'>, path: string): void {
  get(path);
  server.expireAccessToken();
  server.answerAll();
}

/** A refresh has just failed for a rejected request. */
function failing(status = 503, headers: Record<string, string> = {}) {
  const page = setup();
  page.get('/orders');
  page.server.call.reject();
  page.server.refresh.fail(status, { headers });
  return page;
}

function withoutJitter(options: SetupOptions = {}) {
  stubRandom(0.5);
  return setup({ refreshLimit: { count: 1e6, withinMs: 1 }, ...options });
}

/** The lengths of so many cool-downs in a row, in milliseconds; each has passed. */
function lengths(page: Page, count: number): number[] {
  return Array.from({ length: count }, () => {
    const length = failRefresh(page);
    page.clock.advance(length);
    return length;
  });
}

/** Has a refresh run and fail; the length of the cool-down. */
function failRefresh(page: Page): number {
  page.get('/orders');
  if (page.server.call.isOpen) page.server.call.reject();
  page.server.refresh.fail(503);
  return lengthFrom(page.events);
}

/** The length of a cool-down that has just begun. */
function lengthFrom(events: readonly AuthEvent[]): number {
  const last = events.at(-1);
  return last?.type === 'refresh-unavailable' ? last.retryAt - Date.now() : NaN;
}

function stubRandom(value: number): void {
  const { random } = Math;
  Math.random = () => value;
  afterwards(() => {
    Math.random = random;
  });
}
