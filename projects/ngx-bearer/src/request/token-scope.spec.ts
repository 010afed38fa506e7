import { DOCUMENT } from '@angular/common';
import { PLATFORM_ID } from '@angular/core';
import { FakeServer } from '../spec/fake-server';
import { afterwards, setup, type SetupOptions } from '../spec/setup';

/** Where the token goes, for a rule that is the origin `https://api.example.com`. */
const inside = [
  'https://api.example.com',
  'https://api.example.com/',
  'https://api.example.com/orders?page=2#top',
  'https://api.example.com:443/orders',
  'https://api.example.com:0443/orders',
  'HTTPS://API.EXAMPLE.COM/orders',
  'https:\\\\api.example.com\\orders',
  'https:/\\api.example.com/orders',
  'https:////api.example.com/orders',
  ' https://api.example.com/orders',
  '\thttps://api.example.com/orders\n',
  'ht\ntps://api.exa\tmple.com/orders',
  'https://api%2eexample.com/orders',
  'https://ａｐｉ.example.com/orders',
  'https://api。example。com/orders',
  'https://api.example.com/orders//x',
  'https://api.example.com/https://evil.example/',
  'https://api.example.com/@evil.example/',
  'https://api.example.com/..;/orders',
];

/** Where it does not, by the URL a browser would fetch. */
const outside = [
  'https://evil.example/',
  'https://evil.example/api.example.com',
  'https://evil.example/?https://api.example.com/',
  'https://evil.example/#https://api.example.com/',
  'https://evil.example#@api.example.com/',
  'https://evil.example\\@api.example.com/',
  'https://evil.example\\.api.example.com/',
  '//evil.example/orders',
  '\\\\evil.example/orders',
  '/\\evil.example/orders',
  '\t//evil.example/orders',
  'https:\\\\evil.example',
  'https:///evil.example',
  'ht\ntps://evil.example',
  'https://api.example.com.evil.example/',
  'https://api.example.com%2eevil.example/',
  'https://api.example.comevil.example/',
  'https://xapi.example.com/',
  'https://apixexample.com/',
  'https://example.com/',
  'https://www.api.example.com/',
  'https://api.example.com./',
  'https://api.example.com:8443/',
  'https://api.example.com:80/',
  'http://api.example.com/',
  'http://api.example.com:443/',
  'https://api.example.com@evil.example/',
  'https://api.example.com:443@evil.example/',
  'https://api.example.com%40evil.example/',
  'https://api.example.com%2f@evil.example/',
  'https://user@api.example.com/',
  'https://user:password@api.example.com/',
  'https://:password@api.example.com/',
  'https://аpi.example.com/',
  'https://xn--pi-6kc.example.com/',
  'https://api-example.com/',
  'https://api.example.co/',
  'https://127.0.0.1/',
  'https://[::1]/',
  'blob:https://api.example.com/0b0a',
  'data:text/plain,api.example.com',
  'javascript:fetch("https://api.example.com/")',
  'ws://api.example.com/',
  'wss://api.example.com/',
  'ftp://api.example.com/',
  'file:///api.example.com/',
  'filesystem:https://api.example.com/temporary/x',
  'orders',
  '/orders',
  '?page=2',
  '',
  'https://',
  'https://api.example.com:99999/',
  'https://api.exa mple.com/',
  'https://[api.example.com]/',
  'api.example.com/orders',
];

describe('a rule that is an origin', () => {
  for (const url of inside) {
    it(`covers ${JSON.stringify(url)}`, () => {
      expect(carriesToken(url, {})).toBe(true);
    });
  }
  for (const url of outside) {
    it(`does not cover ${JSON.stringify(url)}`, () => {
      expect(carriesToken(url, {})).toBe(false);
    });
  }
});

describe('a rule with a path', () => {
  const rows: [url: string, isInside: boolean][] = [
    ['https://api.example.com/v1', true],
    ['https://api.example.com/v1/', true],
    ['https://api.example.com/v1?page=2', true],
    ['https://api.example.com/v1#top', true],
    ['https://api.example.com/v1/orders/7', true],
    ['https://api.example.com/v1/projects/group%2Fname', true],
    ['https://api.example.com/v1/projects/group%5Cname', true],
    ['https://api.example.com/v1/a%2e%2eb', true],
    ['https://api.example.com/v1/...', true],
    ['https://api.example.com/v1/a/../b', true],
    ['https://api.example.com/admin/../v1/orders', true],
    ['https://api.example.com/v1/./orders', true],
    ['https://api.example.com/', false],
    ['https://api.example.com/v', false],
    ['https://api.example.com/v10', false],
    ['https://api.example.com/v1-evil', false],
    ['https://api.example.com/v1;x', false],
    ['https://api.example.com/v1%2forders', false],
    ['https://api.example.com/V1/orders', false],
    ['https://api.example.com/%761/orders', false],
    ['https://api.example.com//v1/orders', false],
    ['https://api.example.com/x/v1/orders', false],
    ['https://api.example.com/v1/../admin', false],
    ['https://api.example.com/v1/..', false],
    ['https://api.example.com/v1\\..\\admin', false],
    ['https://api.example.com/v1/%2e%2e/admin', false],
    ['https://api.example.com/v1/%2E./admin', false],
    ['https://api.example.com/v1/..%2fadmin', false],
    ['https://api.example.com/v1/..%2Fadmin', false],
    ['https://api.example.com/v1/%2e%2e%2fadmin', false],
    ['https://api.example.com/v1/x%2f..%2fadmin', false],
    ['https://api.example.com/v1/..%5cadmin', false],
    ['https://api.example.com/v1/x%5C%2E%2E%5Cadmin', false],
    ['https://api.example.com/v1/%2f..', false],
    ['https://evil.example/v1/orders', false],
  ];
  for (const rule of ['https://api.example.com/v1', 'https://api.example.com/v1/']) {
    for (const [url, isInside] of rows) {
      it(`${rule} ${isInside ? 'covers' : 'does not cover'} ${url}`, () => {
        expect(carriesToken(url, { allow: [rule] })).toBe(isInside);
      });
    }
  }
});

describe("a rule on the app's own origin", () => {
  const rows: [rule: string, url: string, isInside: boolean][] = [
    ['/api', '/api', true],
    ['/api', '/api/orders', true],
    ['/api', `${location.origin}/api/orders`, true],
    ['/api', '/api-evil', false],
    ['/api', '/apix', false],
    ['/api', '/api%2fx', false],
    ['/api', '/API', false],
    ['/api', '/', false],
    ['/api', 'https://api.example.com/api', false],
    ['/api', '//evil.example/api', false],
    ['/api', '/\\evil.example/api', false],
    ['/', '/', true],
    ['/', '/anything/at/all', true],
    ['/', '', true],
    ['/', '?page=2', true],
    ['/', '//evil.example/', false],
    ['/', 'https://evil.example/', false],
  ];
  for (const [rule, url, isInside] of rows) {
    it(`'${rule}' ${isInside ? 'covers' : 'does not cover'} '${url}'`, () => {
      expect(carriesToken(url, { allow: [rule] })).toBe(isInside);
    });
  }

  it('follows the base of the document, as the browser does', () => {
    setBase('https://evil.example/');
    expect(carriesToken('api/orders', { allow: ['/api'] })).toBe(false);
    expect(carriesToken('/api/orders', { allow: ['/api', '/'] })).toBe(false);
  });

  it('follows a base that is set later', () => {
    const { http, server } = setup({ allow: ['/'] });
    http.get('orders').subscribe();
    setBase('https://evil.example/');
    http.get('orders').subscribe();
    expect(server.sendings.map(({ request }) => request.headers.has('Authorization'))).toEqual([true, false]);
  });

  it('covers nothing on a server, where the Host header says what the origin is', () => {
    const providers = [{ provide: PLATFORM_ID, useValue: 'server' }];
    expect(carriesToken('/api/orders', { allow: ['/api'], providers })).toBe(false);
    expect(carriesToken('https://api.example.com/', { providers })).toBe(true);
  });

  it('never covers a page without an origin', () => {
    const page = { baseURI: 'about:srcdoc', location: { origin: 'null' }, defaultView: window, cookie: '' };
    const providers = [{ provide: DOCUMENT, useValue: page }];
    expect(carriesToken('data:text/plain,x', { allow: ['/'], providers })).toBe(false);
  });
});

describe('a rule that is a function', () => {
  it('is asked with the URL that would be fetched', () => {
    const asked: unknown[] = [];
    const allow = [(url: URL) => asked.push(url instanceof URL && url.href) > 0];
    expect(carriesToken('https://API.example.com:443/a/../b?c', { allow })).toBe(true);
    expect(asked).toEqual(['https://api.example.com/b?c']);
  });

  it('is asked every time', () => {
    const answers = [true, false, true];
    const { http, server } = setup({ allow: [() => answers.shift() ?? false] });
    for (const path of ['1', '2', '3']) http.get(`https://api.example.com/${path}`).subscribe();
    expect(server.sendings.map(({ token }) => token)).toEqual(['a0', null, 'a0']);
  });

  it('that throws means no, warns at most once and leaves the other rules in force', () => {
    const broken = (): boolean => {
      throw new Error('broken');
    };
    const { http, server, printed } = setup({ allow: [broken, 'https://api.example.com'] });
    for (const origin of ['https://other.example', 'https://other.example', 'https://api.example.com']) {
      http.get(`${origin}/`).subscribe();
    }
    expect(server.sendings.map(({ token }) => token)).toEqual([null, null, 'a0']);
    expect(printed.filter((line) => !line.startsWith('warn'))).toEqual([]);
    expect(printed.length).toBeLessThan(2);
  });

  it('is not asked about anything but http and https, nor with a user in the URL', () => {
    const asked: string[] = [];
    const allow = [({ href }: URL) => asked.push(href) > 0];
    const urls = [
      'blob:https://api.example.com/1',
      'data:,x',
      'ws://api.example.com/',
      'https://a:b@api.example.com/',
    ];
    expect(urls.map((url) => carriesToken(url, { allow }))).toEqual(urls.map(() => false));
    expect(asked).toEqual([]);
  });

  it('cannot change what the next one is asked, nor where the request goes', () => {
    const forge = (url: URL): boolean => {
      url.href = 'https://api.example.com/';
      return false;
    };
    const { http, server } = setup({
      allow: [forge, ({ origin }: URL) => origin === 'https://api.example.com'],
    });
    http.get('https://evil.example/').subscribe();
    expect([server.call.url.origin, server.call.token]).toEqual(['https://evil.example', null]);
  });
});

describe('several rules', () => {
  it('cover what any of them covers', () => {
    const allow = ['https://api.example.com/v1', 'https://files.example.com', '/api'];
    const urls = [
      'https://api.example.com/v1',
      'https://files.example.com/x',
      '/api',
      'https://api.example.com/',
    ];
    expect(urls.map((url) => carriesToken(url, { allow }))).toEqual([true, true, true, false]);
  });

  it('may name http for the machine itself, and for others with allowInsecure', () => {
    const allow = ['http://localhost:4200', 'http://app.localhost', 'http://127.0.0.1:8080', 'http://[::1]'];
    expect(allow.map((url) => carriesToken(`${url}/x`, { allow }))).toEqual([true, true, true, true]);
    const insecure = { allow: ['http://intranet.example'], allowInsecure: true };
    expect(carriesToken('http://intranet.example/', insecure)).toBe(true);
    expect(carriesToken('https://intranet.example/', insecure)).toBe(false);
  });

  it('judge the parameters of a request too', () => {
    const { http, server } = setup({ allow: [({ search }: URL) => search === '?page=2'] });
    http.get('https://api.example.com/', { params: { page: 2 } }).subscribe();
    expect(server.call.token).toBe('a0');
  });
});

/** Whether a request to this URL carries the token, as the server sees it. */
function carriesToken(url: string, options: SetupOptions): boolean {
  const server = new FakeServer();
  const { http, leave } = setup({ server, ...options });
  http.get(url).subscribe({ error: () => undefined });
  const sent = server.sendings.map(({ request }) => request.headers.get('Authorization'));
  leave();
  if (sent.length !== 1) throw new Error(`Sent ${String(sent.length)} times.`);
  return sent[0] === 'Bearer a0';
}

function setBase(href: string): void {
  const base = document.createElement('base');
  base.href = href;
  document.head.append(base);
  afterwards(() => {
    base.remove();
  });
}
