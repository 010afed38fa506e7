import { HttpClient } from '@angular/common/http';
import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { skipAuth } from 'ngx-bearer';
import { map, type Observable, tap } from 'rxjs';
import { API_URL } from '../api-url';
import { type Counters, difference, noCounters, readCounters } from './server-counters';

/** How the depot's sign-in server answers a refresh. */
export type RefreshAnswer = 'tokens' | 'unavailable' | 'too-many' | 'hang' | 'malformed' | 'refused';

export interface ServerSettings {
  readonly refreshAnswer: RefreshAnswer;
  readonly latencyMs: number;
  readonly refreshLatencyMs: number;
}

/** The levers behind the scenes: what a demo server offers and no real one does. */
@Injectable({ providedIn: 'root' })
export class ControlRoom {
  readonly #http = inject(HttpClient);
  readonly #apiUrl = inject(API_URL);
  readonly #counters = signal<Counters>(noCounters);
  readonly #before = signal<Counters | null>(null);
  readonly #expired = signal(false);
  #connected = false;
  #counting = false;

  /** The server takes no token issued so far, and nothing has been sent since. */
  readonly expired = this.#expired.asReadonly();
  /** Since the server started. */
  readonly counters = this.#counters.asReadonly();
  /** Since the burst on show began; null if it began before the server told its first figures. */
  readonly countersOfBurst = computed(() => {
    const before = this.#before();
    return before && difference(this.#counters(), before);
  });

  constructor() {
    const stream = new EventSource(`${otherNameOf(this.#apiUrl)}/control/stream`);
    stream.onmessage = ({ data }: MessageEvent<string>) => {
      this.#receive(readCounters(data));
    };
    inject(DestroyRef).onDestroy(() => {
      stream.close();
    });
  }

  /** A burst begins. */
  countFromHere(): void {
    this.#expired.set(false);
    this.#before.set(this.#connected ? this.#counters() : null);
    this.#counting = true;
  }

  /** Every access token issued so far is expired, whatever its `exp` says. */
  expireTokens(): Observable<void> {
    return this.#post('expire').pipe(tap(() => this.#expired.set(true)));
  }

  settings(): Observable<ServerSettings> {
    return this.#http.get<ServerSettings>(this.#urlOf('settings'), { context: skipAuth() });
  }

  change(settings: Partial<ServerSettings>): Observable<void> {
    const answer = this.#http.patch(this.#urlOf('settings'), settings, { context: skipAuth() });
    return answer.pipe(map(() => undefined));
  }

  #receive(counters: Counters | null): void {
    if (!counters) return;
    if (!this.#counting) this.#before.set(counters);
    // A server that started anew, or was reset, counts from zero again.
    if (counters.requests < this.#counters().requests) this.#before.set(noCounters);
    this.#connected = true;
    this.#counters.set(counters);
  }

  #post(lever: string): Observable<void> {
    return this.#http.post(this.#urlOf(lever), null, { context: skipAuth() }).pipe(map(() => undefined));
  }

  #urlOf(lever: string): string {
    return `${this.#apiUrl}/control/${lever}`;
  }
}

/**
 * Over HTTP/1.1 a browser opens six connections to one host for all its tabs, and a stream that never ends keeps
 * one. Under the other name of this machine it takes none from the calls on show.
 */
function otherNameOf(apiUrl: string): string {
  const url = new URL(apiUrl);
  if (url.hostname === '127.0.0.1') url.hostname = 'localhost';
  else if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return url.origin;
}
