import {
  HttpClient,
  type HttpEvent,
  HttpEventType,
  provideHttpClient,
  withInterceptors,
  withXhr,
} from '@angular/common/http';
import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, toArray } from 'rxjs';
import { authInterceptor, AuthSession, exchangeToken, provideAuth } from '../src/public-api';

/** The server of karma.conf.js: every body that a call was sent with, in base64. */
interface Depot {
  readonly bodies: readonly string[];
}

for (const backend of ['fetch', 'XMLHttpRequest'] as const) {
  describe(`through ${backend}, against a real server`, () => {
    it('replays a rejected object although the caller has changed it since', async () => {
      const { post } = setup(backend);
      const order = { product: 'box', pieces: 3 };
      const answer = post('object', order);
      order.pieces = 4;
      expect((await answer).bodies).toEqual(Array(2).fill(btoa('{"product":"box","pieces":3}')));
    });

    it('replays a rejected file byte for byte', async () => {
      const { post } = setup(backend);
      const bytes = crypto.getRandomValues(new Uint8Array(50_000));
      const { bodies } = await post('file', new File([bytes], 'scan.bin'));
      expect(bodies.length).toBe(2);
      expect(bodies[0]).toBe(btoa(String.fromCharCode(...bytes)));
      expect(bodies[1] === bodies[0]).toBe(true);
    });

    it('tells nothing of the discarded sending but that it was sent', async () => {
      const { http } = setup(backend);
      const events: HttpEvent<unknown>[] = await firstValueFrom(
        http.get(place('events'), { observe: 'events', reportDownloadProgress: true }).pipe(toArray()),
      );
      const types = events.map(({ type }) => type).filter((type) => type !== HttpEventType.DownloadProgress);
      expect(types).toEqual([
        HttpEventType.Sent,
        HttpEventType.Sent,
        HttpEventType.ResponseHeader,
        HttpEventType.Response,
      ]);
      expect(events.map((event) => 'status' in event && event.status)).not.toContain(401);
    });

    it('heals ten parallel rejections with one refresh', async () => {
      const { http, events } = setup(backend);
      const calls = Array.from({ length: 10 }, (_, index) =>
        firstValueFrom(http.get<Depot>(place(`many-${index}`))),
      );
      const answers = await Promise.all(calls);
      expect(answers.map(({ bodies }) => bodies.length)).toEqual(Array(10).fill(2));
      expect(events).toEqual(['refreshed']);
    });
  });

  function place(call: string): string {
    return `/depot/items?call=${backend}-${call}`;
  }
}

function setup(backend: 'fetch' | 'XMLHttpRequest') {
  const injector = createEnvironmentInjector(
    [
      provideHttpClient(withInterceptors([authInterceptor]), ...(backend === 'fetch' ? [] : [withXhr()])),
      provideAuth({ allow: ['/depot'], refresh: exchangeToken('/depot/auth') }),
    ],
    TestBed.inject(EnvironmentInjector),
  );
  const http = injector.get(HttpClient);
  const session = injector.get(AuthSession);
  session.signIn({ access_token: 'stale' });
  const events: string[] = [];
  session.events.subscribe(({ type }) => events.push(type));
  const post = (call: string, body: unknown): Promise<Depot> =>
    firstValueFrom(http.post<Depot>(`/depot/items?call=${backend}-${call}`, body));
  return { http, events, post };
}
