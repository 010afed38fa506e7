import { HttpClient } from '@angular/common/http';
import { effect, inject, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { concat, EMPTY, NEVER, of, throwError } from 'rxjs';
import { type AuthConfig, type AuthTokens, type RefreshContext } from './public-api';
import { API } from './spec/fake-server';
import { setup, type SetupOptions } from './spec/setup';

type OnSignOut = NonNullable<AuthConfig['onSignOut']>;

const ENDPOINT = `${API}/logout`;

/** However the server takes it, the promise resolves. */
const endings: Readonly<Record<string, OnSignOut>> = {
  'a value': () => of('done'),
  nothing: () => EMPTY,
  'a promise': () => Promise.resolve(),
  'an error': () => throwError(() => new Error('no')),
  'a promise that rejects': () => Promise.reject(new Error('no')),
  'an exception': () => {
    throw new Error('no');
  },
  'something else': () => undefined as unknown as [],
};

describe('signOut', () => {
  it('ends the session in the same turn, before onSignOut runs', () => {
    const seen: boolean[] = [];
    const page = setup({ onSignOut: () => (seen.push(page.session.signedIn()), EMPTY) });
    page.session.signOut();
    expect(seen).toEqual([false]);
    expect(page.events).toEqual([{ type: 'signed-out', reason: 'user', origin: 'this-tab' }]);
  });

  it('gives onSignOut the tokens, and a client that passes no interceptor', async () => {
    const given: AuthTokens[] = [];
    const { page, ended } = signingOut((tokens, { http }) => {
      given.push(tokens);
      return http.post(ENDPOINT, null);
    });
    expect(given).toEqual([{ accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 }]);
    expect(page.server.seen).toEqual(['POST /logout without token']);
    expect(await isOpen(ended)).toBe(true);
    page.server.call.succeed();
    expect(await isOpen(ended)).toBe(false);
  });

  it('sends nothing of the session while onSignOut runs', () => {
    const { page } = signingOut(() => NEVER);
    page.get('/orders');
    expect(page.server.seen).toEqual(['GET /orders without token']);
  });

  for (const [name, onSignOut] of Object.entries(endings)) {
    it(`resolves if onSignOut ends with ${name}`, async () => {
      const { ended, page } = signingOut(onSignOut);
      expect(await isOpen(ended)).toBe(false);
      expect(page.session.signedIn()).toBe(false);
      expect(page.clock.pendingTimers).toBe(0);
    });
  }

  it('resolves when the last of several values is there', async () => {
    const { page, ended } = signingOut((_tokens, { http }) =>
      concat(http.post(`${ENDPOINT}/1`, null), http.post(`${ENDPOINT}/2`, null)),
    );
    page.server.call.succeed();
    expect(await isOpen(ended)).toBe(true);
    page.server.call.succeed();
    await ended;
    expect(page.server.seen).toEqual(['POST /logout/1 without token', 'POST /logout/2 without token']);
  });

  it('does not wait longer than refreshTimeout for a server that hangs, and calls the request off', async () => {
    const signals: AbortSignal[] = [];
    const onSignOut: OnSignOut = (_tokens, { http, signal: abort }) => {
      signals.push(abort);
      return http.post(ENDPOINT, null);
    };
    const { page, ended } = signingOut(onSignOut, { refreshTimeout: 3000 });
    page.clock.advance(2999);
    expect(await isOpen(ended)).toBe(true);
    page.clock.advance(1);
    await ended;
    expect([page.server.call.isCancelled, signals.map(({ aborted }) => aborted)]).toEqual([true, [true]]);
    expect(page.clock.pendingTimers).toBe(0);
  });

  it('holds nobody up meanwhile: another user signs in, and calls', () => {
    const { page } = signingOut(() => NEVER);
    page.session.signIn({ accessToken: 'b0' });
    page.get('/orders');
    expect(page.server.seen).toEqual(['GET /orders b0']);
  });

  it('is resolved by the end of the application, which calls the request off', async () => {
    const { page, ended } = signingOut((_tokens, { http }) => http.post(ENDPOINT, null));
    page.leave();
    await ended;
    expect(page.server.call.isCancelled).toBe(true);
    expect(page.clock.pendingTimers).toBe(0);
  });

  it('resolves after the end of the application', async () => {
    const page = setup({ onSignOut: () => EMPTY });
    page.leave();
    expect(await isOpen(page.session.signOut())).toBe(false);
  });

  it('runs onSignOut in an injection context', () => {
    const found: unknown[] = [];
    const { page } = signingOut(() => (found.push(inject(HttpClient)), EMPTY));
    expect(found).toEqual([page.http]);
  });

  it('may be called in an effect, which does not depend on what onSignOut reads', () => {
    const read = signal(0);
    let runs = 0;
    const page = setup({ onSignOut: () => (read(), EMPTY) });
    TestBed.runInInjectionContext(() =>
      effect(() => {
        runs++;
        page.session.signOut();
      }),
    );
    TestBed.tick();
    read.set(1);
    TestBed.tick();
    expect(runs).toBe(1);
  });
});

describe('onSignOut', () => {
  it('is not called while nobody is signed in, and signOut resolves', async () => {
    const calls: AuthTokens[] = [];
    const { session } = setup({ signedIn: false, onSignOut: (tokens) => (calls.push(tokens), EMPTY) });
    await session.signOut();
    expect(calls).toEqual([]);
  });

  it('is called once, however often the user signs out', async () => {
    const calls: AuthTokens[] = [];
    const { session } = setup({ onSignOut: (tokens) => (calls.push(tokens), EMPTY) });
    await Promise.all([session.signOut(), session.signOut()]);
    expect(calls.length).toBe(1);
  });

  it('is not called if the server refuses the session', () => {
    const calls: AuthTokens[] = [];
    const { get, server, session } = setup({ onSignOut: (tokens) => (calls.push(tokens), EMPTY) });
    get('/orders');
    server.call.reject();
    server.refresh.fail(401);
    expect([session.signedIn(), calls]).toEqual([false, []]);
  });

  it('is left out by most: then signOut resolves at once', async () => {
    const { session, clock } = setup();
    await session.signOut();
    expect(clock.pendingTimers).toBe(0);
  });

  it('gets the tokens of the refresh before, and the refresh under way is called off', () => {
    const given: AuthTokens[] = [];
    const { page } = signingOut(
      (tokens) => (given.push(tokens), EMPTY),
      {},
      (page) => {
        page.get('/orders');
        page.server.call.reject();
        page.server.answer(page.server.refresh);
        page.session.refresh().catch(() => undefined);
      },
    );
    expect(given.map(({ refreshToken }) => refreshToken)).toEqual(['r1']);
    expect(page.server.refresh.isCancelled).toBe(true);
  });
});

function signingOut(
  onSignOut: (tokens: AuthTokens, context: RefreshContext) => ReturnType<OnSignOut>,
  options: SetupOptions = {},
  before: (page: ReturnType<typeof setup>) => void = () => undefined,
) {
  const page = setup({ ...options, onSignOut });
  before(page);
  return { page, ended: page.session.signOut() };
}

/** Whether a promise waits, after all that is due has run. */
async function isOpen(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false;
  void promise.then(() => (isSettled = true));
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  return !isSettled;
}
