import { catchError, defer, from, type Observable, of, timeout } from 'rxjs';

/** An operation of a storage that takes longer counts as failed. */
export const STORAGE_TIMEOUT_MS = 2000;

/** Runs an operation of a storage, at once if it answers at once. Fails in time. */
export function attempt<T>(operation: () => T | Promise<T>): Observable<T> {
  return defer(() => {
    const answer = operation();
    return isPromise(answer) ? from(answer) : of(answer);
  }).pipe(timeout(STORAGE_TIMEOUT_MS));
}

/** The same; emits undefined if it fails. */
export function attemptOrIgnore<T>(operation: () => T | Promise<T>): Observable<T | undefined> {
  return attempt(operation).pipe(catchError(() => of(undefined)));
}

function isPromise<T>(answer: T | Promise<T>): answer is Promise<T> {
  return typeof (answer as Promise<T> | null | undefined)?.then === 'function';
}

/** Returns undefined if the operation throws. */
export function ignoreErrors<T>(operation: () => T): T | undefined {
  try {
    return operation();
  } catch {
    return undefined;
  }
}
