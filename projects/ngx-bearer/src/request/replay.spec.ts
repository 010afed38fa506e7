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

describe('a body with a toJSON of its own', () => {
  const bodies: [name: string, body: object, text: string][] = [
    ['a Date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['null', { toJSON: () => null }, 'null'],
    ['a number', { toJSON: () => 7 }, '7'],
    ['false', { toJSON: () => false }, 'false'],
    ['an object', { toJSON: () => ({ a: 1 }) }, '{"a":1}'],
  ];
  for (const [name, body, text] of bodies) {
    it(`that gives ${name} is replayed as the same JSON`, () => {
      const { http, server } = setup();
      http.post(ORDERS, body).subscribe();
      server.expireAccessToken();
      server.answerAll();
      expect(server.calls.map(({ bodyText }) => bodyText)).toEqual([text, text]);
      const types = server.calls.map(({ request }) => request.detectContentTypeHeader());
      expect(types).toEqual(['application/json', 'application/json']);
    });
  }
});

function setXsrfCookie(value: string): void {
  document.cookie = `XSRF-TOKEN=${value}; path=/`;
  afterwards(() => {
    document.cookie = 'XSRF-TOKEN=; path=/; max-age=0';
  });
}
