import { localTokenStorage, sessionTokenStorage } from './public-api';
import { HttpBackend, type HttpRequest, HttpResponse } from '@angular/common/http';
import { of } from 'rxjs';
import { API } from './spec/fake-server';
import { makeJwt } from './spec/jwt';
import { afterwards, setup, type SetupOptions } from './spec/setup';

const ORDERS = `${API}/orders`;
const REQUESTS = 100;

/** Where tokens may live, and a rule for each of many origins. */
const configurations: Record<string, SetupOptions> = {
  'tokens in memory': {},
  'tokens in sessionStorage': { storage: sessionTokenStorage() },
  'tokens in localStorage': { storage: localTokenStorage() },
  'a store of its own': { storage: { read: () => null, write: () => undefined } },
  '50 rules': {
    allow: [
      ...Array.from({ length: 49 }, (_, index) => `https://api${index}.example.com`),
      'https://api.example.com',
    ],
  },
};

describe('a request with a ready token, to a URL seen before', () => {
  for (const [name, options] of Object.entries(configurations)) {
    it(`is one sending, and nothing is read, parsed or armed, with ${name}`, () => {
      const { http, sent } = warm(options);
      const calls = countCalls();
      for (let index = 0; index < REQUESTS; index++) http.get(ORDERS).subscribe();
      expect(calls).toEqual([]);
      expect(sent).toEqual(Array(REQUESTS + 1).fill('GET with token'));
    });
  }

  it('has had that URL parsed once', () => {
    const { http } = warm({});
    const calls = countCalls();
    for (let index = 0; index < REQUESTS; index++) http.get(`${API}/parcels`).subscribe();
    expect(calls).toEqual(['URL']);
  });
});

/** A page that has had its first request answered, by a server that looks at nothing but the header. */
function warm(options: SetupOptions) {
  const sent: string[] = [];
  const handle = ({ method, headers }: HttpRequest<unknown>) => {
    sent.push(`${method} ${headers.has('Authorization') ? 'with' : 'without'} token`);
    return of(new HttpResponse({ status: 200 }));
  };
  const providers = [{ provide: HttpBackend, useValue: { handle } }];
  const { http, session } = setup({ ...options, providers, signedIn: false });
  session.signIn({ accessToken: makeJwt({ sub: 'user-1', iat: 0, exp: 3600 }) });
  http.get(ORDERS).subscribe();
  return { http, sent };
}

/** From now on each of these is listed when it is called. */
function countCalls(): string[] {
  const calls: string[] = [];
  const watch = (owner: object, method: string, name: string): void => {
    const before = Object.getOwnPropertyDescriptor(owner, method);
    if (!before) throw new Error(`There is no ${name}.`);
    const listen: ProxyHandler<() => unknown> = {
      apply: (target, self, parameters: []) => {
        calls.push(name);
        return Reflect.apply(target, self, parameters);
      },
      construct: (target, parameters) => {
        calls.push(name);
        return Reflect.construct(target, parameters) as object;
      },
    };
    Object.defineProperty(owner, method, {
      ...before,
      value: new Proxy(before.value as () => unknown, listen),
    });
    afterwards(() => {
      Object.defineProperty(owner, method, before);
    });
  };
  watch(globalThis, 'URL', 'URL');
  watch(globalThis, 'atob', 'atob');
  watch(globalThis, 'setTimeout', 'setTimeout');
  watch(JSON, 'parse', 'JSON.parse');
  watch(JSON, 'stringify', 'JSON.stringify');
  watch(Storage.prototype, 'getItem', 'Storage.getItem');
  watch(Storage.prototype, 'setItem', 'Storage.setItem');
  return calls;
}
