import { defer, from, type Observable, of, timeout } from 'rxjs';

/** A store that has not answered by then counts as failed. */
const STORE_TIMEOUT_MS = 2000;

/** One operation of the store: its answer, at once where that is so, or an error, in time. */
export function attempt<T>(operation: () => T | Promise<T>): Observable<T> {
  return defer(() => {
    const answer = operation();
    return isPromise(answer) ? from(answer) : of(answer);
  }).pipe(timeout(STORE_TIMEOUT_MS));
}

function isPromise<T>(answer: T | Promise<T>): answer is Promise<T> {
  return typeof (answer as Promise<T> | null | undefined)?.then === 'function';
}

/** Whatever it throws is of no interest. */
export function quietly<T>(operation: () => T): T | undefined {
  try {
    return operation();
  } catch {
    return undefined;
  }
}
