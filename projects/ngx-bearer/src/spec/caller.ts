import { HttpErrorResponse } from '@angular/common/http';
import type { Observable, Subscription } from 'rxjs';
import { AuthError } from '../public-api';

/** What a failure comes down to for a caller. */
export interface GotFailure {
  readonly status: number;
  /** The `AuthError` inside; null where it is the server's own answer. */
  readonly code: string | null;
}

/** Somebody who subscribed, and what came. */
export class Caller<T> {
  readonly values: T[] = [];
  readonly failures: unknown[] = [];
  completions = 0;
  readonly #subscription: Subscription;

  constructor(source: Observable<T>) {
    this.#subscription = source.subscribe({
      next: (value) => void this.values.push(value),
      error: (failure: unknown) => void this.failures.push(failure),
      complete: () => {
        this.completions++;
      },
    });
  }

  /** How often it ended; more than once is a fault. */
  get settlements(): number {
    return this.failures.length + this.completions;
  }

  /** What it failed with. */
  get failure(): HttpErrorResponse {
    const [failure] = this.failures;
    if (!(failure instanceof HttpErrorResponse)) throw new Error(`No HttpErrorResponse: ${String(failure)}`);
    return failure;
  }

  /** The `AuthError` it failed with. */
  get authError(): AuthError {
    const error: unknown = this.failure.error;
    if (!(error instanceof AuthError)) throw new Error(`No AuthError: ${String(error)}`);
    return error;
  }

  /** The value that came last, what it failed with, or `'nothing'` yet. */
  get got(): T | GotFailure | 'nothing' {
    if (this.failures.length) {
      const { status, error } = this.failure as { status: number; error: unknown };
      return { status, code: error instanceof AuthError ? error.code : null };
    }
    return this.values.at(-1) ?? 'nothing';
  }

  cancel(): void {
    this.#subscription.unsubscribe();
  }
}
