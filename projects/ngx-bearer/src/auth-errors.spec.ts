import { throwError } from 'rxjs';
import {
  type AuthError,
  type AuthErrorCode,
  postRefreshToken,
  provideAuth,
  readTokens,
  requireAuth,
} from './public-api';
import { Caller } from './spec/caller';
import { API, TOKEN_ENDPOINT } from './spec/fake-server';
import { buildForProduction } from './spec/production';
import { authErrorOf, type Page, setup, type SetupOptions, thrownBy } from './spec/setup';

interface Occasion {
  readonly code: AuthErrorCode;
  /** What the text cannot do without: what was found, or what to do. */
  readonly says: RegExp;
  readonly meet: () => unknown;
}

const occasions: Record<string, Occasion> = {
  'a request that needs a session': {
    code: 'not-signed-in',
    says: /was not sent.*sign in/,
    meet: () => {
      const { http } = setup({ signedIn: false });
      return new Caller(http.get(API, { context: requireAuth() })).authError;
    },
  },
  'a forced refresh without a session': {
    code: 'not-signed-in',
    says: /no session.*signIn/,
    meet: () => authErrorOf(setup({ signedIn: false }).session.refresh()),
  },
  'a forced refresh of a session that ends': {
    code: 'session-ended',
    says: /ended before.*sign in again/,
    meet: () => {
      const { session } = setup();
      const forced = authErrorOf(session.refresh());
      session.signOut();
      return forced;
    },
  },
  'a refresh that fails': {
    code: 'refresh-unavailable',
    says: /\(server\).*session is kept.*later/,
    meet: () => failedRefresh((page) => page.server.refresh.fail(503)),
  },
  'one refresh too many': {
    code: 'refresh-limit',
    says: /too many refreshes.*just issued/,
    meet: async () => {
      const { session, server } = setup({ refreshLimit: { count: 1, withinMs: 1000 } });
      const first = session.refresh();
      server.answerAll();
      await first;
      return authErrorOf(session.refresh());
    },
  },
  'a token that is none': {
    code: 'bad-token-response',
    says: /no access_token, accessToken or token.*it has jwt.*'read'/,
    meet: () => thrownBy(() => readTokens({ jwt: 'a' })),
  },
  'a rule that is none': {
    code: 'bad-config',
    says: /'ftp:\/\/api'.*origin/,
    meet: () => thrownBy(() => provideAuth({ allow: ['ftp://api'], refresh: () => [] })),
  },
};

/** Behind `refresh-unavailable`, as its `cause`. */
const causes: Record<string, Occasion> = {
  'no answer in time': {
    code: 'refresh-unavailable',
    says: /within 10000 ms/,
    meet: () => causeOf(({ clock }) => clock.advance(10_000)),
  },
  'a strategy that throws an error': {
    code: 'refresh-unavailable',
    says: /TypeError.*left out/,
    meet: () =>
      causeOf(() => undefined, {
        refresh: () => {
          throw new TypeError('broken');
        },
      }),
  },
  'a strategy that throws a text': {
    code: 'refresh-unavailable',
    says: /with string;/,
    meet: () => causeOf(() => undefined, { refresh: () => throwError(() => 'broken') }),
  },
  'an answer that cannot be parsed': {
    code: 'bad-token-response',
    says: /refresh failed.*left out/,
    meet: () => causeOf(({ server }) => server.refresh.fail(200, { body: '<html>' })),
  },
  'a redirect to another origin': {
    code: 'bad-token-response',
    says: /redirected to another origin/,
    meet: () => causeOf(({ server }) => server.refresh.succeed({}, { url: 'https://evil.example/' })),
  },
  'a read that throws': {
    code: 'bad-token-response',
    says: /'read' threw/,
    meet: () => {
      const read = (): never => {
        throw new Error('broken');
      };
      return causeOf(({ server }) => server.refresh.succeed({}), {
        refresh: postRefreshToken(TOKEN_ENDPOINT, { read }),
      });
    },
  },
};

for (const [name, { code, says, meet }] of Object.entries({ ...occasions, ...causes })) {
  describe(`the error of ${name}`, () => {
    it('names its code, and says what was found or what to do', async () => {
      const error = (await meet()) as AuthError;
      expect([error.name, error.code]).toEqual(['AuthError', code]);
      expect(error.message).toContain(`ngx-bearer: ${code}: `);
      expect(error.message).toMatch(says);
    });

    it('says nothing but its code in a production build', async () => {
      buildForProduction();
      const error = (await meet()) as AuthError;
      expect([error.code, error.message]).toEqual([code, `ngx-bearer: ${code}`]);
    });
  });
}

describe('a production build', () => {
  it('checks no option but the rules of allow', () => {
    buildForProduction();
    const options = { refresh: () => [], scheme: 'two words' };
    expect(() => provideAuth({ allow: [API], ...options })).not.toThrow();
    expect(() => provideAuth({ allow: ['*'], ...options })).toThrow();
  });
});

/** What a caller is told whose token was rejected, when the refresh has gone that way. */
async function failedRefresh(go: (page: Page) => unknown, options: SetupOptions = {}): Promise<AuthError> {
  const page = setup(options);
  const caller = page.get('/orders');
  page.server.call.reject();
  go(page);
  await page.clock.settle();
  return caller.authError;
}

async function causeOf(go: (page: Page) => unknown, options: SetupOptions = {}): Promise<unknown> {
  return (await failedRefresh(go, options)).cause;
}
