import { type AuthConfig, externalTokens, refreshCookie } from 'ngx-bearer';
import { afterwards, thrownBy } from '../../src/spec/setup';
import { openDpop } from './spec/setup';

describe('dpop() in the options', () => {
  const wrong: readonly (readonly [option: string, config: Partial<AuthConfig>])[] = [
    ['headerName', { headerName: 'X-Token' }],
    ['scheme', { scheme: 'Token' }],
    ['refreshCookie', { refresh: refreshCookie('https://api.example.com/refresh') }],
  ];
  for (const [option, config] of wrong) {
    it(`throws bad-config beside ${option}`, () => {
      const error = thrownBy(() => openDpop(config));
      expect(String(error)).toContain('bad-config');
      expect(String(error)).toContain(option);
    });
  }

  it('goes with externalTokens, whose SDK may use the same key', () => {
    const { session } = openDpop({
      refresh: externalTokens(() => Promise.resolve(null)),
      signedIn: false,
    });
    expect(session.signedIn()).toBe(false);
  });

  it('throws bad-config in a page without Web Crypto', () => {
    const { subtle } = crypto;
    Object.defineProperty(crypto, 'subtle', { configurable: true, value: undefined });
    afterwards(() => {
      Object.defineProperty(crypto, 'subtle', { configurable: true, value: subtle });
    });
    expect(String(thrownBy(() => openDpop()))).toContain('needs Web Crypto');
  });
});
