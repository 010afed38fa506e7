import { HttpXsrfTokenExtractor } from '@angular/common/http';
import { Caller } from '../spec/caller';
import { API } from '../spec/fake-server';
import { afterwards, setup } from '../spec/setup';

const ORDERS = `${API}/orders`;

describe('a method that only looks like another', () => {
  for (const method of ['FORGET', 'HEADLINE', 'OUTPUT', 'DELETED']) {
    it(`is not idempotent: ${method}`, () => {
      const { http, server } = setup({ replay: 'idempotent' });
      const caller = new Caller(http.request(method, ORDERS));
      const rejection = server.call.reject();
      server.answer(server.refresh);
      expect(caller.failure).toBe(rejection);
      expect(server.calls.length).toBe(1);
    });

    it(`is replayed with the XSRF cookie of the moment: ${method}`, () => {
      const { http, server } = setup({ allow: ['/api'] });
      setXsrfCookie('old');
      http.request(method, '/api/orders').subscribe();
      setXsrfCookie('new');
      server.expireAccessToken();
      server.answerAll();
      const sent = server.calls.map(({ request }) => request.headers.get('X-XSRF-TOKEN'));
      expect(sent).toEqual(['old', 'new']);
    });
  }
});

describe('the headers of a replay', () => {
  it('are those of the first sending but for the XSRF header', () => {
    const { http, server } = setup({ allow: ['/api'] });
    setXsrfCookie('old');
    http.post('/api/orders', {}, { headers: { 'X-Trace': '1' } }).subscribe();
    setXsrfCookie('new');
    server.expireAccessToken();
    server.answerAll();
    const { headers } = server.call.request;
    expect([headers.get('X-Trace'), headers.get('X-XSRF-TOKEN')]).toEqual(['1', 'new']);
  });

  it('are the same where the page may not read its cookies, as in a sandboxed frame', () => {
    const getToken = (): string => {
      throw new DOMException('no cookies here', 'SecurityError');
    };
    const { http, server } = setup({
      providers: [{ provide: HttpXsrfTokenExtractor, useValue: { getToken } }],
    });
    const caller = new Caller(http.post(ORDERS, {}));
    server.expireAccessToken();
    server.answerAll();
    expect(caller.got).toBe('POST /orders a1');
  });

  it('are the same where Angular knows of no XSRF token', () => {
    const { http, server } = setup({ providers: [{ provide: HttpXsrfTokenExtractor, useValue: null }] });
    const caller = new Caller(http.post(ORDERS, {}));
    server.expireAccessToken();
    server.answerAll();
    expect(caller.got).toBe('POST /orders a1');
  });
});

function setXsrfCookie(value: string): void {
  document.cookie = `XSRF-TOKEN=${value}; path=/`;
  afterwards(() => {
    document.cookie = 'XSRF-TOKEN=; path=/; max-age=0';
  });
}
