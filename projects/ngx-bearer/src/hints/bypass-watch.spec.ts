import { API, TOKEN_ENDPOINT } from '../spec/fake-server';
import { watchResources } from '../spec/fake-performance-observer';
import { setup } from '../spec/setup';

describe('a hint about a request that never passed the interceptor', () => {
  it('says how to register it, if it has seen no request', () => {
    const { report } = watchResources();
    const { printed } = setup();
    report(`${API}/orders?key=secret`);
    expect(printed.length).toBe(1);
    expect(printed[0]).toMatch(
      /warn: .*api\.example\.com\/orders was called, and authInterceptor has not seen a request yet.*withInterceptors/,
    );
    expect(printed[0]).not.toContain('secret');
  });

  it('names the usual causes, if it has seen another request', () => {
    const { report } = watchResources();
    const { printed, get } = setup();
    get('/parcels');
    report(`${API}/orders`, 'xmlhttprequest');
    expect(printed.join()).toMatch(
      /without passing authInterceptor.*second provideHttpClient.*HttpClientModule/,
    );
  });

  it('says that a later interceptor changed the URL, if it has', () => {
    const { report } = watchResources();
    const { printed, http } = setup({ signedIn: false });
    http.get('/orders').subscribe();
    report(`${API}/orders`);
    expect(printed.join()).toMatch(/a later interceptor changed the URL. Put authInterceptor last/);
  });

  it('is given once', () => {
    const { report } = watchResources();
    const { printed } = setup();
    for (const path of ['/a', '/b']) report(`${API}${path}`);
    expect(printed.length).toBe(1);
  });

  it('is not given for what passed, for a refresh, for other URLs, files and other kinds of requests', () => {
    const { report } = watchResources();
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
    const { report, observers } = watchResources();
    const { leave, printed } = setup();
    leave();
    report(`${API}/orders`);
    expect([printed, observers.length]).toEqual([[], 0]);
  });
});
