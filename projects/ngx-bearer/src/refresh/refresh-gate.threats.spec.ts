import { anything, assert, constantFrom, integer, jsonValue, oneof, property, tuple } from 'fast-check';
import { checkSame } from '../spec/holds-for-all';
import { setup } from '../spec/setup';

/** What a hostile server, or a strategy of the app, may put into the body of an error. */
const bodies: Readonly<Record<string, () => unknown>> = {
  'a body that is nested too deeply to be written as text': () => nest(50_000),
  'a body that holds itself': () => {
    const body: Record<string, unknown> = {};
    return Object.assign(body, { itself: body });
  },
  'a body that throws when it is written as text': () => ({
    toJSON: () => {
      throw new Error('no text');
    },
  }),
};

describe('a refresh that fails', () => {
  for (const [name, make] of Object.entries(bodies)) {
    it(`with ${name} leaves nobody waiting, and tells none of it`, () => {
      const { get, server, session, clock } = setup();
      const rejected = get('/rejected');
      server.call.reject();
      const held = get('/held');
      server.refresh.fail(503, { body: make() });
      const unavailable = { status: 503, code: 'refresh-unavailable' };
      expect([rejected.got, held.got, session.signedIn()]).toEqual([unavailable, unavailable, true]);
      clock.advance(60_000);
      const next = get('/next');
      server.answerAll();
      expect(next.got).toBe('GET /next a1');
    });
  }
});

describe('a refresh, whatever it is answered,', () => {
  it('ends with every caller answered once, and the session kept or over', () => {
    const answers = tuple(integer({ min: 200, max: 599 }), oneof(jsonValue(), anything(), errors));
    const claim = property(answers, ([status, body]) => {
      const { get, server, session, leave } = setup();
      const callers = [get('/one'), get('/two')];
      for (const call of server.calls) call.reject();
      if (status < 300) server.refresh.succeed(body);
      else server.refresh.fail(status, { body });
      for (const call of server.open) call.succeed('done');
      const isSignedIn = session.signedIn();
      leave();
      const isRefused = status === 401 || status === 403 || (status === 400 && isRefusal(body));
      checkSame([callers.map(({ settlements }) => settlements), isSignedIn], [[1, 1], !isRefused]);
    });
    assert(claim, { numRuns: 2_000 });
  });
});

const REFUSALS = ['invalid_grant', 'invalid_client', 'unauthorized_client'];
const errors = constantFrom(...REFUSALS, 'invalid_request').map((error) => ({ error }));

function isRefusal(body: unknown): boolean {
  return REFUSALS.includes((body as { error?: string } | null)?.error ?? '');
}

function nest(levels: number): unknown {
  let body: unknown = [];
  for (let level = 0; level < levels; level++) body = [body];
  return body;
}
