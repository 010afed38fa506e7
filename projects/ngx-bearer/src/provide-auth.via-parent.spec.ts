import {
  HttpClient,
  type HttpInterceptorFn,
  provideHttpClient,
  withInterceptors,
  withRequestsMadeViaParent,
} from '@angular/common/http';
import { type EnvironmentInjector } from '@angular/core';
import { authInterceptor, AuthSession, postRefreshToken, provideAuth } from './public-api';
import { Caller } from './spec/caller';
import { injectorWith } from './spec/injector-with';
import { API, TOKEN_ENDPOINT } from './spec/fake-server';
import { setup } from './spec/setup';

const BILLING = 'https://billing.example.com';
const BILLING_ENDPOINT = `${API}/billing/token`;

describe('a session in a route whose requests are made via its parent', () => {
  it('sends its own token where its rules match, and the rest has that of the application', () => {
    const { route, server } = viaParent();
    route.get(`${BILLING}/bills`);
    route.get(`${API}/orders`);
    expect(server.seen).toEqual(['GET /bills b0', 'GET /orders a0']);
  });

  it('comes first where both have a rule, without a warning that the header is there already', () => {
    const { route, server, printed } = viaParent([BILLING, API]);
    route.get(`${API}/orders`);
    expect([server.seen, printed]).toEqual([['GET /orders b0'], []]);
  });

  it('has a rejection healed by its own refresh, which passes no interceptor of the application', () => {
    const { route, server, passed } = viaParent([BILLING, API]);
    const caller = route.get(`${BILLING}/bills`);
    passed.length = 0;
    server.call.reject();
    expect(server.seen).toEqual(['GET /bills b0', 'POST /billing/token without token']);
    expect(server.call.bodyText).toBe('{"refresh_token":"s0"}');
    expect(passed).toEqual([]);
    server.call.succeed({ access_token: 'b1' });
    expect(server.call.toString()).toBe('GET /bills b1');
    server.call.succeed('done');
    expect(caller.got).toBe('done');
  });

  it('leaves the application alone with its own rejections, and those of the application are healed by that one', () => {
    const { app, route, server } = viaParent();
    const caller = route.get(`${API}/orders`);
    server.call.reject();
    server.refresh.succeed(server.issueTokens());
    server.call.succeed('done');
    expect(caller.got).toBe('done');
    expect(server.seen).toEqual(['GET /orders a0', 'refresh r0', 'GET /orders a1']);
    expect(app.session.signedIn()).toBe(true);
  });

  it('refreshes without interceptors also in a route within the route', () => {
    const { route, server, passed } = viaParent();
    const inner = routeIn(route.injector, [`${BILLING}/inner`]);
    inner.session.signIn({ accessToken: 'c0', refreshToken: 't0' });
    inner.get(`${BILLING}/inner/1`);
    expect(server.seen).toEqual(['GET /inner/1 c0']);
    passed.length = 0;
    server.call.reject();
    expect([server.call.toString(), passed]).toEqual(['POST /billing/token without token', []]);
  });
});

/** An application that sees what passes its own interceptors, and a lazy route in it. */
function viaParent(allow = [BILLING]) {
  const passed: string[] = [];
  const witness: HttpInterceptorFn = (request, next) => {
    passed.push(request.url);
    return next(request);
  };
  const app = setup({ before: [witness], allow: [API], refresh: postRefreshToken(TOKEN_ENDPOINT) });
  const route = routeIn(app.injector, allow);
  route.session.signIn({ accessToken: 'b0', refreshToken: 's0' });
  return { app, route, server: app.server, printed: app.printed, passed };
}

function routeIn(parent: EnvironmentInjector, allow: string[]) {
  const injector = injectorWith(
    [
      provideHttpClient(withInterceptors([authInterceptor]), withRequestsMadeViaParent()),
      provideAuth({ allow, refresh: postRefreshToken(BILLING_ENDPOINT) }),
    ],
    parent,
  );
  const http = injector.get(HttpClient);
  const get = (url: string): Caller<unknown> => new Caller(http.get(url));
  return { injector, session: injector.get(AuthSession), get };
}
