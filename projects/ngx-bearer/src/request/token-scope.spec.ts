import type { AuthConfig } from '../auth-config';
import { DOCUMENT } from '@angular/common';
import { PLATFORM_ID } from '@angular/core';
import { insideOrigin, insidePath, onOwnOrigin, outsideOrigin, outsidePath } from '../spec/corpora/urls';
import { API, FakeServer } from '../spec/fake-server';
import { afterwards, setup, type SetupOptions } from '../spec/setup';
import { createTokenScope } from '../spec/token-scope';

describe('a rule that is an origin', () => {
  for (const [why, url] of listed(insideOrigin)) {
    it(`covers ${JSON.stringify(url)}: ${why}`, () => {
      expect(carriesToken(url, {})).toBe(true);
    });
  }
  for (const [why, url] of listed(outsideOrigin)) {
    it(`does not cover ${JSON.stringify(url)}: ${why}`, () => {
      expect(carriesToken(url, {})).toBe(false);
    });
  }
});

describe('a rule with a path', () => {
  for (const rule of ['https://api.example.com/v1', 'https://api.example.com/v1/']) {
    for (const [why, url] of listed(insidePath)) {
      it(`${rule} covers ${JSON.stringify(url)}: ${why}`, () => {
        expect(carriesToken(url, { allow: [rule] })).toBe(true);
      });
    }
    for (const [why, url] of listed(outsidePath)) {
      it(`${rule} does not cover ${JSON.stringify(url)}: ${why}`, () => {
        expect(carriesToken(url, { allow: [rule] })).toBe(false);
      });
    }
  }
});

describe("a rule on the app's own origin", () => {
  for (const [rule, url, isInside] of onOwnOrigin) {
    it(`'${rule}' ${isInside ? 'covers' : 'does not cover'} '${url}'`, () => {
      expect(carriesTokenFromRoot(url, { allow: [rule] })).toBe(isInside);
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
    const allow = ['https://other.example', () => answers.shift() ?? false];
    const { http, server } = setup({ allow });
    for (let asked = 0; asked < 3; asked++) http.get('https://api.example.com/').subscribe();
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

  const insecure: [url: string, options: Partial<AuthConfig>, isAllowed: boolean][] = [
    ['http://api.example.com/orders', {}, false],
    ['http://api.example.com/orders', { allowInsecure: true }, true],
    ['http://localhost:8080/orders', {}, true],
    ['/orders', {}, true],
  ];
  for (const [url, options, isAllowed] of insecure) {
    it(`that says yes to everything ${isAllowed ? 'allows' : 'is not asked about'} ${url} with ${JSON.stringify(options)}`, () => {
      expect(carriesToken(url, { allow: [() => true], ...options })).toBe(isAllowed);
    });
  }

  it("that says yes to everything allows the page's own origin by http", () => {
    const page = {
      baseURI: 'http://intranet.example/app/',
      location: { origin: 'http://intranet.example' },
      defaultView: window,
      cookie: '',
    };
    const providers = [{ provide: DOCUMENT, useValue: page }];
    expect(carriesToken('orders', { allow: [() => true], providers })).toBe(true);
  });

  it('is not asked about anything but http and https, nor with a user in the URL', () => {
    const asked: string[] = [];
    const allow = [({ href }: URL) => asked.push(href) > 0];
    const urls = [
      'blob:https://api.example.com/1',
      'data:,x',
      'ws://api.example.com/',
      'web+https://api.example.com/',
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

  it('cover the same with slashes at the end as without', () => {
    for (const rule of ['https://api.example.com/v1//', 'https://api.example.com//']) {
      expect(carriesToken('https://api.example.com/v1', { allow: [rule] })).toBe(true);
    }
  });

  it('judge the parameters of a request too', () => {
    const { http, server } = setup({ allow: [({ search }: URL) => search === '?page=2'] });
    http.get('https://api.example.com/', { params: { page: 2 } }).subscribe();
    expect(server.call.token).toBe('a0');
  });
});

describe('what is known of a URL', () => {
  it('is kept for the next time, and for a thousand URLs at most', () => {
    const isInScope = scopeOf([API]);
    const judged = countJudged();
    for (let index = 0; index < 999; index++) isInScope(`${API}/${index}`);
    for (let again = 0; again < 3; again++) expect(isInScope(`${API}/0`)).toBe(true);
    expect(judged.count).toBe(999);
    isInScope(`${API}/999`);
    isInScope(`${API}/0`);
    expect(judged.count).toBe(1001);
  });

  it('is kept while the base changes, where the URL names its host', () => {
    const bases = ['https://app.example/', 'https://other.example/'];
    const isInScope = scopeOf([API], () => bases.reverse()[0] ?? '');
    const judged = countJudged();
    for (let again = 0; again < 4; again++) isInScope(`${API}/0`);
    expect(judged.count).toBe(1);
    for (let again = 0; again < 4; again++) isInScope('/0');
    expect(judged.count).toBe(5);
  });

  it('is kept where the token may not go, too', () => {
    const isInScope = scopeOf([API]);
    const judged = countJudged();
    for (let again = 0; again < 3; again++) expect(isInScope('https://evil.example/')).toBe(false);
    expect(judged.count).toBe(1);
  });
});

function scopeOf(allow: string[], baseUri = () => 'https://app.example/'): (url: string) => boolean {
  return createTokenScope({ allow, allowInsecure: false, ownOrigin: null, baseUri });
}

/** Each URL that is judged has to be parsed. */
function countJudged(): { count: number } {
  const judged = { count: 0 };
  const { URL } = globalThis;
  globalThis.URL = new Proxy(URL, {
    construct: (target, parameters: [string]) => {
      judged.count++;
      return new target(...parameters);
    },
  });
  afterwards(() => {
    globalThis.URL = URL;
  });
  return judged;
}

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

/** Karma's page stands in a folder. */
function carriesTokenFromRoot(url: string, options: SetupOptions): boolean {
  setBase('/');
  return carriesToken(url, options);
}

function listed(urls: Readonly<Record<string, readonly string[]>>): [why: string, url: string][] {
  return Object.entries(urls).flatMap(([why, all]) => all.map((url): [string, string] => [why, url]));
}

function setBase(href: string): void {
  const base = document.createElement('base');
  base.href = href;
  document.head.append(base);
  afterwards(() => {
    base.remove();
  });
}
