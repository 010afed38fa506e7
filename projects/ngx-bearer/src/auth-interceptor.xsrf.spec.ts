import { retry } from 'rxjs';
import { refreshCookie } from './public-api';
import { API, TOKEN_ENDPOINT } from './spec/fake-server';
import { FakeStore } from './spec/fake-store';
import { afterwards, setup } from './spec/setup';

const ORDERS = `${API}/orders`;

describe('a replay', () => {
  it('reads the XSRF cookie again', () => {
    const { http, server } = setup({ allow: ['/api'] });
    setCookie('XSRF-TOKEN', 'old');
    http.post('/api/orders', {}).subscribe();
    setCookie('XSRF-TOKEN', 'new');
    server.expireAccessToken();
    server.answerAll();
    const sent = server.calls.map(({ request }) => request.headers.get('X-XSRF-TOKEN'));
    expect(sent).toEqual(['old', 'new']);
  });

  it('reads the XSRF cookie again also where an interceptor before ours has retried', () => {
    const { http, server } = setup({
      allow: ['/api'],
      before: [(request, next) => next(request).pipe(retry(1))],
    });
    setCookie('XSRF-TOKEN', 'old');
    http.post('/api/orders', {}).subscribe();
    setCookie('XSRF-TOKEN', 'new');
    server.call.fail(503);
    server.expireAccessToken();
    server.answerAll();
    const sent = server.calls.map(({ request }) => request.headers.get('X-XSRF-TOKEN'));
    expect(sent).toEqual(['old', 'old', 'new']);
  });

  it('reads the XSRF cookie again also where it is registered twice, and has waited', () => {
    const storage = Object.assign(new FakeStore(), { reading: 'never' as const });
    const refresh = refreshCookie(TOKEN_ENDPOINT);
    const registration = 'function and class';
    const { http, server, clock } = setup({
      signedIn: false,
      allow: ['/api'],
      storage,
      refresh,
      registration,
    });
    setCookie('XSRF-TOKEN', 'old');
    http.post('/api/orders', {}).subscribe();
    setCookie('XSRF-TOKEN', 'new');
    clock.advance(2000);
    server.call.reject();
    server.refresh.succeed({ access_token: 'c1' });
    const sent = server.calls.map(({ request }) => request.headers.get('X-XSRF-TOKEN'));
    expect(sent).toEqual(['old', 'new']);
  });

  it('adds no XSRF header where the first sending had none', () => {
    const { http, server } = setup();
    setCookie('XSRF-TOKEN', 'secret');
    http.post(ORDERS, {}).subscribe();
    server.expireAccessToken();
    server.answerAll();
    expect(server.calls.map(({ request }) => request.headers.has('X-XSRF-TOKEN'))).toEqual([false, false]);
  });
});

function setCookie(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/`;
  afterwards(() => {
    document.cookie = `${name}=; path=/; max-age=0`;
  });
}
