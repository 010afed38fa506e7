import { postRefreshToken } from '../public-api';
import { TOKEN_ENDPOINT } from '../spec/fake-server';
import { refreshing } from '../spec/refreshing';
import type { Sending } from '../spec/sending';
import { setup } from '../spec/setup';

describe('a hint about a refresh that a retry cannot correct', () => {
  const failures: [name: string, end: (refresh: Sending) => void, says: RegExp][] = [
    [
      'a 422 with fields',
      (refresh) =>
        void refresh.fail(422, { body: { message: 'no', errors: { refreshToken: ['required'] } } }),
      /auth\/token answered 422 with message, errors\.refreshToken\. Check the URL.*'refused'/,
    ],
    ['a 404', (refresh) => void refresh.fail(404), /auth\/token answered 404\. Check the URL/],
    [
      'an answer without a token',
      (refresh) => refresh.succeed({ data: { jwt: 'a1', ttl: 60 } }),
      /The answer of https:\/\/api\.example\.com\/auth\/token cannot be read: .*it has data\.jwt, data\.ttl\. Give.*'read'/,
    ],
    ['a body that is not JSON', (refresh) => void refresh.fail(200), /answer of .*auth\/token is not JSON/],
  ];
  for (const [name, end, says] of failures) {
    it(`is given for ${name}, and quotes no value`, () => {
      const { server, printed } = refreshing({});
      end(server.refresh);
      expect(printed.length).toBe(1);
      expect(printed[0]).toMatch(
        /^warn: ngx-bearer: the token refresh failed, and a retry will fail in the same way\. /,
      );
      expect(printed[0]).toMatch(says);
      expect(printed[0]).not.toMatch(/required|a1|r0/);
    });
  }

  it('names the fields if read throws', () => {
    const refresh = postRefreshToken(TOKEN_ENDPOINT, {
      read: (response) => (response as { tokens: { jwt: { raw: never } } }).tokens.jwt.raw,
    });
    const { server, printed } = refreshing({ refresh });
    server.refresh.succeed({ jwt: 'a1' });
    expect(printed[0]).toMatch(/'read' threw for the answer of .*auth\/token; the answer has jwt/);
  });

  for (const status of [0, 408, 429, 500, 503, 401, 403]) {
    it(`is not given for ${status}`, () => {
      const { server, printed } = refreshing({});
      server.refresh.fail(status);
      expect(printed).toEqual([]);
    });
  }
});

describe('a hint about a sign-in with an answer that cannot be read', () => {
  it('says what was found, since an app may swallow the exception', () => {
    const { session, printed } = setup({ signedIn: false });
    expect(() => {
      session.signIn({ user: { id: 1 }, tokens: { access: 'a1' } });
    }).toThrow();
    expect(printed.join()).toMatch(
      /signIn failed, and the session stays as it was.*it has user\.id, tokens\.access/,
    );
    expect(printed.join()).not.toContain('a1');
  });
});
