import { HttpErrorResponse } from '@angular/common/http';
import { computed, inject, Injectable, signal } from '@angular/core';
import { AuthError, AuthSession } from 'ngx-bearer';
import { map } from 'rxjs';
import { Depot } from '../depot/depot';
import { nameIn } from './name-in-claims';

/** The people the depot knows. Demo users: their passwords are no secret. */
export const users = [
  { username: 'clerk', name: 'Clerk', password: 'clerk-pass' },
  { username: 'manager', name: 'Manager', password: 'manager-pass' },
] as const;

export type DemoUser = (typeof users)[number];

/** Signs people in and out. */
@Injectable({ providedIn: 'root' })
export class FrontDesk {
  readonly #session = inject(AuthSession);
  readonly #depot = inject(Depot);
  readonly #busy = signal(false);
  readonly #problem = signal<string | null>(null);
  #signedInHere = false;

  readonly busy = this.#busy.asReadonly();
  /** Why the last attempt to sign in came to nothing. */
  readonly problem = this.#problem.asReadonly();
  /** Who is signed in, by the name in their token. */
  readonly name = computed(() => nameIn(this.#session.claims()) ?? 'somebody');
  /** The user to change to. */
  readonly otherUser = computed(() => users.find(({ name }) => name !== this.name()) ?? users[0]);

  /** Whether the session began in the form of this page, and was not found at its start. */
  get signedInHere(): boolean {
    return this.#signedInHere;
  }

  signIn(username: string, password: string): void {
    this.#busy.set(true);
    this.#problem.set(null);
    this.#depot
      .logIn(username, password)
      .pipe(
        map((answer) => {
          this.#signedInHere = true;
          this.#session.signIn(answer);
        }),
      )
      .subscribe({
        complete: () => {
          this.#busy.set(false);
        },
        error: (error: unknown) => {
          this.#busy.set(false);
          this.#problem.set(problemInWords(error));
        },
      });
  }

  signOut(): void {
    // The server is told while there is still a token to tell it with. Nobody waits for its answer.
    this.#depot.logOut().subscribe({ error: () => undefined });
    this.#session.signOut();
  }
}

function problemInWords(error: unknown): string {
  if (error instanceof AuthError) return 'The server answered something that is no sign-in.';
  if (!(error instanceof HttpErrorResponse)) return 'The sign-in did not work.';
  switch (error.status) {
    case 0:
      return 'The API cannot be reached.';
    case 401:
      return 'No user has this name and password.';
    default:
      return `The server could not sign you in (${error.status}).`;
  }
}
