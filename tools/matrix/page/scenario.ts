import {
  HttpClient,
  httpResource,
  provideHttpClient,
  withInterceptors,
  withRequestsMadeViaParent,
} from '@angular/common/http';
import { createEnvironmentInjector, EnvironmentInjector, inject, Injectable, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { AuthSession } from 'ngx-bearer';
import { filter, firstValueFrom, retry, Subject, switchMap } from 'rxjs';
import { postUnprotected, refreshAt } from './redirected';
import { API, SendingLog } from './shop-interceptors';

type Rows = readonly unknown[];

/** Six requests at once, each made in a way of its own. */
@Injectable({ providedIn: 'root' })
export class Scenario {
  readonly #http = inject(HttpClient);
  readonly #session = inject(AuthSession);
  readonly #log = inject(SendingLog);
  readonly #injector = inject(EnvironmentInjector);
  readonly #child = createEnvironmentInjector(
    [provideHttpClient(withRequestsMadeViaParent(), withInterceptors([(request, next) => next(request)]))],
    this.#injector,
  ).get(HttpClient);
  readonly #storm = new Subject<void>();
  readonly #productsUrl = signal<string | undefined>(undefined);

  readonly products = httpResource<Rows>(() => this.#productsUrl());
  readonly shipments = toSignal(this.#storm.pipe(switchMap(() => this.#http.get<Rows>(`${API}/shipments`))));
  readonly #signals = [toObservable(this.products.value), toObservable(this.shipments)];

  async signIn(): Promise<string> {
    const form = { username: 'clerk', password: 'clerk-pass' };
    this.#session.signIn(await firstValueFrom(this.#http.post(`${API}/login`, form)));
    return (await firstValueFrom(this.#http.get<{ name: string }>(`${API}/me`))).name;
  }

  /** Resolves with how many rows each of the six got, and what the interceptors around have seen. */
  async storm() {
    this.#log.clear();
    this.#productsUrl.set(`${API}/products`);
    this.#storm.next();
    const answers = await Promise.all([
      firstValueFrom(this.#http.get<Rows>('/depot/orders')),
      firstValueFrom(this.#http.get<Rows>(`${API}/customers`).pipe(retry(2))),
      firstValueFrom(this.#child.get<Rows>(`${API}/invoices`)),
      firstValueFrom(this.#http.get<Rows>(`${API}/stock`)),
      ...this.#signals.map((rows) => firstValueFrom(rows.pipe(filter((value) => value !== undefined)))),
    ]);
    const { calls, tokens } = this.#log;
    return {
      rows: answers.map(({ length }) => length),
      calls: calls.length,
      sendings: tokens.length,
      bare: tokens.filter((token) => token === null).length,
      tokens: new Set(tokens).size,
    };
  }

  postUnprotected(url: string): Promise<void> {
    return postUnprotected(url);
  }

  refreshAt(api: string): Promise<string[]> {
    return refreshAt(api, this.#injector);
  }
}
