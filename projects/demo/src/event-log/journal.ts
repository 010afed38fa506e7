import { inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type AuthEvent, AuthSession } from 'ngx-bearer';
import { nameIn } from '../front-desk/name-in-claims';
import { eventInWords, type SignOutReason } from './event-words';

/** One event of the session, as it was told when it happened. */
export interface Entry {
  readonly key: number;
  readonly type: AuthEvent['type'];
  readonly at: Date;
  readonly words: string;
}

const entriesKept = 50;

/** Keeps what `AuthSession.events` told since the page was opened, the latest first. */
@Injectable({ providedIn: 'root' })
export class Journal {
  readonly #session = inject(AuthSession);
  readonly #entries = signal<readonly Entry[]>([]);
  readonly #signedOut = signal<SignOutReason | null>(null);
  readonly #retryAt = signal<number | null>(null);
  #lastKey = 0;

  readonly entries = this.#entries.asReadonly();
  /** Why the last session ended; null while somebody is signed in. */
  readonly signedOut = this.#signedOut.asReadonly();
  /** Epoch milliseconds before which no refresh is tried; null when none failed since the last success. */
  readonly retryAt = this.#retryAt.asReadonly();

  constructor() {
    this.#session.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      this.#keep(event);
    });
  }

  #keep(event: AuthEvent): void {
    const at = new Date();
    this.#lastKey += 1;
    const entry = {
      key: this.#lastKey,
      type: event.type,
      at,
      words: eventInWords(event, { now: at.getTime(), name: nameIn(this.#session.claims()) }),
    };
    this.#entries.update((entries) => [entry, ...entries].slice(0, entriesKept));
    if (event.type === 'refresh-unavailable') this.#retryAt.set(event.retryAt);
    if (event.type === 'signed-in' || event.type === 'refreshed') this.#retryAt.set(null);
    if (event.type === 'signed-in') this.#signedOut.set(null);
    if (event.type === 'signed-out') this.#signedOut.set(event.reason);
  }
}
