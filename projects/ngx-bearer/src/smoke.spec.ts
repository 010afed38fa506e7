import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { authInterceptor, AuthSession, exchangeToken, provideAuth } from './public-api';

describe('smoke', () => {
  it('heals six parallel 401s with one refresh', () => {
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([authInterceptor])),
        provideHttpClientTesting(),
        provideAuth({
          allow: ['https://api.example.com'],
          refresh: exchangeToken('https://api.example.com/auth'),
        }),
      ],
    });
    const http = TestBed.inject(HttpClient);
    const server = TestBed.inject(HttpTestingController);
    const session = TestBed.inject(AuthSession);
    const events: string[] = [];
    session.events.subscribe((event) => events.push(event.type));
    session.signIn({ access_token: 'a0', expires_in: 60 });
    const got: unknown[] = [];
    for (let i = 0; i < 6; i++) http.get(`https://api.example.com/${i}`).subscribe((v) => got.push(v));
    const first = server.match((r) => r.url !== 'https://api.example.com/auth');
    expect(first.map((r) => r.request.headers.get('Authorization'))).toEqual(Array(6).fill('Bearer a0'));
    for (const request of [...first].reverse())
      request.flush(null, { status: 401, statusText: 'Unauthorized' });
    expect(session.refreshing()).toBe(true);
    const refresh = server.expectOne('https://api.example.com/auth');
    expect(refresh.request.headers.get('Authorization')).toBe('Bearer a0');
    refresh.flush({ access_token: 'a1', expires_in: 60 });
    const second = server.match(() => true);
    expect(second.map((r) => r.request.url)).toEqual(first.map((r) => r.request.url));
    expect(second.every((r) => r.request.headers.get('Authorization') === 'Bearer a1')).toBe(true);
    second.forEach((r, i) => r.flush(i));
    expect(got).toEqual([0, 1, 2, 3, 4, 5]);
    expect(events).toEqual(['signed-in', 'refreshed']);
    server.verify();
  });
});
