import type { HttpClient } from '@angular/common/http';
import { skipAuth } from '../public-api';
import { API } from '../spec/fake-server';
import { buildForProduction } from '../spec/production';
import { setup } from '../spec/setup';

const OWN = { headers: { Authorization: 'Bearer own' } };

describe('a hint about a request that already has the header', () => {
  it('names the URL without its query, the consequence and the remedies', () => {
    const { http, printed } = setup();
    http.get(`${API}/orders?key=secret`, OWN).subscribe();
    expect(printed).toEqual([
      `warn: ngx-bearer: a request to ${API}/orders already has the Authorization header, so it is sent unchanged, and its ` +
        '401 starts no refresh. If an older interceptor attaches the token, remove that one. If you set the header ' +
        'yourself, add skipAuth(). This warning appears once, and only in development.',
    ]);
  });

  it('is given once, with nobody signed in, too', () => {
    const { http, printed } = setup({ signedIn: false });
    for (const path of ['/orders', '/parcels']) http.get(`${API}${path}`, OWN).subscribe();
    expect(printed.length).toBe(1);
  });

  const quiet: Record<string, (http: HttpClient) => unknown> = {
    'a request that skips the session': (http) => http.get(`${API}/orders`, { ...OWN, context: skipAuth() }),
    'a request to a URL that no rule matches': (http) => http.get('https://other.example/orders', OWN),
    'a request without the header': (http) => http.get(`${API}/orders`),
  };
  for (const [name, send] of Object.entries(quiet)) {
    it(`is not given for ${name}`, () => {
      const { http, printed } = setup();
      send(http);
      expect(printed).toEqual([]);
    });
  }

  it('is not given in production', () => {
    buildForProduction();
    const { http, printed } = setup();
    http.get(`${API}/orders`, OWN).subscribe();
    expect(printed).toEqual([]);
  });
});
