import { type AuthTokens, postRefreshToken } from '../../public-api';
import { TOKEN_ENDPOINT } from '../../spec/fake-server';
import { refreshing } from '../../spec/refreshing';

describe('postRefreshToken, on the wire', () => {
  it('sends the refresh token as JSON, and no header of ours', () => {
    const { server, refreshRequest } = refreshing({ refresh: postRefreshToken(TOKEN_ENDPOINT) });
    expect(server.refresh.bodyText).toBe('{"refresh_token":"r0"}');
    expect(refreshRequest.detectContentTypeHeader()).toBe('application/json');
    expect(refreshRequest.headers.keys()).toEqual([]);
    expect(refreshRequest.withCredentials).toBe(false);
  });

  it('sends the body that options.body makes of the tokens', () => {
    const body = ({ accessToken, refreshToken }: AuthTokens): unknown => ({
      token: accessToken,
      old: refreshToken,
    });
    const { server } = refreshing({ refresh: postRefreshToken(TOKEN_ENDPOINT, { body }) });
    expect(server.refresh.bodyText).toBe('{"token":"a0","old":"r0"}');
  });
});
