declare global {
  interface Window {
    restoredPage: RestoredPage;
  }
}

/** What a test can do in the page whose session is in a cookie. */
export interface RestoredPage {
  /** What three requests with `requireAuth()` got that were sent as the page loaded. */
  readonly whileLoading: Promise<string[]>;
  logIn(): Promise<void>;
}
