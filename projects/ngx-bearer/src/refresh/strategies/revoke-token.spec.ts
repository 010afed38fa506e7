import { revokeToken } from '../../public-api';
import { API } from '../../spec/fake-server';
import { setup } from '../../spec/setup';

const ENDPOINT = `${API}/oauth/revoke`;

describe('revokeToken', () => {
  it('posts the refresh token as a form, as RFC 7009 section 2.1 has it, of a public client', () => {
    const { server } = signedOut({ accessToken: 'a0', refreshToken: 'r+/-._~0==' });
    expect(server.call.url.href).toBe(ENDPOINT);
    expect(server.call.request.method).toBe('POST');
    expect(Object.fromEntries(new URLSearchParams(server.call.bodyText))).toEqual({
      token: 'r+/-._~0==',
      token_type_hint: 'refresh_token',
      client_id: 'a shop & co',
    });
    expect(server.call.request.headers.keys()).toEqual(['Content-Type']);
    expect(server.call.request.headers.get('Content-Type')).toBe('application/x-www-form-urlencoded');
  });

  it('posts the access token if there is no refresh token', () => {
    const { server } = signedOut({ accessToken: 'a0' });
    const { token, token_type_hint: hint } = Object.fromEntries(new URLSearchParams(server.call.bodyText));
    expect([token, hint]).toEqual(['a0', 'access_token']);
  });

  it('follows no redirect, which would take the token elsewhere, and outlives the page', () => {
    const { server } = signedOut({ accessToken: 'a0' });
    const { redirect, keepalive } = server.call.request;
    expect([redirect, keepalive]).toEqual(['error', true]);
  });

  for (const status of [200, 400, 401, 503, 0]) {
    it(`lets signOut resolve if the server answers ${status}`, async () => {
      const { server, ended, events, printed } = signedOut({ accessToken: 'a0', refreshToken: 'r0' });
      if (status === 200) server.call.succeed('');
      else server.call.fail(status, { body: { error: 'unsupported_token_type' } });
      await ended;
      expect([server.sendings.length, events.length, printed]).toEqual([1, 2, []]);
    });
  }
});

function signedOut(tokens: { accessToken: string; refreshToken?: string }) {
  const onSignOut = revokeToken({ revocationEndpoint: ENDPOINT, clientId: 'a shop & co' });
  const page = setup({ signedIn: false, onSignOut });
  page.session.signIn(tokens);
  return { ...page, ended: page.session.signOut() };
}
