import { computed } from '@angular/core';
import { FakeServer } from './spec/fake-server';
import { setup } from './spec/setup';

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
