import {
  exchangeToken,
  postRefreshToken,
  refreshCookie,
  type RefreshStrategy,
  refreshTokenGrant,
} from '../../public-api';
import { setup } from '../../spec/setup';

const ELSEWHERE = 'https://id.example.org/token';
const TOKENS = { access_token: 'canary-access', refresh_token: 'canary-refresh' };

/** Each strategy, and the one token that it has business with. */
const strategies: readonly (readonly [name: string, strategy: RefreshStrategy, sent: string[]])[] = [
  ['exchangeToken', exchangeToken(ELSEWHERE), ['canary-access']],
  ['postRefreshToken', postRefreshToken(ELSEWHERE), ['canary-refresh']],
  [
    'refreshTokenGrant',
    refreshTokenGrant({ tokenEndpoint: ELSEWHERE, clientId: 'shop' }),
    ['canary-refresh'],
  ],
  ['refreshCookie', refreshCookie(ELSEWHERE), []],
];

describe('a token endpoint of another origin', () => {
  for (const allow of ['https://api.example.com', 'https://id.example.org']) {
    for (const [name, refresh, sent] of strategies) {
      it(`is sent what ${name} needs and no other token, with ${allow} in allow`, () => {
        const { session, server } = setup({ signedIn: false, refresh, allow: [allow] });
        session.signIn(TOKENS);
        void session.refresh().catch(() => undefined);
        const [{ request, bodyText } = { request: null, bodyText: '' }, ...others] = server.sendings;
        const headers = request?.headers.keys().map((key) => request.headers.get(key)) ?? [];
        const text = [request?.urlWithParams, bodyText, ...headers].join(' ');
        expect(text).toContain(ELSEWHERE);
        expect(Array.from(text.matchAll(/canary-\w+/g), String)).toEqual(sent);
        expect(others.length).toBe(0);
      });
    }
  }
});
