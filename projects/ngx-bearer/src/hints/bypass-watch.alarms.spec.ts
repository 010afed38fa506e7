import { HttpBackend, HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { Subject } from 'rxjs';
import { authInterceptor, type AuthTokens, postRefreshToken, provideAuth } from '../public-api';
import { watchResources } from '../spec/fake-performance-observer';
import { injectorWith } from '../spec/injector-with';
import { API, FakeServer, TOKEN_ENDPOINT } from '../spec/fake-server';
import { setup } from '../spec/setup';

const REJECTED = { responseStatus: 401 };

describe('a request that never passed the interceptor gives no alarm', () => {
  it('if it succeeded: it needed no token, or had one', () => {
    const { report } = watchResources();
    const { printed } = setup();
    report(`${API}/login`, 'fetch', { responseStatus: 200 });
    expect(printed).toEqual([]);
    report(`${API}/login`, 'fetch', REJECTED);
    expect(printed.length).toBe(1);
  });

  it('if its status is unknown, and the application has asked for the token', async () => {
    const { report } = watchResources();
    const { printed, session } = setup();
    await session.accessToken();
    report(`${API}/hub`);
    report(`${API}/hub`, 'fetch', { responseStatus: 0 });
    expect(printed).toEqual([]);
    report(`${API}/hub`, 'fetch', REJECTED);
    expect(printed.length).toBe(1);
  });

  it('if the strategy of the application has sent it, by fetch', () => {
    const { report } = watchResources();
    const answer = new Subject<AuthTokens>();
    const { get, server, clock, printed } = setup({ refresh: () => answer });
    get('/orders');
    clock.advance(10);
    server.call.reject();
    const startTime = performance.now();
    clock.advance(10);
    answer.next({ accessToken: 'a1' });
    report(`${API}/auth/refresh`, 'fetch', { startTime, ...REJECTED });
    expect(printed).toEqual([]);
    clock.advance(10);
    report(`${API}/bills`, 'fetch', { startTime: performance.now(), ...REJECTED });
    expect(printed.length).toBe(1);
  });

  it('if it has passed the interceptor of another session', () => {
    const { report } = watchResources();
    const app = setup();
    const route = injectorWith(
      [
        provideHttpClient(withInterceptors([authInterceptor])),
        provideAuth({ allow: [API], refresh: postRefreshToken(TOKEN_ENDPOINT) }),
        { provide: HttpBackend, useValue: new FakeServer() },
      ],
      app.injector,
    );
    route.get(HttpClient).get(`${API}/bills`).subscribe();
    report(`${API}/bills`, 'fetch', REJECTED);
    expect(app.printed).toEqual([]);
  });

  it('if it is of the development server', () => {
    const { report } = watchResources();
    const { printed } = setup({ allow: ['/'] });
    report(`${location.origin}/@vite/client`, 'fetch', { responseStatus: 0 });
    expect(printed).toEqual([]);
  });
});

it('a page is no longer watched after the alarm', () => {
  const { report, observers } = watchResources();
  setup();
  report(`${API}/orders`);
  expect(observers.length).toBe(0);
});
