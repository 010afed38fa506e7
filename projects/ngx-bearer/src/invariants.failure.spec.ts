import { type Page, setup } from './spec/setup';

const OTHER_USER = { accessToken: 'b0', refreshToken: 's0', expiresIn: 3600 };

/** Ways for a refresh to end without tokens and without a refusal. */
const transient: Record<string, (page: Page) => void> = {
  'no network': ({ server }) => void server.refresh.fail(0),
  'a 500': ({ server }) => void server.refresh.fail(500),
  'a 429': ({ server }) => void server.refresh.fail(429),
  'a 400 of another kind': ({ server }) =>
    void server.refresh.fail(400, { body: { error: 'invalid_request' } }),
  'a malformed answer': ({ server }) => server.refresh.succeed({ ok: true }),
  'an answer without a value': ({ server }) => server.refresh.end(),
  'a timeout': ({ clock }) => clock.advance(10_000),
};

describe('the invariants, when a refresh ends', () => {
  for (const [name, fail] of Object.entries(transient)) {
    it(`I7: every uncancelled request settles exactly once, with ${name}`, () => {
      const page = rejectedAndHeld();
      fail(page);
      page.server.answerAll();
      expect(page.callers.map(({ settlements }) => settlements)).toEqual([1, 1, 1]);
    });

    it(`I11: no timer, open request or flag is left after ${name}`, () => {
      const page = rejectedAndHeld();
      fail(page);
      expect([page.clock.pendingTimers, page.server.open.length, page.session.refreshing()]).toEqual([
        0,
        0,
        false,
      ]);
    });

    it(`I12: a new request succeeds after ${name} and its cool-down`, () => {
      const page = rejectedAndHeld();
      fail(page);
      page.clock.advance(1200);
      const caller = page.get('/next');
      page.server.answerAll();
      expect(caller.got).toBe('GET /next a1');
    });

    it(`I14: the session is kept after ${name}`, () => {
      const page = rejectedAndHeld();
      fail(page);
      expect(page.session.signedIn()).toBe(true);
      expect(page.events.map(({ type }) => type)).toEqual(['refresh-unavailable']);
    });
  }

  it('I7: every uncancelled request settles exactly once, with a refusal, a sign-out, a sign-in, new tokens', () => {
    const ends: ((page: Page) => void)[] = [
      ({ server }) => void server.refresh.fail(401),
      ({ session }) => session.signOut(),
      ({ session }) => session.signIn(OTHER_USER),
      ({ server }) => server.answer(server.refresh),
    ];
    for (const end of ends) {
      const page = rejectedAndHeld();
      end(page);
      page.server.answerAll();
      expect(page.callers.map(({ settlements }) => settlements)).toEqual([1, 1, 1]);
    }
  });
});

/** Two requests rejected, the second first, so that a refresh runs, and one held behind it. */
function rejectedAndHeld() {
  const page = setup();
  const callers = ['/first', '/second'].map(page.get);
  for (const sending of [...page.server.calls].reverse()) sending.reject();
  callers.push(page.get('/held'));
  return { ...page, callers };
}
