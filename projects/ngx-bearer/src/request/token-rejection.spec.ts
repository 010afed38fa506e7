import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { isTokenRejection } from '../public-api';
import { otherCauses, rejections, stepUps } from '../spec/corpora/challenges';
import { setup } from '../spec/setup';

const STEP_UP = 'Bearer error="insufficient_user_authentication"';

describe('isTokenRejection', () => {
  for (const challenge of Object.values(rejections).flat()) {
    it(`says yes to a 401 with ${JSON.stringify(challenge)}`, () => {
      expect(isTokenRejection(failure(401, challenge))).toBe(true);
    });
  }

  for (const challenge of Object.values(otherCauses).flat()) {
    it(`says no to a 401 with ${JSON.stringify(challenge)}`, () => {
      expect(isTokenRejection(failure(401, challenge))).toBe(false);
    });
  }

  it('says yes to a 401 without a challenge that can be read', () => {
    expect(isTokenRejection(new HttpErrorResponse({ status: 401 }))).toBe(true);
  });

  it('reads each of several header lines', () => {
    const headers = new HttpHeaders().append('WWW-Authenticate', 'Basic realm="a"');
    const lines = (last: string) =>
      new HttpErrorResponse({ status: 401, headers: headers.append('www-authenticate', last) });
    expect(isTokenRejection(lines('Bearer error="insufficient_scope"'))).toBe(false);
    expect(isTokenRejection(lines('Bearer error="invalid_token"'))).toBe(true);
  });

  for (const status of [0, 200, 400, 403, 407, 419, 500]) {
    it(`says no to ${status}, whatever the challenge`, () => {
      expect(isTokenRejection(failure(status, 'Bearer error="invalid_token"'))).toBe(false);
    });
  }

  for (const piece of ['"\\', '"', 'a=', 'a="\\"', 'a ', '=', ',', '\\"', 'a = ']) {
    it(`reads a hundred thousand times ${JSON.stringify(piece)} at once`, () => {
      expect(isTokenRejection(failure(401, `Bearer ${piece.repeat(100_000)}`))).toBe(true);
    });
  }
});

describe('a 401 that asks for a step-up', () => {
  for (const [challenge, details] of stepUps) {
    it(`reaches the caller and is told, for ${challenge}`, () => {
      const { server, get, session, events } = setup();
      const caller = get('/orders');
      const answer = server.call.reject(challenge);
      expect(caller.failure).toBe(answer);
      expect(events).toEqual([{ type: 'step-up-required', origin: 'this-tab', ...details }]);
      expect([session.signedIn(), server.refreshes.length]).toEqual([true, 0]);
    });
  }

  it('is told of a replay too', () => {
    const { server, get, events } = setup();
    const caller = get('/orders');
    server.call.reject();
    server.answer(server.refresh);
    const answer = server.call.reject(`${STEP_UP}, max_age=60`);
    expect(caller.failure).toBe(answer);
    expect(events).toEqual([
      { type: 'refreshed', origin: 'this-tab' },
      { type: 'step-up-required', maxAge: 60, origin: 'this-tab' },
    ]);
  });

  it('is not told of another session than the one it was sent in', () => {
    const { server, get, session, events } = setup();
    const caller = get('/orders');
    session.signIn({ accessToken: 'b0' });
    const answer = server.call.reject(STEP_UP);
    expect(caller.failure).toBe(answer);
    expect(events.map(({ type }) => type)).toEqual(['signed-in']);
  });

  it('is not told of a request that is not ours, nor of another status', () => {
    const { http, server, get, events } = setup();
    http.get('https://elsewhere.example/').subscribe({ error: () => undefined });
    server.call.reject(STEP_UP);
    get('/orders');
    server.call.fail(403, { headers: { 'WWW-Authenticate': STEP_UP } });
    expect(events).toEqual([]);
  });
});

function failure(status: number, challenge: string): HttpErrorResponse {
  return new HttpErrorResponse({ status, headers: new HttpHeaders({ 'WWW-Authenticate': challenge }) });
}
