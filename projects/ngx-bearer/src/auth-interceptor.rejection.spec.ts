import { API, FakeServer } from './spec/fake-server';
import { setup } from './spec/setup';

const ORDERS = `${API}/orders`;

describe('AuthInterceptor, when a rejection comes back', () => {
  it('refreshes once and replays', () => {
    const { server, get } = setup();
    const caller = get('/orders');
    server.expireAccessToken();
    server.answerAll();
    expect(caller.got).toBe('GET /orders a1');
    expect(server.seen).toEqual(['GET /orders a0', 'refresh r0', 'GET /orders a1']);
  });

  it('replays a late rejection with the current token and does not refresh again', () => {
    const { server, get } = setup();
    const [early, late] = [get('/early'), get('/late')];
    const [earlySending, lateSending] = server.calls;
    server.expireAccessToken();
    earlySending?.reject();
    server.answer(server.refresh);
    lateSending?.reject();
    expect(server.refreshes.length).toBe(1);
    server.answerAll();
    expect([early.got, late.got]).toEqual(['GET /early a1', 'GET /late a1']);
  });

  it("replays a late rejection through the gate, also where whileRefreshing is 'send'", () => {
    const { server, get } = setup({ whileRefreshing: 'send' });
    for (const path of ['/early', '/late']) get(path);
    const [early, late] = server.calls;
    early?.reject();
    server.answer(server.refresh);
    server.expireAccessToken();
    get('/other');
    server.call.reject();
    late?.reject();
    expect(server.seen.slice(-2)).toEqual(['GET /other a1', 'refresh r1']);
    server.answer(server.refresh);
    expect(server.seen.slice(-2)).toEqual(['GET /late a2', 'GET /other a2']);
  });

  it('leaves a 401 alone that a redirect brought from out of scope', () => {
    const { server, get, events } = setup();
    const caller = get('/orders');
    const answer = server.call.fail(401, { url: 'https://evil.example/orders' });
    expect(caller.failure).toBe(answer);
    expect([server.seen, events]).toEqual([['GET /orders a0'], []]);
  });

  it('gives the caller the second 401, which marks nothing', () => {
    const { server, get } = setup();
    const caller = get('/orders');
    server.call.reject();
    server.answer(server.refresh);
    const second = server.call.reject();
    expect(caller.failure).toBe(second);
    get('/next');
    expect(server.seen.slice(3)).toEqual(['GET /next a1']);
  });

  it('takes an equal token in a new answer for a new one', () => {
    const { server, get } = setup({ server: new FakeServer({ mint: () => 'same' }) });
    const caller = get('/orders');
    server.call.reject();
    server.answer(server.refresh);
    const second = server.call.reject();
    expect(server.seen).toEqual(['GET /orders same', 'refresh r0', 'GET /orders same']);
    expect(caller.failure).toBe(second);
  });

  it('asks shouldRefresh, with the failure and the request', () => {
    const asked: unknown[] = [];
    const shouldRefresh = (failure: { status: number }, request: { url: string }): boolean => {
      asked.push([failure.status, request.url]);
      return failure.status === 419;
    };
    const { server, get } = setup({ shouldRefresh });
    const caller = get('/orders');
    server.call.fail(419);
    server.answerAll();
    expect(asked).toEqual([[419, ORDERS]]);
    expect(caller.got).toBe('GET /orders a1');
  });

  it('takes a shouldRefresh that throws for a no', () => {
    const { server, get, printed } = setup({
      shouldRefresh: () => {
        throw new Error('broken');
      },
    });
    const caller = get('/orders');
    const rejection = server.call.reject();
    expect(caller.failure).toBe(rejection);
    expect(server.refreshes.length).toBe(0);
    expect(printed.some((line) => line.startsWith('error'))).toBe(false);
  });
});

describe('AuthInterceptor, with any other failure', () => {
  for (const status of [0, 400, 403, 404, 500, 503]) {
    it(`passes on a ${String(status)} untouched, at the first sending and at the replay`, () => {
      const { server, get, session, events } = setup();
      const first = get('/first');
      const failure = server.call.fail(status);
      expect(first.failure).toBe(failure);
      expect([session.signedIn(), events]).toEqual([true, []]);

      const replayed = get('/replayed');
      server.call.reject();
      server.answer(server.refresh);
      const failureOfReplay = server.call.fail(status);
      expect(replayed.failure).toBe(failureOfReplay);
      expect(session.signedIn()).toBe(true);
      expect(server.refreshes.length).toBe(1);
    });
  }

  it('passes on an error that is no HttpErrorResponse', () => {
    const { server, get } = setup();
    const caller = get('/orders');
    const fault = server.call.fault(new Error('the backend broke'));
    expect(caller.failures[0]).toBe(fault);
    expect(server.sendings.length).toBe(1);
  });

  it('passes on an answer that ends without a response', () => {
    const { server, get } = setup();
    const caller = get('/orders');
    server.call.end();
    expect([caller.completions, caller.values]).toEqual([1, []]);
  });

  it('waits with its caller for an answer that never comes', () => {
    const { server, get, clock } = setup();
    const caller = get('/orders');
    clock.advance(3_600_000);
    expect([caller.settlements, server.open.length]).toEqual([0, 1]);
  });
});
