import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { skipAuth } from 'ngx-bearer';
import type { Observable } from 'rxjs';
import { API_URL } from '../api-url';
import { DEMO_SETTINGS } from '../settings/settings-token';
import { offTheRecord } from '../timeline/recording-interceptors';

export interface Order {
  readonly product: string;
  readonly quantity: number;
}

/** The depot's API, as an application calls it: not a word about tokens. */
@Injectable({ providedIn: 'root' })
export class Depot {
  readonly #http = inject(HttpClient);
  readonly #apiUrl = inject(API_URL);
  readonly #protocol = inject(DEMO_SETTINGS).protocol;
  // Only the cookie protocol lives on cookies of another origin.
  readonly #withCredentials = this.#protocol === 'cookie';

  logIn(username: string, password: string): Observable<unknown> {
    const credentials = { username, password, protocol: this.#protocol };
    return this.#http.post<unknown>(`${this.#apiUrl}/login`, credentials, {
      context: skipAuth(),
      withCredentials: this.#withCredentials,
    });
  }

  logOut(): Observable<unknown> {
    return this.#http.post<unknown>(`${this.#apiUrl}/logout`, null, {
      // The cookie names the session by itself, and must be cleared even while the gate is shut.
      context: this.#withCredentials ? skipAuth(offTheRecord()) : offTheRecord(),
      withCredentials: this.#withCredentials,
    });
  }

  read(path: string): Observable<unknown> {
    return this.#http.get<unknown>(this.#apiUrl + path);
  }

  order(order: Order): Observable<unknown> {
    return this.#post('/orders', order);
  }

  upload(file: File): Observable<unknown> {
    const form = new FormData();
    form.append('document', file);
    return this.#post('/documents', form);
  }

  #post(path: string, body: unknown): Observable<unknown> {
    return this.#http.post<unknown>(this.#apiUrl + path, body);
  }
}
