import { refreshCookie } from '../../public-api';
import { TOKEN_ENDPOINT } from '../../spec/fake-server';
import { refreshing } from '../../spec/refreshing';
import { afterwards } from '../../spec/setup';

describe('refreshCookie, on the wire', () => {
  it('sends credentials, no body and no token', () => {
    // A cookie that another spec has removed may be there for a moment in WebKit.
    const refresh = refreshCookie(TOKEN_ENDPOINT, { cookieName: 'never-set' });
    const { server, refreshRequest } = refreshing({ refresh });
    expect([server.refresh.body, refreshRequest.withCredentials]).toEqual([null, true]);
    expect(refreshRequest.headers.keys()).toEqual([]);
  });

  it('repeats the XSRF-TOKEN cookie as X-XSRF-TOKEN', () => {
    setCookie('NOT-XSRF-TOKEN=other');
    setCookie('XSRF-TOKEN=x%20=1');
    const { refreshRequest } = refreshing({ refresh: refreshCookie(TOKEN_ENDPOINT) });
    expect(refreshRequest.headers.get('X-XSRF-TOKEN')).toBe('x =1');
  });

  it('repeats a cookie that is not percent-encoded as it is', () => {
    setCookie('XSRF-TOKEN=100%');
    const { refreshRequest } = refreshing({ refresh: refreshCookie(TOKEN_ENDPOINT) });
    expect(refreshRequest.headers.get('X-XSRF-TOKEN')).toBe('100%');
  });

  it('repeats no cookie where the page may not read any, as in a sandboxed frame', () => {
    Object.defineProperty(document, 'cookie', {
      configurable: true,
      get: () => {
        throw new DOMException('no cookies here', 'SecurityError');
      },
    });
    afterwards(() => Reflect.deleteProperty(document, 'cookie'));
    const { refreshRequest } = refreshing({ refresh: refreshCookie(TOKEN_ENDPOINT) });
    expect(refreshRequest.headers.keys()).toEqual([]);
  });

  it('asks for headers with null, with nobody signed in', () => {
    const asked: unknown[] = [];
    const headers = (tokens: unknown): Record<string, string> => {
      asked.push(tokens);
      return {};
    };
    refreshing({ signedIn: false, refresh: refreshCookie(TOKEN_ENDPOINT, { headers }) });
    expect(asked).toEqual([null]);
  });

  it('reads the cookie anew each time', () => {
    setCookie('XSRF-TOKEN=first');
    const { server, get } = refreshing({ refresh: refreshCookie(TOKEN_ENDPOINT) });
    server.refresh.succeed({ access_token: 'a1' });
    setCookie('XSRF-TOKEN=second');
    get('/next');
    server.call.reject();
    expect(server.refreshes.map(({ request }) => request.headers.get('X-XSRF-TOKEN'))).toEqual([
      'first',
      'second',
    ]);
  });

  it('takes the names of cookie and header it is given', () => {
    setCookie('csrf=c1');
    const refresh = refreshCookie(TOKEN_ENDPOINT, { cookieName: 'csrf', headerName: 'X-CSRF' });
    const { refreshRequest } = refreshing({ refresh });
    expect(refreshRequest.headers.keys()).toEqual(['X-CSRF']);
    expect(refreshRequest.headers.get('X-CSRF')).toBe('c1');
  });
});

function setCookie(cookie: string): void {
  document.cookie = cookie;
  afterwards(() => {
    document.cookie = `${cookie.split('=')[0] ?? ''}=; max-age=0`;
  });
}
