import type { TestRefresh } from './test-refresh';

/**
 * Expects, answers and verifies refreshes, as Angular's `HttpTestingController` does requests. Injected in a test
 * that has `provideAuthTesting()`.
 */
export abstract class AuthTestingController {
  /**
   * The one refresh that has been asked for and not been expected yet: of any session, or of the one with this name.
   *
   * @throws Error where there is none, or more than one. It says what was found.
   */
  abstract expectRefresh(name?: string): TestRefresh;

  /**
   * Checks that every refresh that was asked for has been expected, and is over.
   *
   * @throws Error that says what is open.
   */
  abstract verify(): void;
}
