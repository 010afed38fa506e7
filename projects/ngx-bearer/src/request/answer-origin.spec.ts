import { setup } from '../spec/setup';

const BRIDGE = `${location.origin}/_capacitor_http_interceptor_?u=https%3A%2F%2Fapi.example.com%2Forders`;

describe('a 401 whose URL is not the one that was asked', () => {
  const healed: [name: string, url: string, redirected?: boolean][] = [
    ['of a bridge on the page, by XMLHttpRequest', BRIDGE],
    ['of a bridge on the page, by Fetch', BRIDGE, false],
    [
      'of another origin that was not redirected, as a service worker may answer',
      'https://cdn.example/orders',
      false,
    ],
    ['of another allowed path, after a redirect', 'https://api.example.com/v2/orders', true],
  ];
  for (const [name, url, redirected] of healed) {
    it(`is healed: ${name}`, () => {
      const { get, server } = setup();
      const caller = get('/orders');
      server.call.fail(401, { url, ...(redirected !== undefined && { redirected }) });
      server.refresh.succeed(server.issueTokens());
      server.call.succeed('done');
      expect(caller.got).toBe('done');
    });
  }

  const left: [name: string, url: string, redirected?: boolean][] = [
    ['of another origin, by XMLHttpRequest', 'https://evil.example/orders'],
    ['of another origin, after a redirect', 'https://evil.example/orders', true],
    ['of the page, after a redirect', `${location.origin}/login`, true],
  ];
  for (const [name, url, redirected] of left) {
    it(`is the caller's, and starts no refresh: ${name}`, () => {
      const { get, server } = setup();
      const caller = get('/orders');
      const rejection = server.call.fail(401, { url, ...(redirected !== undefined && { redirected }) });
      expect(caller.failure).toBe(rejection);
      expect(server.refreshes.length).toBe(0);
    });
  }
});
