import { finalize, first, type Observable, Subject } from 'rxjs';

/** Counts what is under way. */
export class PendingChanges {
  readonly #idle = new Subject<void>();
  #count = 0;

  track<T>(change: Observable<T>): Observable<T> {
    this.#count++;
    return change.pipe(
      finalize(() => {
        this.#count--;
        if (this.#count === 0) this.#idle.next();
      }),
    );
  }

  /** At once if nothing is under way. */
  readonly whenIdle = (action: () => void): void => {
    if (this.#count === 0) action();
    else this.#idle.pipe(first()).subscribe(action);
  };
}
