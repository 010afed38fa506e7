import { exchangeToken } from '../../public-api';
import { TOKEN_ENDPOINT } from '../../spec/fake-server';
import { refreshing } from '../../spec/refreshing';
import { setup } from '../../spec/setup';

describe('exchangeToken, on the wire', () => {
  it('sends the old access token as requests send it', () => {
    const { refreshRequest } = refreshing({
      refresh: exchangeToken(TOKEN_ENDPOINT),
      headerName: 'X-Access-Token',
      scheme: '',
    });
    expect(refreshRequest.headers.keys()).toEqual(['X-Access-Token']);
    expect(refreshRequest.headers.get('X-Access-Token')).toBe('a0');
  });

  it('sends the old access token as bearer and no body', () => {
    const { server, refreshRequest } = refreshing({ refresh: exchangeToken(TOKEN_ENDPOINT) });
    expect(refreshRequest.headers.keys()).toEqual(['Authorization']);
    expect(refreshRequest.headers.get('Authorization')).toBe('Bearer a0');
    expect([server.refresh.body, refreshRequest.withCredentials]).toEqual([null, false]);
  });

  it('needs no refresh token', () => {
    const { server, session, get } = setup({ signedIn: false, refresh: exchangeToken(TOKEN_ENDPOINT) });
    session.signIn({ access_token: 'a0' });
    const callers = ['/a', '/b', '/c', '/d', '/e', '/f'].map(get);
    for (const sending of server.calls.reverse()) sending.reject();
    expect(server.refreshes.map(String)).toEqual(['refresh a0']);
    server.refresh.succeed({ access_token: 'a1' });
    for (const sending of server.open) sending.succeed(String(sending));
    expect(callers.map(({ got }) => got)).toEqual(
      ['/a', '/b', '/c', '/d', '/e', '/f'].map((path) => `GET ${path} a1`),
    );
  });

  it('takes a relative URL', () => {
    const { server } = refreshing({ refresh: exchangeToken('/auth/token') });
    server.refresh.succeed({ access_token: 'a1' });
    expect(server.call.token).toBe('a1');
  });
});
