import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { authInterceptor, AuthSession, exchangeToken, localTokenStorage, provideAuth } from 'ngx-bearer';
import { AuthTestingController, type AuthTestingOptions, provideAuthTesting } from '../public-api';

export const UNAUTHORIZED = { status: 401, statusText: 'Unauthorized' };

/** An app as its own specs set it up. Who does not ask for its session has none made. */
export function setup(options: AuthTestingOptions = {}) {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([authInterceptor])),
      provideAuth({ allow: ['/api'], refresh: exchangeToken('/api/auth'), storage: localTokenStorage() }),
      provideHttpClientTesting(),
      provideAuthTesting(options),
    ],
  });
  /** What callers got, values and failures. */
  const results: unknown[] = [];
  const collect = (result: unknown): void => void results.push(result);
  return {
    auth: TestBed.inject(AuthTestingController),
    api: TestBed.inject(HttpTestingController),
    get session() {
      return TestBed.inject(AuthSession);
    },
    results,
    get: (path: string): void => {
      TestBed.inject(HttpClient).get(path).subscribe({ next: collect, error: collect });
    },
  };
}

/** What an action throws: a plain error, which every runner shows alike. */
export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Error && error.constructor === Error) return error.message;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}
