declare global {
  interface Window {
    sessionsPage: SessionsPage;
  }
}

/** What a test can do in the page with two sessions: one without a name, and `billing`. */
export interface SessionsPage {
  /** Signs in to both, with the first token of each. */
  signIn(): void;
  /** What that many requests to each API get, all sent at once. */
  callBoth(count: number): Promise<string[]>;
  signOutOfBilling(): Promise<void>;
  /** Whether somebody is signed in: without a name, to `billing`. */
  signedIn(): readonly [boolean, boolean];
}
