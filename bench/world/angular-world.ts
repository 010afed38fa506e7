import { DOCUMENT } from '@angular/common';
import {
  HttpBackend,
  HttpClient,
  HttpErrorResponse,
  type HttpEvent,
  type HttpRequest,
  HttpResponse,
} from '@angular/common/http';
import {
  createEnvironmentInjector,
  type EnvironmentInjector,
  type EnvironmentProviders,
  Injector,
  PLATFORM_ID,
  type Provider,
  provideZonelessChangeDetection,
  ɵINJECTOR_SCOPE as INJECTOR_SCOPE,
} from '@angular/core';
import { Observable } from 'rxjs';
import type { Client } from '../adapters/contract.ts';
import type { Server } from './server.ts';

type Providers = readonly (Provider | EnvironmentProviders)[];

/** An Angular application without a view, whose requests go to the server. */
export function openAngular(server: Server, providers: Providers): EnvironmentInjector {
  return createEnvironmentInjector(
    [
      { provide: INJECTOR_SCOPE, useValue: 'root' },
      { provide: PLATFORM_ID, useValue: 'browser' },
      { provide: DOCUMENT, useFactory: () => globalThis.document },
      provideZonelessChangeDetection(),
      ...providers,
      { provide: HttpBackend, useValue: new ServedBackend(server) },
    ],
    Injector.NULL as EnvironmentInjector,
  );
}

/** The client of an application that is open. */
export function clientOf(injector: EnvironmentInjector, signIn: (token: string) => void): Client {
  const http = injector.get(HttpClient);
  return {
    send: (url, done) => {
      const subscription = http.get(url, { observe: 'response' }).subscribe({
        next: (response) => done(response.status),
        error: (error: unknown) => done(error instanceof HttpErrorResponse ? error.status : 0),
      });
      return () => subscription.unsubscribe();
    },
    signIn,
    close: () => injector.destroy(),
  };
}

/** Does what Angular's own backends do before and after the network: reads every header, wraps the answer. */
class ServedBackend implements HttpBackend {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    return new Observable((caller) => {
      const url = request.urlWithParams;
      const headers: Record<string, string> = {};
      for (const name of request.headers.keys()) {
        headers[name.toLowerCase()] = request.headers.getAll(name)?.join() ?? '';
      }
      const sent = { method: request.method, url, authorization: headers['authorization'] ?? null };
      return this.#server.receive(sent, ({ status, body }) => {
        if (caller.closed) return;
        if (status >= 400) {
          caller.error(new HttpErrorResponse({ status, url }));
          return;
        }
        caller.next(new HttpResponse({ status, url, body }));
        caller.complete();
      });
    });
  }
}
