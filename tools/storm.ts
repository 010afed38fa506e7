/**
 * Peak figures of the built library, through Angular's own `HttpClient`: how many refreshes a storm of parallel
 * rejections costs, how its time grows, and what is kept on the heap after many refused refreshes.
 */
import '@angular/compiler';
import {
  HttpBackend,
  HttpClient,
  HttpErrorResponse,
  type HttpEvent,
  type HttpRequest,
  HttpResponse,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import { DOCUMENT } from '@angular/common';
import {
  createEnvironmentInjector,
  type EnvironmentInjector,
  Injector,
  PLATFORM_ID,
  provideZonelessChangeDetection,
  ɵINJECTOR_SCOPE as INJECTOR_SCOPE,
} from '@angular/core';
import type * as library from 'ngx-bearer';
import { Observable } from 'rxjs';

// The built package, whose types lie in another folder than its code.
const built = new URL('../dist/ngx-bearer/fesm2022/ngx-bearer.mjs', import.meta.url).href;
const { authInterceptor, AuthSession, exchangeToken, provideAuth } = (await import(built)) as typeof library;

const API = 'https://api.example.com';
const STORMS = [1, 6, 100, 1000, 10_000, 100_000];
const REFUSALS = 10_000;
const HEAP_BUDGET_BYTES = 100_000;

/** Answers nothing until told to, then everything that waits, in order. */
class Server implements HttpBackend {
  #waiting: (() => void)[] = [];
  isRefusing = false;
  goodToken = 'a0';
  refreshes = 0;

  handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    return new Observable((caller) => {
      this.#waiting.push(() => {
        if (caller.closed) return;
        const answer = request.url === `${API}/auth` ? this.#refresh() : this.#serve(request);
        if (answer instanceof HttpErrorResponse) {
          caller.error(answer);
          return;
        }
        caller.next(answer);
        caller.complete();
      });
    });
  }

  answerAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const answer of waiting) answer();
  }

  #refresh(): HttpResponse<unknown> | HttpErrorResponse {
    this.refreshes += 1;
    if (this.isRefusing) return new HttpErrorResponse({ status: 401 });
    this.goodToken = `a${this.refreshes}`;
    return new HttpResponse({ body: { access_token: this.goodToken } });
  }

  #serve(request: HttpRequest<unknown>): HttpResponse<unknown> | HttpErrorResponse {
    const isGood = request.headers.get('Authorization') === `Bearer ${this.goodToken}`;
    return isGood ? new HttpResponse({ body: 1 }) : new HttpErrorResponse({ status: 401 });
  }
}

function open(server: Server): EnvironmentInjector {
  return createEnvironmentInjector(
    [
      { provide: INJECTOR_SCOPE, useValue: 'root' },
      { provide: PLATFORM_ID, useValue: 'browser' },
      { provide: DOCUMENT, useValue: { baseURI: `${API}/`, location: { origin: API }, defaultView: null } },
      provideZonelessChangeDetection(),
      provideHttpClient(withInterceptors([authInterceptor])),
      { provide: HttpBackend, useValue: server },
      provideAuth({
        allow: [API],
        refresh: exchangeToken(`${API}/auth`),
        refreshLimit: { count: REFUSALS, withinMs: 1 },
      }),
    ],
    Injector.NULL as EnvironmentInjector,
  );
}

/** Sends that many with a token that is no longer good, and answers until all is quiet. */
function storm(size: number): { refreshes: number; answered: number; microsecondsEach: number } {
  const server = new Server();
  const injector = open(server);
  const http = injector.get(HttpClient);
  injector.get(AuthSession).signIn({ access_token: 'stale' });
  let answered = 0;
  const begun = performance.now();
  for (let index = 0; index < size; index++) http.get(`${API}/item`).subscribe(() => (answered += 1));
  for (let round = 0; round < 3; round++) server.answerAll();
  const microsecondsEach = ((performance.now() - begun) / size) * 1000;
  injector.destroy();
  return { refreshes: server.refreshes, answered, microsecondsEach };
}

/** Signs in, is rejected and refused, that many times over and over in one injector; returns the heap it keeps. */
function refuse(times: number): { keptBytes: number; settled: number } {
  const server = new Server();
  server.isRefusing = true;
  const injector = open(server);
  const http = injector.get(HttpClient);
  const session = injector.get(AuthSession);
  let settled = 0;
  const repeat = (count: number): number => {
    for (let index = 0; index < count; index++) {
      session.signIn({ access_token: 'stale' });
      http.get(`${API}/item`).subscribe({ error: () => (settled += 1) });
      for (let round = 0; round < 3; round++) server.answerAll();
    }
    gc();
    return process.memoryUsage().heapUsed;
  };
  const heap = [repeat(times), repeat(times), repeat(times), repeat(times)];
  injector.destroy();
  // What a leak keeps it keeps every time; what the compiler keeps varies.
  const growth = heap.slice(1).map((bytes, index) => bytes - (heap[index] ?? 0));
  return { keptBytes: Math.min(...growth), settled: settled / heap.length };
}

function gc(): void {
  if (!globalThis.gc) throw new Error('Run with node --expose-gc.');
  for (let round = 0; round < 4; round++) globalThis.gc();
}

function check(holds: boolean, reason: string): void {
  if (holds) return;
  console.error(`✖ ${reason}`);
  process.exitCode = 1;
}

storm(20_000);
console.log('parallel rejections   refreshes   answered   µs each');
for (const size of STORMS) {
  const { refreshes, answered, microsecondsEach } = storm(size);
  const columns = [size, refreshes, answered].map((figure) => figure.toLocaleString('en'));
  console.log(
    `${(columns[0] ?? '').padStart(19)}${(columns[1] ?? '').padStart(12)}${(columns[2] ?? '').padStart(11)}${microsecondsEach.toFixed(1).padStart(10)}`,
  );
  check(refreshes === 1, `${size} parallel rejections cost ${refreshes} refreshes`);
  check(answered === size, `${size - answered} of ${size} calls were not answered`);
}
const { keptBytes, settled } = refuse(REFUSALS);
console.log(
  `\nheap kept after ${REFUSALS.toLocaleString('en')} refused refreshes: ${(keptBytes / 1000).toFixed(1)} kB`,
);
check(settled === REFUSALS, `${REFUSALS - settled} of ${REFUSALS} refused calls did not settle`);
check(keptBytes < HEAP_BUDGET_BYTES, `more than ${HEAP_BUDGET_BYTES / 1000} kB are kept`);
