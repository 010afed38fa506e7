import { refreshTokenGrant } from '../../public-api';
import { type FakeServer, TOKEN_ENDPOINT } from '../../spec/fake-server';
import { refreshing } from '../../spec/refreshing';
import { setup } from '../../spec/setup';

describe('refreshTokenGrant, on the wire', () => {
  it('sends a form as RFC 6749 section 6 has it, of a public client', () => {
    const refresh = refreshTokenGrant({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'a shop & co' });
    const { server, refreshRequest } = refreshing({ refresh });
    expect(formOf(server)).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'r0',
      client_id: 'a shop & co',
    });
    expect(refreshRequest.headers.get('Content-Type')).toBe('application/x-www-form-urlencoded');
    expect(refreshRequest.headers.has('Authorization')).toBe(false);
  });

  it('sends a scope where it is given one', () => {
    const refresh = refreshTokenGrant({
      tokenEndpoint: TOKEN_ENDPOINT,
      clientId: 'shop',
      scope: 'read write',
    });
    const { server } = refreshing({ refresh });
    expect(formOf(server)['scope']).toBe('read write');
  });

  it('keeps every character of the refresh token', () => {
    const refresh = refreshTokenGrant({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'shop' });
    const { server, session, get } = setup({ signedIn: false, refresh });
    session.signIn({ accessToken: 'a0', refreshToken: 'r+/-._~0==' });
    get('/orders');
    server.call.reject();
    expect(formOf(server)['refresh_token']).toBe('r+/-._~0==');
  });
});

describe('refreshTokenGrant, and a 400', () => {
  const refresh = refreshTokenGrant({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'shop' });
  const answers: [name: string, body: unknown, isSignedIn: boolean][] = [
    ['an empty body', null, false],
    ['a text', 'Bad Request', false],
    ['an error that is no text', { error: 7 }, false],
    ['invalid_grant', { error: 'invalid_grant' }, false],
    ['invalid_request', { error: 'invalid_request' }, true],
  ];
  for (const [name, body, isSignedIn] of answers) {
    it(`with ${name} ${isSignedIn ? 'keeps' : 'ends'} the session`, () => {
      const { server, session } = refreshing({ refresh });
      server.refresh.fail(400, { body });
      expect(session.signedIn()).toBe(isSignedIn);
    });
  }
});

function formOf(server: FakeServer): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(server.refresh.bodyText));
}
