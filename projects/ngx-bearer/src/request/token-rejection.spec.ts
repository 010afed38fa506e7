import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { type AuthEvent, isTokenRejection } from '../public-api';
import { setup } from '../spec/setup';

const STEP_UP = 'Bearer error="insufficient_user_authentication"';

describe('isTokenRejection', () => {
  const rejections = [
    '',
    'Bearer',
    'bearer',
    'Bearer realm="shop"',
    'Bearer error="invalid_token"',
    'Bearer error="invalid_request"',
    'Bearer realm="shop", error="invalid_token", error_description="The access token expired"',
    'Basic realm="shop"',
    'Negotiate',
    'Negotiate YIIFrgYGKwYBBQUCoIIFojCC==',
    'Negotiate YIIF=, Bearer error="invalid_token"',
    'Basic realm="a", Bearer realm="b", DPoP algs="ES256"',
    'Bearer error_description="insufficient_scope"',
    'Bearer error_description="error=insufficient_scope"',
    'Bearer error_description="the error: \\"insufficient_scope\\"", error="invalid_token"',
    'Bearer realm="\\\\\\", error=\\"insufficient_scope\\"", error="invalid_token"',
    'Bearer realm="a, Bearer error=\\"insufficient_scope\\""',
    'Bearer realm="Bearer error=insufficient_scope, x=y"',
    'Bearer realm="it never closes, error=insufficient_scope',
    'Bearer xerror="insufficient_scope"',
    'Bearer error-x="insufficient_scope"',
    'Bearer error_uri="https://example.com/?error=insufficient_scope"',
    'Bearer error="not insufficient_scope"',
    'Bearer error="insufficient_scope_x"',
    'Bearer error="insufficient_scope, use_dpop_nonce"',
    'Bearer scope="insufficient_scope"',
    'Bearer insufficient_scope',
    'insufficient_scope',
    '=',
    ',,, ,',
    '"',
    '\\',
    'Bearer error',
    'Bearer error=',
    'Bearer error=""',
  ];
  for (const challenge of rejections) {
    it(`says yes to a 401 with ${JSON.stringify(challenge)}`, () => {
      expect(isTokenRejection(failure(401, challenge))).toBe(true);
    });
  }

  const others = [
    'Bearer error="insufficient_scope"',
    'bearer error="insufficient_scope"',
    'Bearer ERROR="insufficient_scope"',
    'Bearer error=insufficient_scope',
    'Bearer error = "insufficient_scope"',
    'Bearer error=\t"insufficient_scope"',
    'Bearer error="insufficient\\_scope"',
    'Bearer   error="insufficient_scope"',
    'Bearer realm="shop",error="insufficient_scope",scope="a b"',
    'Bearer realm="shop" , error="insufficient_scope" , scope="a b"',
    'Bearer realm="a \\"quoted\\" one, x=1", error="insufficient_scope"',
    'Bearer realm="\\\\", error="insufficient_scope"',
    'Bearer realm="", error="insufficient_scope"',
    'Basic realm="shop", Bearer error="insufficient_scope"',
    'Bearer error="insufficient_scope", Basic realm="shop"',
    'Bearer error="invalid_token", DPoP error="insufficient_scope"',
    'Bearer error="insufficient_scope", DPoP error="invalid_token"',
    'Negotiate, Bearer error="insufficient_scope"',
    'Negotiate YIIF==, Bearer error="insufficient_scope"',
    ', ,Bearer error="insufficient_scope"',
    STEP_UP,
    `${STEP_UP}, acr_values="gold", max_age=300`,
    'DPoP error="use_dpop_nonce"',
    'Bearer realm="a", DPoP algs="ES256", error="use_dpop_nonce"',
  ];
  for (const challenge of others) {
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
  const asked: [string, Partial<AuthEvent>][] = [
    [STEP_UP, {}],
    [`${STEP_UP}, acr_values="gold"`, { acrValues: ['gold'] }],
    [`${STEP_UP}, acr_values="gold silver", max_age="300"`, { acrValues: ['gold', 'silver'], maxAge: 300 }],
    [`${STEP_UP}, max_age=0`, { maxAge: 0 }],
    [`Basic realm="max_age=1", ${STEP_UP}, MAX_AGE=60`, { maxAge: 60 }],
  ];
  for (const [challenge, details] of asked) {
    it(`reaches the caller and is told, for ${challenge}`, () => {
      const { server, get, session, events } = setup();
      const caller = get('/orders');
      const answer = server.call.reject(challenge);
      expect(caller.failure).toBe(answer);
      expect(events).toEqual([{ type: 'step-up-required', origin: 'this-tab', ...details } as AuthEvent]);
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

  it('names no max_age and no acr_values that cannot be read', () => {
    const { server, get, events } = setup();
    get('/orders');
    server.call.reject(`${STEP_UP}, max_age="soon", acr_values=""`);
    expect(events).toEqual([{ type: 'step-up-required', origin: 'this-tab' }]);
  });
});

function failure(status: number, challenge: string): HttpErrorResponse {
  return new HttpErrorResponse({ status, headers: new HttpHeaders({ 'WWW-Authenticate': challenge }) });
}
