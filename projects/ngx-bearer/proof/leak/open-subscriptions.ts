import { Observable, type Subscription } from 'rxjs';

type Subscribe = (this: Observable<unknown>, ...given: unknown[]) => Subscription;

/** Counts the subscriptions that are open, each of an operator's own among them. */
export class OpenSubscriptions {
  count = 0;
  readonly #prototype = Observable.prototype as unknown as { subscribe: Subscribe };
  readonly #subscribe = this.#prototype.subscribe;

  install(): void {
    const [open, subscribe] = [this, this.#subscribe];
    this.#prototype.subscribe = function (...given) {
      open.count++;
      const subscription = subscribe.apply(this, given);
      subscription.add(() => open.count--);
      return subscription;
    };
  }

  restore(): void {
    this.#prototype.subscribe = this.#subscribe;
  }
}
