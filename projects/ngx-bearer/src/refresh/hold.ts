import { Observable, type Subscriber, Subscription } from 'rxjs';
import { type Credential, isPast } from '../session/credential';
import type { AuthTokens } from '../session/tokens';
import type { Outcome } from './refresh-outcome';

/**
 * What requests wait for at the gate: a refresh, or the reading of the stored session. It belongs to the session:
 * those who wait come and go, and cannot stop it.
 */
export class Hold {
  readonly #waiting: { readonly order: number; readonly subscriber: Subscriber<Outcome> }[] = [];
  #outcome: Outcome | null = null;

  /** What is under way; unsubscribed where it is called off. */
  readonly work = new Subscription();
  /** Whether anybody needs the outcome; a background refresh is one that nobody does. */
  isDemanded = false;
  /** The tokens that the refresh is made with. */
  presented: AuthTokens | null = null;

  constructor(
    readonly purpose: 'read' | 'refresh',
    readonly epoch: number,
    /** The credential to be renewed; null where a session is to be read or restored. */
    readonly credential: Credential | null,
  ) {}

  /** Whether requests wait for new tokens, or will: the access token is invalid. */
  get isNeeded(): boolean {
    return this.isDemanded || isPast(this.credential?.expiresAt ?? null);
  }

  /** The outcome, when it is there. */
  wait(order: number): Observable<Outcome> {
    return new Observable((subscriber) => {
      if (this.#outcome) tell(subscriber, this.#outcome);
      else this.#waiting.push({ order, subscriber });
    });
  }

  /** Tells all who wait, in order of issue, whatever the order they came in. */
  settle(outcome: Outcome): void {
    this.#outcome = outcome;
    this.#waiting.sort((left, right) => left.order - right.order);
    for (const { subscriber } of this.#waiting) tell(subscriber, outcome);
  }
}

/** Who has unsubscribed is not told: a closed subscriber hears nothing. */
function tell(subscriber: Subscriber<Outcome>, outcome: Outcome): void {
  subscriber.next(outcome);
  subscriber.complete();
}
