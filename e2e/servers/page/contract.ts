import type { AuthErrorCode, AuthEvent } from 'ngx-bearer';
import type { SignInRequest } from '../server.ts';

declare global {
  interface Window {
    app: App;
  }
}

/** A sign-in of one user, ready to be sent. */
export type SignInCall = Omit<SignInRequest, 'body'> & { readonly body: unknown };

/** The end of a call, as its caller saw it. */
export interface CallEnd {
  readonly status: number;
  readonly body: string | null;
  /** The code of the `AuthError`, if there is one. */
  readonly code: AuthErrorCode | null;
}

/** The tokens of a sign-in; for a test to compare, never to print. */
export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string | null;
}

/** What a test can do in the page: `window.app`. */
export interface App {
  signIn(call: SignInCall): Promise<SignedIn>;
  /** Starts a session with tokens chosen by the test. */
  use(tokens: { readonly accessToken: string; readonly refreshToken?: string }): void;
  call(path: string): Promise<CallEnd>;
  signedIn(): boolean;
  events(): readonly AuthEvent[];
  /** The headers of an answer that a page of another origin can read, lower case. */
  readableHeaders(path: string, accessToken: string): Promise<Readonly<Record<string, string>>>;
}
