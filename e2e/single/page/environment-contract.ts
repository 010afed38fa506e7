declare global {
  interface Window {
    environmentPage: EnvironmentPage;
  }
}

/** What a test can do in the page whose configuration is loaded. */
export interface EnvironmentPage {
  signIn(): void;
  /** What six requests to the API of this environment get, sent at once. */
  callSix(): Promise<string[]>;
}
