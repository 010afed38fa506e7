declare global {
  interface Window {
    sdkPage: SdkPage;
  }
}

/** What a test can do in the page whose tokens come from oidc-client-ts. */
export interface SdkPage {
  /** Leads to the provider; it leads back. */
  signIn(): void;
  /** What the six requests got that the page sent as it loaded; empty if nobody had signed in. */
  readonly whileLoading: Promise<string[]>;
  /** What six requests get that are sent at once: the answer, or a status. */
  callSix(): Promise<string[]>;
  signedIn(): boolean;
}
