import { afterwards } from './setup';

/** Replaces the browser's `PerformanceObserver`, until the test is over. */
export function watchResources() {
  const observers: ((list: { getEntries: () => unknown[] }) => void)[] = [];
  class FakeObserver {
    readonly #callback: (list: { getEntries: () => unknown[] }) => void;

    constructor(callback: (list: { getEntries: () => unknown[] }) => void) {
      this.#callback = callback;
    }

    observe(): void {
      observers.push(this.#callback);
    }

    disconnect(): void {
      observers.splice(observers.indexOf(this.#callback), 1);
    }
  }
  const own = Object.getOwnPropertyDescriptor(globalThis, 'PerformanceObserver');
  Object.defineProperty(globalThis, 'PerformanceObserver', { configurable: true, value: FakeObserver });
  afterwards(() => {
    Reflect.deleteProperty(globalThis, 'PerformanceObserver');
    if (own) Object.defineProperty(globalThis, 'PerformanceObserver', own);
  });
  /** Reports a request. Browsers that do not know `responseStatus` leave it out. */
  const report = (
    name: string,
    initiatorType = 'fetch',
    more: { readonly responseStatus?: number; readonly startTime?: number } = {},
  ): void => {
    for (const observe of [...observers]) observe({ getEntries: () => [{ name, initiatorType, ...more }] });
  };
  return { report, observers };
}
