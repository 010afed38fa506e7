declare global {
  interface Window {
    dpopPage: DpopPage;
  }
}

export type SignInLibrary = 'oauth4webapi' | 'oidc-client-ts';

/** What a test can do in the page whose tokens are bound to a key. */
export interface DpopPage {
  /** Exchanges an authorization code by this library, with the key of `dpopKey()`. */
  signIn(library: SignInLibrary): Promise<void>;
  signOut(): Promise<void>;
  signedIn(): boolean;
  /** Calls the API, all paths at once; statuses. By `HttpClient`, or by `injectAuthFetch`. */
  call(paths: readonly string[], by?: 'HttpClient' | 'fetch'): Promise<number[]>;
  /** The tokens, as a script in the page can read them. */
  steal(): Promise<{ readonly accessToken: string; readonly refreshToken: string }>;
  /** What becomes of an attempt to export the private key. */
  exportKey(): Promise<string>;
  /** How many keys the database holds. */
  keys(): Promise<number>;
  /** Deletes the database of the keys. */
  loseKeys(): Promise<void>;
}
