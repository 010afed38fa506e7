import { API, TOKEN_ENDPOINT } from '../spec/fake-server';
import { afterwards, setup } from '../spec/setup';

describe('a hint about a request that never passed the interceptor', () => {
  it('says how to register it, if it has seen no request', () => {
    const { report } = watch();
    const { printed } = setup();
    report(`${API}/orders?key=secret`);
    expect(printed.length).toBe(1);
    expect(printed[0]).toMatch(
      /warn: .*api\.example\.com\/orders was called, and authInterceptor has not seen a request yet.*withInterceptors/,
    );
    expect(printed[0]).not.toContain('secret');
  });

  it('names the usual causes, if it has seen another request', () => {
    const { report } = watch();
    const { printed, get } = setup();
    get('/parcels');
    report(`${API}/orders`, 'xmlhttprequest');
    expect(printed.join()).toMatch(
      /without passing authInterceptor.*second provideHttpClient.*HttpClientModule/,
    );
  });

  it('says that a later interceptor changed the URL, if it has', () => {
    const { report } = watch();
    const { printed, http } = setup({ signedIn: false });
    http.get('/orders').subscribe();
    report(`${API}/orders`);
    expect(printed.join()).toMatch(/a later interceptor changed the URL. Put authInterceptor last/);
  });

  it('is given once', () => {
    const { report } = watch();
    const { printed } = setup();
    for (const path of ['/a', '/b']) report(`${API}${path}`);
    expect(printed.length).toBe(1);
  });

  it('is not given for what passed, for a refresh, for other URLs, files and other kinds of requests', () => {
    const { report } = watch();
    const { printed, get, server } = setup({ allow: [API] });
    get('/orders?page=2');
    server.call.reject();
    report(`${API}/orders?page=2`);
    report(TOKEN_ENDPOINT);
    report('https://other.example/orders');
    report(`${API}/logo.svg`);
    report(`${API}/page`, 'img');
    expect(printed).toEqual([]);
  });

  it('is given no more when the app has ended', () => {
    const { report, observers } = watch();
    const { leave, printed } = setup();
    leave();
    report(`${API}/orders`);
    expect([printed, observers.length]).toEqual([[], 0]);
  });
});

/** Stands for the browser's own reports. */
function watch() {
  const observers: ((list: { getEntries: () => unknown[] }) => void)[] = [];
  class FakeObserver {
    readonly #callback: (list: { getEntries: () => unknown[] }) => void;

    constructor(callback: (list: { getEntries: () => unknown[] }) => void) {
      this.#callback = callback;
    }

    observe(): void {
      observers.push(this.#callback);
    }

    disconnect(): void {
      observers.splice(observers.indexOf(this.#callback), 1);
    }
  }
  const own = Object.getOwnPropertyDescriptor(globalThis, 'PerformanceObserver');
  Object.defineProperty(globalThis, 'PerformanceObserver', { configurable: true, value: FakeObserver });
  afterwards(() => {
    Reflect.deleteProperty(globalThis, 'PerformanceObserver');
    if (own) Object.defineProperty(globalThis, 'PerformanceObserver', own);
  });
  const report = (name: string, initiatorType = 'fetch'): void => {
    for (const observe of [...observers]) observe({ getEntries: () => [{ name, initiatorType }] });
  };
  return { report, observers };
}
