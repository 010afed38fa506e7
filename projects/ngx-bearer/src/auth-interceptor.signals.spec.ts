import { computed, effect, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import type { AuthSession } from './public-api';
import { FakeServer } from './spec/fake-server';
import { setup } from './spec/setup';

describe('an effect that signs in', () => {
  it('does not run again when the session changes', () => {
    const { session, events, injector } = setup({ signedIn: false });
    // A listener that reads a signal would make the effect depend on it.
    session.events.subscribe(() => session.signedIn());
    let runs = 0;
    const signsIn = effect(
      () => {
        runs++;
        session.signIn({ accessToken: `a${runs}` });
      },
      { injector },
    );
    TestBed.tick();
    session.signOut();
    TestBed.tick();
    signsIn.destroy();
    expect([runs, events.map(({ type }) => type)]).toEqual([1, ['signed-in', 'signed-out']]);
  });
});

describe('an effect that asks for the token, or for a refresh', () => {
  const asks: Record<string, (session: AuthSession) => Promise<unknown>> = {
    accessToken: (session) => session.accessToken(),
    refresh: (session) => session.refresh(),
  };
  for (const [name, ask] of Object.entries(asks)) {
    it(`does not run again when a signal changes that the strategy reads: ${name}`, async () => {
      const tenant = signal('a');
      const { session, clock, injector } = setup({
        server: new FakeServer({ lifeSeconds: 100 }),
        refresh: () => of({ accessToken: `${tenant()}1`, expiresIn: 100 }),
      });
      clock.advance(100_000);
      let runs = 0;
      const asking = effect(
        () => {
          runs++;
          void ask(session);
        },
        { injector },
      );
      TestBed.tick();
      tenant.set('b');
      TestBed.tick();
      asking.destroy();
      await clock.settle();
      expect(runs).toBe(1);
    });
  }
});

describe('the signals of a session', () => {
  it('cannot be written', () => {
    const { session } = setup();
    for (const signal of [session.signedIn, session.refreshing, session.expiresAt, session.claims]) {
      expect('set' in signal).toBe(false);
    }
  });
});

describe('a request that starts inside a computed', () => {
  const lives: [string, number, string[]][] = [
    ['with a good token', 0, ['GET /orders a0']],
    ['near the expiry', 95_000, ['refresh r0', 'GET /orders a0']],
    ['past the expiry', 100_000, ['refresh r0']],
  ];
  for (const [name, elapsedMs, sent] of lives) {
    it(`is sent as any other ${name}`, () => {
      const { server, get, clock } = setup({ server: new FakeServer({ lifeSeconds: 100 }) });
      clock.advance(elapsedMs);
      computed(() => get('/orders'))();
      expect(server.seen).toEqual(sent);
    });
  }

  it('does not have it computed again when the session changes', async () => {
    const { server, session, get } = setup();
    const computations: unknown[] = [];
    const call = computed(() => computations.push(get('/orders')));
    call();
    server.expireAccessToken();
    server.answerAll();
    const forced = session.refresh();
    server.answerAll();
    await forced;
    session.signOut();
    call();
    expect(computations.length).toBe(1);
  });
});
