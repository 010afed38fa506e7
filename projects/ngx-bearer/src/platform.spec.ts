import { exchangeToken, provideAuth } from './public-api';
import { API } from './spec/fake-server';
import { afterwards, setup } from './spec/setup';

describe('a browser without URL.canParse, as Safari 16 and Chrome 107 to 119', () => {
  it('provides a session, refreshes it and replays', () => {
    removeCanParse();
    const { get, server } = setup();
    const caller = get('/orders');
    server.call.reject();
    server.refresh.succeed(server.issueTokens());
    server.call.succeed('done');
    expect(caller.got).toBe('done');
  });

  it('refuses a wrong rule and an insecure endpoint as any other', () => {
    removeCanParse();
    const refresh = exchangeToken('http://api.example.com/auth');
    expect(() => provideAuth({ allow: ['https://'], refresh: () => [] })).toThrow();
    expect(() => provideAuth({ allow: [API], refresh })).toThrow();
  });
});

function removeCanParse(): void {
  const own = Object.getOwnPropertyDescriptor(URL, 'canParse');
  Reflect.deleteProperty(URL, 'canParse');
  afterwards(() => {
    if (own) Object.defineProperty(URL, 'canParse', own);
  });
}
