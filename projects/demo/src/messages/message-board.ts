import { HttpErrorResponse } from '@angular/common/http';
import { inject, Injectable, signal, untracked } from '@angular/core';
import { AuthError, AuthSession } from 'ngx-bearer';
import { Journal } from '../event-log/journal';
import { type Failure, failureInWords } from './failure-words';

/** One thing to tell the person, and how many calls ended with it. */
export interface Message {
  readonly failure: Failure;
  readonly calls: number;
}

/** What the calls of the last burst could not do, each kind told once. */
@Injectable({ providedIn: 'root' })
export class MessageBoard {
  readonly #session = inject(AuthSession);
  readonly #journal = inject(Journal);
  readonly #messages = signal<readonly Message[]>([]);

  readonly messages = this.#messages.asReadonly();

  clear(): void {
    this.#messages.set([]);
  }

  report(error: unknown): void {
    const failure: Failure = {
      status: error instanceof HttpErrorResponse ? error.status : 0,
      code: codeOf(error),
      signedIn: untracked(this.#session.signedIn),
      retryAt: untracked(this.#journal.retryAt),
    };
    this.#messages.update((messages) => withFailure(messages, failure));
  }
}

function withFailure(messages: readonly Message[], failure: Failure): readonly Message[] {
  const now = Date.now();
  const words = failureInWords(failure, now);
  const same = messages.find((message) => failureInWords(message.failure, now) === words);
  if (!same) return [...messages, { failure, calls: 1 }];
  return messages.map((message) => (message === same ? { failure, calls: message.calls + 1 } : message));
}

function codeOf(error: unknown): Failure['code'] {
  const told: unknown = error instanceof HttpErrorResponse ? error.error : error;
  return told instanceof AuthError ? told.code : null;
}
