declare global {
  interface Window {
    page: SignOutPage;
  }
}

/** What a test can do in the page that signs out. */
export interface SignOutPage {
  use(tokens: Readonly<Record<string, string>>): void;
  /** Returns the tokens; for a test to use, never to print. */
  logIn(username: string): Promise<Readonly<Record<string, string>>>;
  /** Who the server says is signed in, or the status. */
  call(): Promise<string>;
  /** Whether somebody is signed in right after the call, and how long the promise took. */
  signOut(): Promise<{ readonly signedIn: boolean; readonly tookMs: number }>;
  signOutAndLeave(address: string): void;
}
