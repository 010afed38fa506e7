import type { AuthEvent } from './public-api';
import { FakeStore } from './spec/fake-store';
import { setup } from './spec/setup';

describe('AuthSession.events', () => {
  it('tells who subscribes later nothing of before', () => {
    const { session } = setup();
    const late: AuthEvent[] = [];
    session.events.subscribe((event) => late.push(event));
    expect(late).toEqual([]);
    session.signOut();
    expect(late.length).toBe(1);
  });

  it('tells every listener the same order, also where one causes the next', () => {
    const { session } = setup({ signedIn: false });
    const heard: string[][] = [[], []];
    session.events.subscribe(({ type }) => {
      heard[0]?.push(type);
      if (type === 'signed-in') session.signOut();
    });
    session.events.subscribe(({ type }) => heard[1]?.push(type));
    session.signIn({ accessToken: 'b0' });
    expect(heard).toEqual([
      ['signed-in', 'signed-out'],
      ['signed-in', 'signed-out'],
    ]);
  });

  it('breaks nothing where a listener throws', () => {
    const { session, server, get, clock, events } = setup();
    session.events.subscribe(() => {
      throw new Error('a fault of the app');
    });
    const caller = get('/orders');
    server.expireAccessToken();
    server.answerAll();
    expect([caller.got, events.length]).toEqual(['GET /orders a1', 1]);
    // RxJS reports it where `window.onerror` hears it.
    expect(() => clock.advance(0)).toThrow();
  });

  it('ends with the injector', () => {
    const { session, leave } = setup();
    const ends: string[] = [];
    session.events.subscribe({ complete: () => ends.push('complete') });
    leave();
    expect(ends).toEqual(['complete']);
  });

  it('keeps in the store what a listener has made of the session', () => {
    const storage = new FakeStore();
    const { session, server, get } = setup({ storage });
    session.events.subscribe(({ type }) => {
      if (type === 'refreshed') session.signOut();
    });
    get('/orders');
    server.expireAccessToken();
    server.answerAll();
    expect([session.signedIn(), storage.record]).toEqual([false, null]);
  });
});
