import { afterwards } from './setup';

/** What a production build leaves out is left out from now on, until the test is over. */
export function buildForProduction(): void {
  const before: unknown = ngDevMode;
  Object.assign(globalThis, { ngDevMode: false });
  afterwards(() => {
    Object.assign(globalThis, { ngDevMode: before });
  });
}
