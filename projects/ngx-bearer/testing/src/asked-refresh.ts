import { HttpErrorResponse } from '@angular/common/http';
import type { AuthTokens } from 'ngx-bearer';
import type { Subscriber } from 'rxjs';
import type { TestRefresh } from './test-refresh';

/** One run of the strategy that stands in the place of the app's own. */
export class AskedRefresh implements TestRefresh {
  readonly #caller: Subscriber<AuthTokens>;
  readonly #nextAccessToken: string;
  #answer: string | null = null;

  readonly tokens: AuthTokens | null;

  isExpected = false;

  constructor(
    /** Of the session. */
    readonly name: string | undefined,
    { tokens, nextAccessToken }: { readonly tokens: AuthTokens | null; readonly nextAccessToken: string },
    caller: Subscriber<AuthTokens>,
  ) {
    this.tokens = tokens;
    this.#nextAccessToken = nextAccessToken;
    this.#caller = caller;
  }

  /** How it ended; null where it waits for its answer. */
  get end(): string | null {
    return (
      this.#answer ?? (this.#caller.closed ? 'called off by a sign-in, a sign-out or its timeout' : null)
    );
  }

  flush(tokens: AuthTokens = { accessToken: this.#nextAccessToken }): void {
    this.#settle('flush', 'flushed');
    this.#caller.next(tokens);
  }

  refuse(): void {
    this.#settle('refuse', 'refused');
    this.#caller.error(new HttpErrorResponse({ status: 401 }));
  }

  fail(status: number): void {
    this.#settle('fail', `failed with ${status}`);
    this.#caller.error(new HttpErrorResponse({ status }));
  }

  #settle(verb: string, answer: string): void {
    if (this.end) throw new Error(`Cannot ${verb} a refresh that was ${this.end}.`);
    this.#answer = answer;
  }
}
